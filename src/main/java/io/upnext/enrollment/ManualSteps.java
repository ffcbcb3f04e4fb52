package io.upnext.enrollment;

import io.upnext.messaging.MailEvent;
import io.upnext.messaging.Outbox;
import io.upnext.messaging.OutgoingMail;
import io.upnext.record.Records;
import io.upnext.record.Timeline;
import io.upnext.security.Users;
import io.upnext.sequence.Step;
import io.upnext.shared.Actor;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.Principal;
import io.upnext.shared.Problem;
import io.upnext.shared.RecordId;
import io.upnext.shared.UnprocessableException;
import io.upnext.shared.UserId;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;

/**
 * What happens when a manual step is finished, wherever that was done: our pages, the API or Tasklist all end here,
 * through the completion of the engine's user task, inside its transaction.
 */
@Component
public class ManualSteps {

    private final EnrollmentContexts contexts;
    private final StepRunRows runs;
    private final MailSteps mailSteps;
    private final TextSteps textSteps;
    private final ByHand byHand;
    private final Outbox outbox;
    private final Records records;
    private final Timeline timeline;
    private final Users users;
    private final CallOutcomes callOutcomes;
    private final Clock clock;

    ManualSteps(
            EnrollmentContexts contexts,
            StepRunRows runs,
            MailSteps mailSteps,
            TextSteps textSteps,
            ByHand byHand,
            Outbox outbox,
            Records records,
            Timeline timeline,
            Users users,
            CallOutcomes callOutcomes,
            Clock clock) {
        this.contexts = contexts;
        this.runs = runs;
        this.mailSteps = mailSteps;
        this.textSteps = textSteps;
        this.byHand = byHand;
        this.outbox = outbox;
        this.records = records;
        this.timeline = timeline;
        this.users = users;
        this.callOutcomes = callOutcomes;
        this.clock = clock;
    }

    /**
     * Refuses a completion that lacks its evidence (specification §4): a call its outcome, a mail the mail or an explicit
     * "done elsewhere".
     *
     * @throws UnprocessableException with the sentence for the seller
     */
    public void check(StepRun run, Completion completion) {
        if (completion.skipped()) {
            return;
        }
        if (run.type() == Step.Type.PHONE_CALL) {
            checkOutcome(completion.outcome());
        }
        if (run.type() == Step.Type.TEXT_MESSAGE) {
            textSteps.check(run, completion);
        } else if (completion.text() != null) {
            throw refused("text", "Only a text message step takes a text; '" + run.stepName() + "' is none.");
        }
        if (run.type() == Step.Type.EMAIL) {
            checkMail(run, completion);
        } else if (completion.email() != null) {
            throw refused("email", "Only an email step takes a mail; '" + run.stepName() + "' is none.");
        }
    }

    private void checkOutcome(String outcome) {
        if (outcome == null || outcome.isBlank()) {
            throw refused(
                    "outcome", "A call needs its outcome: one of " + String.join(", ", callOutcomes.codes()) + ".");
        }
        if (!callOutcomes.codes().contains(outcome)) {
            throw refused(
                    "outcome",
                    "'" + outcome + "' is no call outcome; take one of " + String.join(", ", callOutcomes.codes())
                            + ".");
        }
    }

    private void checkMail(StepRun run, Completion completion) {
        if (completion.email() == null) {
            if (!completion.doneElsewhere()) {
                throw refused("email", "Send a mail with this step, or say that it was done elsewhere.");
            }
            return;
        }
        RecordId person = contexts.lock(run.enrollment()).graph().person().id();
        outbox.refusal(person).ifPresent(refusal -> {
            throw refused(
                    "email",
                    "This mail cannot be sent: " + sentence(refusal) + " Skip the step or say that it was"
                            + " done elsewhere.");
        });
    }

    private static String sentence(MailEvent.Refusal refusal) {
        return switch (refusal) {
            case DO_NOT_EMAIL -> "the person is marked 'do not email'.";
            case SUPPRESSED -> "the address is on the suppression list.";
            case NO_ADDRESS -> "the person has no mail address.";
            case INVALID_ADDRESS -> "the mail address is not valid.";
            case GIVEN_UP -> "it was given up.";
        };
    }

    private static UnprocessableException refused(String rule, String message) {
        return new UnprocessableException(message, List.of(Problem.error(rule, message)));
    }

    /** A user task was completed; called by the engine's task listener. */
    public void completed(EnrollmentId id, String taskId, Completion completion) {
        EnrollmentContext context = contexts.lock(id);
        StepRun run = runs.openTask(taskId).orElse(null);
        if (run == null) {
            return;
        }
        check(run, completion);
        Instant now = clock.instant();
        StepRun.State state = completion.skipped() ? StepRun.State.SKIPPED : StepRun.State.DONE;
        runs.finish(run.id(), state, outcome(run, completion), completion.note(), completion.by(), now);
        if (completion.email() != null) {
            send(context, run, completion.email());
        }
        if (completion.text() != null) {
            textSteps.written(context, (Step.Text) context.step(run.stepId()), run, completion.text());
        }
        remember(run, completion, now);
    }

    private static String outcome(StepRun run, Completion completion) {
        if (completion.skipped()) {
            return "SKIPPED";
        }
        if (run.type() == Step.Type.EMAIL) {
            return completion.email() == null ? "DONE_ELSEWHERE" : "QUEUED";
        }
        if (run.type() == Step.Type.TEXT_MESSAGE) {
            return completion.text() == null ? "DONE_ELSEWHERE" : "QUEUED";
        }
        return run.type() == Step.Type.PHONE_CALL ? completion.outcome() : "COMPLETED";
    }

    private void send(EnrollmentContext context, StepRun run, OutgoingMail.Written written) {
        Step.Email step = byHand.mail(run.id(), context.step(run.stepId()));
        outbox.queue(mailSteps.written(context, step, run, written));
    }

    private void remember(StepRun run, Completion completion, Instant now) {
        if (!completion.skipped() && run.type() == Step.Type.PHONE_CALL) {
            records.touched(run.record(), "OUTGOING_CALL", "CALL");
        } else if (!completion.skipped() && run.type() == Step.Type.TASK) {
            records.touched(run.record(), "SALES_ACTIVITY", "TASK");
        } else if (!completion.skipped() && run.type() == Step.Type.TEXT_MESSAGE && completion.text() == null) {
            records.touched(run.record(), null, "SMS");
        }
        Map<String, String> details = new HashMap<>();
        details.put("step", run.stepName());
        details.put("stepRun", run.id().toString());
        details.put("type", run.type().name());
        if (completion.outcome() != null) {
            details.put("outcome", completion.outcome());
        }
        if (completion.note() != null && !completion.note().isBlank()) {
            details.put("note", completion.note());
        }
        String kind =
                completion.skipped() ? "step.skipped" : run.type() == Step.Type.PHONE_CALL ? "call" : "step.completed";
        timeline.add(new Timeline.Entry(run.record(), now, kind, actor(completion.by()), details));
        contexts.forget(run.enrollment());
    }

    private Actor actor(UserId by) {
        return by == null
                ? Actor.SYSTEM
                : users.find(by).map(user -> new Actor(by, user.name())).orElse(Actor.SYSTEM);
    }

    /** A user task got another assignee in the engine's own web app. */
    public void assigned(String taskId, Principal assignee) {
        runs.openTask(taskId).ifPresent(run -> runs.assign(run.id(), assignee));
    }

    /** A user task was put off in the engine's own web app; null ends that. */
    public void snoozed(String taskId, Instant until) {
        runs.openTask(taskId)
                .filter(run -> !Objects.equals(run.snoozedUntil(), until))
                .ifPresent(run -> runs.snooze(run.id(), until));
    }
}
