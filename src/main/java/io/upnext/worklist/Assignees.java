package io.upnext.worklist;

import io.upnext.enrollment.StepEligibility;
import io.upnext.record.CrmRecord;
import io.upnext.record.Records;
import io.upnext.security.Team;
import io.upnext.security.User;
import io.upnext.security.Users;
import io.upnext.shared.Principal;
import io.upnext.shared.Problem;
import io.upnext.shared.RecordId;
import io.upnext.shared.UnprocessableException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** To whom a step can be given: whoever is active and may see the record. */
@Component
public class Assignees {

    private final Users users;
    private final Records records;
    private final StepEligibility eligibility;

    Assignees(Users users, Records records, StepEligibility eligibility) {
        this.users = users;
        this.records = records;
        this.eligibility = eligibility;
    }

    /** Somebody a step can be given to, with the name lists show. */
    public record Assignee(Principal principal, String name) {}

    /** @throws UnprocessableException where there is no such user or team, or it could not work the step */
    Principal forRecord(String text, RecordId id) {
        Principal to = users.resolve(text)
                .orElseThrow(() -> refused("There is no user or team '" + shorten(text) + "' to give the step to."));
        String name = users.nameOf(to);
        Optional<CrmRecord> record = records.find(id);
        requireActive(to, name);
        if (record.isPresent() && !eligibility.sees(to, record.get())) {
            throw refused("'" + name + "' may not see the record '"
                    + record.get().name() + "'; give the step to somebody who does.");
        }
        return to;
    }

    /** Everybody who works steps, by name; whether they see the record of one is asked when they are given it. */
    public List<Assignee> all() {
        return named(everybody().filter(eligibility::active));
    }

    /** Everybody the step of this record can be given to, by name. */
    public List<Assignee> of(RecordId id) {
        CrmRecord record = records.find(id).orElse(null);
        return named(everybody().filter(principal -> record == null || eligibility.sees(principal, record)));
    }

    private Stream<Principal> everybody() {
        return Stream.concat(
                users.all().stream().filter(User::active).map(user -> Principal.user(user.id())),
                users.teams().stream().map(Team::id).map(Principal::team));
    }

    private List<Assignee> named(Stream<Principal> principals) {
        return principals
                .map(principal -> new Assignee(principal, users.nameOf(principal)))
                .sorted(Comparator.comparing(Assignee::name, String.CASE_INSENSITIVE_ORDER))
                .toList();
    }

    /** @throws UnprocessableException where nobody would work it */
    void requireActive(Principal to, String name) {
        if (!eligibility.active(to)) {
            throw refused(
                    to.isUser()
                            ? "'" + name + "' is no longer active; give the step to somebody else."
                            : "The team '" + name + "' has no active member; give the step to somebody else.");
        }
    }

    private static String shorten(String text) {
        return text == null ? "" : text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }

    private static UnprocessableException refused(String message) {
        return new UnprocessableException(message, List.of(Problem.error("to", message)));
    }
}
