package io.upnext.enrollment;

import io.upnext.enrollment.simulation.Ending;
import io.upnext.enrollment.simulation.Load;
import io.upnext.enrollment.simulation.Outcome;
import io.upnext.enrollment.simulation.Rates;
import io.upnext.enrollment.simulation.ScheduledWalk;
import io.upnext.enrollment.simulation.Travels;
import io.upnext.enrollment.simulation.Walk;
import io.upnext.enrollment.simulation.Way;
import io.upnext.sequence.Definition;
import io.upnext.sequence.Outline;
import io.upnext.sequence.Sequence;
import io.upnext.sequence.Step;
import io.upnext.shared.SequenceId;
import io.upnext.shared.UserId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The sequences that a simulation goes through: the one asked about as it is designed, others by their active version. */
final class SimulatedWays implements Travels.Targets {

    private final SimulatedLoads loads;
    private final UserId by;
    private final Predicate<SequenceId> named;
    private final Map<SequenceId, Optional<Taken>> taken = new LinkedHashMap<>();
    private final Taken first;

    private record Taken(Sequence sequence, Definition definition, Way way) {}

    /** @param named may whoever asks see this sequence? Others are counted without their names */
    SimulatedWays(
            SimulatedLoads loads, UserId by, Predicate<SequenceId> named, Sequence sequence, Definition definition) {
        this.loads = loads;
        this.by = by;
        this.named = named;
        this.first = taken(sequence, definition);
        taken.put(sequence.id(), Optional.of(first));
    }

    Way first() {
        return first.way();
    }

    private Taken taken(Sequence sequence, Definition definition) {
        SimulatedWorld world = new SimulatedWorld(loads, definition, sequence, by);
        ModeTimes modes = loads.world.modes;
        Way way =
                switch (definition.effectiveMode()) {
                    case ADAPTIVE -> new Walk(definition, world);
                    case CLASSIC -> ScheduledWalk.classic(definition, modes.days(definition), world);
                    case SMART -> ScheduledWalk.smart(definition, modes.runs(definition), world);
                };
        return new Taken(sequence, definition, way);
    }

    @Override
    public Optional<Way> of(Step.Advance step) {
        return taken.computeIfAbsent(SequenceId.of(step.sequence()), this::active)
                .map(Taken::way);
    }

    private Optional<Taken> active(SequenceId id) {
        return loads.world
                .sequences
                .find(id)
                .filter(sequence -> sequence.recordType() == first.sequence().recordType())
                .flatMap(sequence ->
                        loads.world.versions.active(id).map(version -> taken(sequence, version.definition())));
    }

    Load load(int records, long seed, Rates rates) {
        Outcome outcome = first.way().outcome();
        return new Load(
                records,
                seed,
                rates,
                loads.days(),
                loads.sellers(),
                loads.mailboxes(),
                outcome.endings(),
                steps(outcome),
                onward(),
                notes());
    }

    private List<Load.Onward> onward() {
        return all().stream()
                .filter(one -> one != first)
                .map(one -> new Load.Onward(
                        one.sequence().id().toString(),
                        named.test(one.sequence().id()) ? one.sequence().name() : null,
                        one.way().outcome().endings()))
                .toList();
    }

    private List<Taken> all() {
        return taken.values().stream().flatMap(Optional::stream).toList();
    }

    private List<Load.StepCount> steps(Outcome outcome) {
        Outline outline = Outline.of(first.definition());
        return outcome.entered().entrySet().stream()
                .flatMap(step -> outline.find(step.getKey()).stream()
                        .map(node -> new Load.StepCount(
                                step.getKey(),
                                node.step().type().name(),
                                StartedTask.nameOf(node.step()),
                                step.getValue())))
                .toList();
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (any(outcome -> outcome.truncated())) {
            notes.add("truncated");
        }
        if (loads.typicalRecords() && all().stream().anyMatch(SimulatedWays::hasExitFilter)) {
            notes.add("exit-filter");
        }
        if (any(outcome -> outcome.endings().containsKey(Ending.BLOCKED))) {
            notes.add("advance");
        }
        if (any(outcome -> outcome.endings().containsKey(Ending.STUCK))) {
            notes.add("no-mailbox");
        }
        return notes;
    }

    private static boolean hasExitFilter(Taken one) {
        return one.definition().options() != null && one.definition().options().exitWhen() != null;
    }

    private boolean any(Predicate<Outcome> what) {
        return all().stream().map(one -> one.way().outcome()).anyMatch(what);
    }
}
