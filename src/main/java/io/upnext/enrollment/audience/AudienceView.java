package io.upnext.enrollment.audience;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.upnext.shared.AudienceId;
import io.upnext.shared.Problem;
import io.upnext.shared.RecordType;
import io.upnext.shared.SequenceId;
import io.upnext.shared.UserId;
import io.upnext.shared.filter.Filter;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * An audience as the API shows it.
 *
 * @param state OFF, ON, or HELD where it is on and cannot connect: {@code problem} says why
 * @param nextRunAt when it is looked at as a whole next
 * @param lastRunAt when it was looked at as a whole last
 * @param counts of the records it holds at the moment
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AudienceView(
        AudienceId id,
        String name,
        SequenceId sequence,
        RecordType recordType,
        Filter filter,
        List<UUID> views,
        When when,
        int priority,
        boolean enabled,
        boolean disconnectOnLeave,
        UserId owner,
        State state,
        Problem problem,
        Instant nextRunAt,
        Instant lastRunAt,
        Counts counts) {

    public enum State {
        OFF,
        ON,
        HELD
    }

    /** Their sum is everybody the audience holds. */
    public record Counts(long waiting, long connected, long refused, long yielded) {}

    static AudienceView of(Audience audience, Problem problem, Counts counts) {
        State on = problem == null ? State.ON : State.HELD;
        return new AudienceView(
                audience.id(),
                audience.name(),
                audience.sequence(),
                audience.recordType(),
                audience.filter(),
                audience.views(),
                audience.when(),
                audience.priority(),
                audience.enabled(),
                audience.disconnectOnLeave(),
                audience.owner(),
                audience.enabled() ? on : State.OFF,
                audience.enabled() ? problem : null,
                audience.dueAt(),
                audience.evaluatedAt(),
                counts);
    }
}
