package io.upnext.enrollment.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.upnext.enrollment.Simulation;
import io.upnext.enrollment.simulation.Load;
import io.upnext.enrollment.simulation.Rates;
import io.upnext.security.Access;
import io.upnext.shared.InvalidException;
import io.upnext.shared.RecordId;
import io.upnext.shared.SequenceId;
import io.upnext.shared.filter.Filter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What a sequence would load on sellers and mailboxes, day by day, for many records. */
@RestController
@RequestMapping("/api/v1/sequences/{id}/simulate")
class SimulationController {

    private static final Duration FARTHEST = Duration.ofDays(3_653);

    private final Simulation simulation;
    private final Access access;
    private final Clock clock;

    SimulationController(Simulation simulation, Access access, Clock clock) {
        this.simulation = simulation;
        this.access = access;
        this.clock = clock;
    }

    /** One of {@code recordIds}, {@code filter} and {@code count}; the rest may be left out. */
    record Asked(
            List<RecordId> recordIds,
            JsonNode filter,
            Integer count,
            OffsetDateTime start,
            Integer perDay,
            Rates rates,
            Long seed) {}

    @PostMapping
    Load simulate(@PathVariable SequenceId id, @RequestBody Asked asked) {
        if (asked.recordIds() != null && asked.recordIds().stream().anyMatch(Objects::isNull)) {
            throw new InvalidException("'recordIds' must not hold null.");
        }
        Instant start = asked.start() == null ? null : asked.start().toInstant();
        if (start != null && Duration.between(clock.instant(), start).abs().compareTo(FARTHEST) > 0) {
            throw new InvalidException("'start' lies more than ten years away; give a time that is nearer.");
        }
        boolean filtered = asked.filter() != null && !asked.filter().isNull();
        Filter filter = filtered ? Filter.parse(asked.filter().toString()) : null;
        return simulation.of(
                access.current(),
                id,
                new Simulation.Asked(
                        asked.recordIds(), filter, asked.count(), start, asked.perDay(), asked.rates(), asked.seed()));
    }
}
