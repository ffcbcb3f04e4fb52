package io.upnext.worklist;

import io.upnext.enrollment.StepRuns;
import io.upnext.operation.Operations;
import io.upnext.security.AuditLog;
import io.upnext.security.CurrentUser;
import io.upnext.security.StandIns;
import io.upnext.security.User;
import io.upnext.security.Users;
import io.upnext.sequence.Sequences;
import io.upnext.shared.InvalidException;
import io.upnext.shared.OperationId;
import io.upnext.shared.Principal;
import io.upnext.shared.Problem;
import io.upnext.shared.UnprocessableException;
import io.upnext.shared.UserId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The work of a colleague who is away goes to somebody else: what is open now and, if wanted, what comes meanwhile. */
@Component
public class HandOvers {

    private static final Duration LONGEST = Duration.ofDays(366);

    private final StepRuns stepRuns;
    private final Sequences sequences;
    private final StandIns standIns;
    private final Assignees assignees;
    private final Operations operations;
    private final Users users;
    private final AuditLog audit;
    private final Clock clock;

    HandOvers(
            StepRuns stepRuns,
            Sequences sequences,
            StandIns standIns,
            Assignees assignees,
            Operations operations,
            Users users,
            AuditLog audit,
            Clock clock) {
        this.stepRuns = stepRuns;
        this.sequences = sequences;
        this.standIns = standIns;
        this.assignees = assignees;
        this.operations = operations;
        this.users = users;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * @param from who is away: an id or a user name
     * @param to who takes over: an id, a user name, {@code team:<id>} or a team's name
     * @param future do the steps go to them as well that open from now on?
     * @param until till when they do; null: until somebody ends it
     * @param sequences do the sequences of who is away belong to who takes over from now on?
     */
    public record Wanted(String from, String to, Boolean future, Instant until, Boolean sequences) {}

    /**
     * @throws io.upnext.shared.ForbiddenException where it is not the user's to say
     * @throws UnprocessableException where nobody of the name is there or the two are one
     */
    @Transactional
    public OperationId handOver(CurrentUser user, Wanted wanted) {
        UserId from = away(user, wanted.from());
        Principal to = takingOver(from, wanted.to());
        boolean withSequences = Boolean.TRUE.equals(wanted.sequences());
        if (withSequences && !to.isUser()) {
            throw refused(
                    "sequences", "Sequences belong to a person; name a user in 'to', or leave them where they are.");
        }
        if (Boolean.TRUE.equals(wanted.future())) {
            standIns.set(user, from, to, checked(wanted.until()));
        } else if (wanted.until() != null) {
            throw refused("until", "'until' says how long new steps go to somebody else; ask for 'future', too.");
        }
        List<String> items = items(from, withSequences);
        audit.add(user.actor(), "hand-over", "user:" + from, null, Map.of("to", to, "items", items.size()));
        return operations.submit(
                HandOverOperation.KIND, user, new HandOverOperation.Argument(from, to.toString()), items);
    }

    private UserId away(CurrentUser user, String text) {
        if (text == null || text.isBlank()) {
            throw new InvalidException("'from' is missing; name the user who is away.");
        }
        UserId from = users.resolve(text)
                .filter(Principal::isUser)
                .map(found -> new UserId(found.id()))
                .orElseThrow(() -> refused("from", "'from' names no user; choose one."));
        standIns.requireManage(user, from);
        return from;
    }

    private Principal takingOver(UserId from, String text) {
        if (text == null || text.isBlank()) {
            throw new InvalidException("'to' is missing; give a user or a team.");
        }
        Principal to = users.resolve(text)
                .orElseThrow(() -> refused("to", "There is no such user or team to hand the work over to."));
        if (to.equals(Principal.user(from))) {
            throw refused("to", "The work stays where it is: 'from' and 'to' are the same.");
        }
        assignees.requireActive(to, users.nameOf(to));
        return to;
    }

    private Instant checked(Instant until) {
        Instant now = clock.instant();
        if (until != null && !until.isAfter(now)) {
            throw refused("until", "'until' lies in the past; give a time that is still to come.");
        }
        if (until != null && until.isAfter(now.plus(LONGEST))) {
            throw refused("until", "Somebody stands in for a year at most; give an earlier 'until'.");
        }
        return until;
    }

    private List<String> items(UserId from, boolean withSequences) {
        List<String> items = new ArrayList<>();
        stepRuns.openOf(from).forEach(step -> items.add(HandOverOperation.STEP + step));
        if (withSequences) {
            sequences.ownedBy(from).forEach(sequence -> items.add(HandOverOperation.SEQUENCE + sequence));
        }
        return items;
    }

    /** Those whose work the user may hand over, by name. */
    public List<User> people(CurrentUser user) {
        return users.all().stream()
                .filter(found -> standIns.mayManage(user, found.id()))
                .toList();
    }

    private static UnprocessableException refused(String rule, String message) {
        return new UnprocessableException(message, List.of(Problem.error(rule, message)));
    }
}
