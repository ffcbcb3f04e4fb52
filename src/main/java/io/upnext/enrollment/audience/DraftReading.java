package io.upnext.enrollment.audience;

import io.upnext.record.RecordSelections.Selection;
import io.upnext.security.CurrentUser;
import io.upnext.security.Right;
import io.upnext.security.Settings;
import io.upnext.security.User;
import io.upnext.security.Users;
import io.upnext.sequence.SequenceView;
import io.upnext.sequence.Sequences;
import io.upnext.shared.AudienceId;
import io.upnext.shared.InvalidException;
import io.upnext.shared.NotFoundException;
import io.upnext.shared.Problem;
import io.upnext.shared.RecordType;
import io.upnext.shared.SequenceId;
import io.upnext.shared.UnprocessableException;
import io.upnext.shared.UserId;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** Makes an audience of what somebody wrote, with what it leaves out and with the rights of its owner. */
@Component
class DraftReading {

    private static final int USUAL_PRIORITY = 100;

    private final AudienceRights rights;
    private final DraftChecks checks;
    private final Reaches reaches;
    private final Evaluation evaluation;
    private final Sequences sequences;
    private final Users users;
    private final Settings settings;
    private final Clock clock;

    DraftReading(
            AudienceRights rights,
            DraftChecks checks,
            Reaches reaches,
            Evaluation evaluation,
            Sequences sequences,
            Users users,
            Settings settings,
            Clock clock) {
        this.rights = rights;
        this.checks = checks;
        this.reaches = reaches;
        this.evaluation = evaluation;
        this.sequences = sequences;
        this.users = users;
        this.settings = settings;
        this.clock = clock;
    }

    /** Whom an audience looks for. @param recordType of those it finds */
    record Sought(SequenceId sequence, RecordType recordType, Selection selection) {}

    /**
     * @param createdAt kept where it is changed
     * @throws InvalidException listing everything wrong with it
     */
    Audience read(CurrentUser user, AudienceDraft draft, UserId ownerId, AudienceId id, Instant createdAt) {
        SequenceView sequence = sequence(user, draft.sequence());
        RecordType type = draft.recordType() == null ? recordType(sequence) : draft.recordType();
        checks.check(draft, type, recordType(sequence), sequence.definition().effectiveMode());
        CurrentUser owner = acting(user, ownerId);
        sequence(owner, draft.sequence());
        selection(owner, draft, type, recordType(sequence));
        boolean enabled = Boolean.TRUE.equals(draft.enabled());
        Audience audience = new Audience(
                id,
                draft.name().strip(),
                ownerId,
                draft.sequence(),
                type,
                draft.filter(),
                draft.views(),
                zoned(draft.when()),
                Objects.requireNonNullElse(draft.priority(), USUAL_PRIORITY),
                enabled,
                Boolean.TRUE.equals(draft.disconnectOnLeave()),
                createdAt,
                null,
                null,
                null);
        return enabled ? audience.dueAt(firstDue(audience)) : audience;
    }

    /** On change everything that fits already enters at once; a time of day is waited for. */
    private Instant firstDue(Audience audience) {
        return audience.onChange() ? clock.instant() : evaluation.next(audience);
    }

    private When zoned(When when) {
        return when == null || when.kind() == When.Kind.ON_CHANGE || when.timeZone() != null
                ? when
                : new When(when.kind(), when.at(), settings.timeZone().getId());
    }

    /** Read as for saving, as far as it says whom to look for; name and time do not matter. */
    Sought sought(CurrentUser user, AudienceDraft draft) {
        UserId owner = draft.owner() == null ? user.id() : draft.owner();
        SequenceView sequence = sequence(user, draft.sequence());
        RecordType type = draft.recordType() == null ? recordType(sequence) : draft.recordType();
        checks.checkWho(draft, type, recordType(sequence));
        return new Sought(
                sequence.id(), recordType(sequence), selection(acting(user, owner), draft, type, recordType(sequence)));
    }

    private Selection selection(CurrentUser owner, AudienceDraft draft, RecordType type, RecordType found) {
        try {
            return reaches.selection(owner, type, found, draft.filter(), draft.views());
        } catch (NotFoundException e) {
            throw new InvalidException(
                    "A view of the audience does not exist, or its owner may not see it; choose another.",
                    List.of(Problem.error("views", "There is no such view.")));
        }
    }

    private SequenceView sequence(CurrentUser user, SequenceId id) {
        if (id == null) {
            throw missing("An audience needs a 'sequence'.");
        }
        try {
            return sequences.view(user, id);
        } catch (NotFoundException e) {
            throw missing("There is no sequence '" + id + "' that the owner of the audience and you may see.");
        }
    }

    private static InvalidException missing(String message) {
        return new InvalidException(message, List.of(Problem.error("sequence", message)));
    }

    private static RecordType recordType(SequenceView sequence) {
        return sequence.definition().effectiveRecordType();
    }

    /** Whoever makes it act for another must see as much as that other, who must be able to connect. */
    private CurrentUser acting(CurrentUser user, UserId owner) {
        boolean active = users.find(owner).filter(User::active).isPresent();
        if (!active) {
            throw new UnprocessableException("'owner' names no active user; choose one.");
        }
        rights.requireChange(user, owner);
        CurrentUser caller = users.asCaller(owner);
        if (!caller.may(Right.CONNECT_RECORDS)) {
            throw new UnprocessableException(caller.name() + " may not connect records, and so own no audience.");
        }
        return caller;
    }
}
