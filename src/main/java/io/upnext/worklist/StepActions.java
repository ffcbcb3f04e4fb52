package io.upnext.worklist;

import io.upnext.enrollment.Completion;
import io.upnext.enrollment.EnrollmentAction;
import io.upnext.enrollment.EnrollmentSteering;
import io.upnext.enrollment.StepRun;
import io.upnext.enrollment.StepRuns;
import io.upnext.messaging.Attachments;
import io.upnext.messaging.OutgoingMail;
import io.upnext.security.CurrentUser;
import io.upnext.sequence.Step;
import io.upnext.shared.ConflictException;
import io.upnext.shared.Principal;
import io.upnext.shared.Problem;
import io.upnext.shared.StepRunId;
import io.upnext.shared.UnprocessableException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;

/** What a seller does with a step, checked the same whether it comes from the API or from a page. */
@Component
public class StepActions {

    static final int LONGEST_NOTE = 10_000;
    static final int LONGEST_SUBJECT = 998;
    static final int LONGEST_HTML = 1_000_000;
    static final Duration LONGEST_SNOOZE = Duration.ofDays(366);

    private final StepRuns stepRuns;
    private final EnrollmentSteering steering;
    private final Assignees assignees;
    private final Attachments attachments;
    private final Clock clock;

    StepActions(
            StepRuns stepRuns, EnrollmentSteering steering, Assignees assignees, Attachments attachments, Clock clock) {
        this.stepRuns = stepRuns;
        this.steering = steering;
        this.assignees = assignees;
        this.attachments = attachments;
        this.clock = clock;
    }

    /** What the seller says was done; every part may be absent. @param text of a text message to be sent */
    public record Done(String outcome, String note, OutgoingMail.Written email, String text, Boolean doneElsewhere) {
        public static final Done NOTHING_SAID = new Done(null, null, null, null, null);
    }

    /**
     * @throws UnprocessableException where evidence is missing or contradictory
     * @throws io.upnext.shared.ConflictException where the step is no longer open
     */
    public StepRun complete(CurrentUser user, StepRunId id, Done done) {
        checkNote(done.note());
        boolean elsewhere = Boolean.TRUE.equals(done.doneElsewhere());
        checkMail(done.email(), elsewhere);
        if (done.email() != null && done.email().attachments() != null) {
            attachments.among(done.email().attachments()).all(done.email().attachments());
        }
        checkText(done.text(), elsewhere);
        return stepRuns.complete(
                user,
                id,
                new Completion(user.id(), done.outcome(), done.note(), done.email(), done.text(), elsewhere, false));
    }

    public StepRun skip(CurrentUser user, StepRunId id, String note) {
        checkNote(note);
        return stepRuns.skip(user, id, note);
    }

    /** @param until null ends the snooze */
    public StepRun snooze(CurrentUser user, StepRunId id, Instant until) {
        if (until != null) {
            Instant now = clock.instant();
            if (!until.isAfter(now)) {
                throw refused("until", "'until' lies in the past; give a time that is still to come.");
            }
            if (until.isAfter(now.plus(LONGEST_SNOOZE))) {
                throw refused("until", "A step can be put off for a year at most; give an earlier 'until'.");
            }
        }
        return stepRuns.snooze(user, id, until);
    }

    /** @param to an id, a user name, {@code team:<id>} or a team's name */
    public StepRun assign(CurrentUser user, StepRunId id, String to) {
        StepRun run = stepRuns.get(user, id);
        Principal assignee = assignees.forRecord(to, run.record());
        return stepRuns.assign(user, id, assignee);
    }

    /** As {@link #assign}, also of a record that is paused. */
    public StepRun handOver(CurrentUser user, StepRunId id, String to) {
        StepRun run = stepRuns.get(user, id);
        return stepRuns.handOver(user, id, assignees.forRecord(to, run.record()));
    }

    /** Stands beside the step, whatever is noted when it is completed. */
    public StepRun note(CurrentUser user, StepRunId id, String note) {
        if (note == null || note.isBlank()) {
            throw refused("note", "The note is empty; write what is to be noted down.");
        }
        checkNote(note);
        return stepRuns.note(user, id, note.strip());
    }

    /** The wait the record is in ends now. */
    public StepRun endWait(CurrentUser user, StepRunId id) {
        StepRun run = stepRuns.get(user, id);
        steering.require(user, run.enrollment());
        if (run.type() != Step.Type.WAIT || run.finishedAt() != null) {
            throw new ConflictException("The step '" + run.stepName() + "' is no wait that runs.");
        }
        steering.act(user, run.enrollment(), EnrollmentAction.END_WAIT);
        return stepRuns.get(user, id);
    }

    public StepRun retry(CurrentUser user, StepRunId id) {
        return stepRuns.retry(user, id);
    }

    public StepRun makeManual(CurrentUser user, StepRunId id) {
        return stepRuns.makeManual(user, id);
    }

    private static void checkNote(String note) {
        if (note != null && note.length() > LONGEST_NOTE) {
            throw refused(
                    "note", "The note has " + note.length() + " characters; at most " + LONGEST_NOTE + " are kept.");
        }
        storable("note", note);
    }

    private static void checkMail(OutgoingMail.Written mail, boolean doneElsewhere) {
        if (mail == null) {
            return;
        }
        if (doneElsewhere) {
            throw refused("email", "Either send the mail or say that it was done elsewhere, not both.");
        }
        if (mail.subject() == null || mail.subject().isBlank()) {
            throw refused("email", "The mail needs a subject.");
        }
        if (mail.subject().length() > LONGEST_SUBJECT || mail.subject().chars().anyMatch(Character::isISOControl)) {
            throw refused("email", "The subject is one line of at most " + LONGEST_SUBJECT + " characters.");
        }
        if (mail.html() == null || mail.html().isBlank()) {
            throw refused("email", "The mail needs a text.");
        }
        if (mail.html().length() > LONGEST_HTML) {
            throw refused("email", "The mail is too long; at most " + LONGEST_HTML + " characters are sent.");
        }
        storable("html", mail.html());
    }

    private static void checkText(String text, boolean doneElsewhere) {
        if (text != null && doneElsewhere) {
            throw refused("text", "Either send the text or say that it was done elsewhere, not both.");
        }
        storable("text", text);
    }

    /** PostgreSQL keeps no zero characters. */
    private static void storable(String name, String text) {
        if (text != null && text.indexOf('\0') >= 0) {
            throw refused(name, "'" + name + "' holds a zero character, which cannot be kept.");
        }
    }

    private static UnprocessableException refused(String rule, String message) {
        return new UnprocessableException(message, List.of(Problem.error(rule, message)));
    }
}
