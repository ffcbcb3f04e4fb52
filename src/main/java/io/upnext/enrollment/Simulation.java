package io.upnext.enrollment;

import io.upnext.enrollment.simulation.Load;
import io.upnext.enrollment.simulation.Rates;
import io.upnext.enrollment.simulation.Travels;
import io.upnext.messaging.Outbox;
import io.upnext.record.CrmRecord;
import io.upnext.record.RecordGraph;
import io.upnext.record.RecordSearch;
import io.upnext.record.Records;
import io.upnext.security.CurrentUser;
import io.upnext.security.Settings;
import io.upnext.sequence.Definition;
import io.upnext.sequence.Sequence;
import io.upnext.sequence.Sequences;
import io.upnext.shared.InvalidException;
import io.upnext.shared.NotFoundException;
import io.upnext.shared.Problem;
import io.upnext.shared.RecordId;
import io.upnext.shared.SequenceId;
import io.upnext.shared.UnprocessableException;
import io.upnext.shared.filter.Filter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Shows a manager what a sequence, as it is being designed, would load on people and mailboxes; changes nothing. */
@Component
public class Simulation {

    public static final int MOST_RECORDS = 10_000;

    private static final int BATCH = 500;

    private final Sequences sequences;
    private final Records records;
    private final RecordSearch search;
    private final Outbox outbox;
    private final SimulatedWorlds worlds;
    private final Settings settings;
    private final Clock clock;

    Simulation(
            Sequences sequences,
            Records records,
            RecordSearch search,
            Outbox outbox,
            SimulatedWorlds worlds,
            Settings settings,
            Clock clock) {
        this.sequences = sequences;
        this.records = records;
        this.search = search;
        this.outbox = outbox;
        this.worlds = worlds;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * What is asked: records by id, those a filter finds, or a number of typical ones.
     *
     * @param perDay how many are connected a day; null: all at once
     * @param seed the same seed draws the same chances
     */
    public record Asked(
            List<RecordId> records,
            Filter filter,
            Integer count,
            Instant start,
            Integer perDay,
            Rates rates,
            Long seed) {}

    /**
     * @throws NotFoundException where there is no such sequence or record that the user may see
     * @throws InvalidException where it is not said for which records, or they are too many
     * @throws UnprocessableException where the sequence's errors forbid it
     */
    public Load of(CurrentUser user, SequenceId id, Asked asked) {
        Sequence sequence = sequences.get(user, id);
        Definition definition = sequences.view(user, id).definition();
        Rates rates = asked.rates() == null ? Rates.USUAL : asked.rates().orUsual();
        rates.check();
        check(user, sequence, asked);
        List<RecordGraph> graphs = graphs(user, sequence, asked);
        int number = asked.count() == null ? graphs.size() : asked.count();
        long seed = asked.seed() == null ? 1 : asked.seed();
        Instant start = (asked.start() == null ? clock.instant() : asked.start()).truncatedTo(ChronoUnit.SECONDS);
        Map<RecordId, ?> refused =
                outbox.refusals(graphs.stream().map(RecordGraph::person).toList());
        SimulatedLoads loads = new SimulatedLoads(
                worlds, sequence.recordType(), graphs, refused.keySet(), outbox.simulatedPace(start, new Random(seed)));
        SimulatedWays ways =
                new SimulatedWays(loads, user.id(), other -> sequences.visible(user, other), sequence, definition);
        int hops = settings.number(AdvanceSettings.HOPS, AdvanceSettings.HOPS_BY_DEFAULT);
        new Travels(ways.first(), ways, hops).run(starts(start, number, asked.perDay()), rates, seed);
        return ways.load(number, seed, rates);
    }

    private static List<Instant> starts(Instant start, int number, Integer perDay) {
        return IntStream.range(0, number)
                .mapToObj(n -> perDay == null ? start : start.plus(Duration.ofDays(n / perDay)))
                .toList();
    }

    private void check(CurrentUser user, Sequence sequence, Asked asked) {
        long ways = Stream.of(asked.records(), asked.filter(), asked.count())
                .filter(way -> way != null)
                .count();
        if (ways != 1) {
            throw new InvalidException("Say for which records: one of 'recordIds', 'filter' and 'count'.");
        }
        within("count", asked.count());
        within("perDay", asked.perDay());
        List<Problem> errors = sequences.check(user, sequence.id()).stream()
                .filter(problem -> problem.severity() == Problem.Severity.ERROR)
                .toList();
        if (!errors.isEmpty()) {
            throw new UnprocessableException(
                    "There is nothing to simulate before the errors of the sequence are mended: "
                            + errors.get(0).message(),
                    errors);
        }
    }

    private static void within(String name, Integer number) {
        if (number != null && (number < 1 || number > MOST_RECORDS)) {
            throw new InvalidException("'" + name + "' must lie between 1 and " + MOST_RECORDS + ".");
        }
    }

    private List<RecordGraph> graphs(CurrentUser user, Sequence sequence, Asked asked) {
        List<RecordId> ids = asked.records() != null
                ? List.copyOf(new LinkedHashSet<>(asked.records()))
                : asked.filter() == null
                        ? List.of()
                        : search.ids(user, sequence.recordType(), null, asked.filter(), MOST_RECORDS + 1);
        if (ids.size() > MOST_RECORDS) {
            throw new InvalidException("At most " + MOST_RECORDS + " records are simulated at once; choose fewer.");
        }
        List<RecordGraph> graphs = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += BATCH) {
            List<RecordId> batch = ids.subList(from, Math.min(from + BATCH, ids.size()));
            Map<RecordId, RecordGraph> found = records.graphs(batch);
            batch.forEach(id -> graphs.add(visible(user, sequence, id, found.get(id))));
        }
        return graphs;
    }

    private RecordGraph visible(CurrentUser user, Sequence sequence, RecordId id, RecordGraph graph) {
        if (graph == null || !records.visible(user, graph.record())) {
            throw new NotFoundException("There is no record '" + id + "' that you may see.");
        }
        CrmRecord record = graph.record();
        if (record.type() != sequence.recordType()) {
            throw new UnprocessableException("The sequence is for records of type " + sequence.recordType() + ", '" + id
                    + "' is of type " + record.type() + "; choose others.");
        }
        return graph;
    }
}
