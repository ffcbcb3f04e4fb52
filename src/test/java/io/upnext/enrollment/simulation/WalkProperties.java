package io.upnext.enrollment.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.upnext.bpmn.RandomSequences;
import io.upnext.sequence.Definition;
import io.upnext.sequence.Outline;
import io.upnext.sequence.Span;
import io.upnext.sequence.Step;
import io.upnext.shared.DaySchedule;
import io.upnext.shared.RunInterval;
import io.upnext.shared.filter.Filter;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever the sequence: nobody is lost, and the same seed is the same simulation. */
class WalkProperties {

    private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");
    private static final int RECORDS = 40;
    private static final Rates NOBODY_REACTS = new Rates(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, Map.of(), 0.0);

    @Property(tries = 100)
    void everybodyEndsOnceAndTheSameSeedIsTheSame(@ForAll long seed) {
        Definition definition = RandomSequences.withGoTos(seed);

        Outcome outcome = run(definition, Rates.USUAL, seed);

        assertThat(outcome.endings().values().stream().mapToInt(n -> n).sum()).isEqualTo(RECORDS);
        assertThat(outcome.truncated()).isFalse();
        assertThat(outcome.entered().values()).allMatch(entered -> entered >= 0 && entered <= RECORDS);
        assertThat(run(definition, Rates.USUAL, seed)).isEqualTo(outcome);
    }

    @Property(tries = 100)
    void everybodyEndsOnceInTheOtherModesToo(@ForAll long seed) {
        Definition definition = RandomSequences.any(seed);
        Assume.that(definition.effectiveMode() != Definition.Mode.ADAPTIVE);
        DaySchedule days = new DaySchedule(LocalTime.of(9, 30), ZoneId.of("Asia/Kolkata"), true);
        PlainWorld world = new PlainWorld();
        ScheduledWalk walk = definition.effectiveMode() == Definition.Mode.CLASSIC
                ? ScheduledWalk.classic(definition, days, world)
                : ScheduledWalk.smart(definition, new RunInterval(days, 2, 0), world);

        Outcome outcome = walk.run(Collections.nCopies(RECORDS, START), Rates.USUAL, seed);

        assertThat(outcome.endings().values().stream().mapToInt(n -> n).sum()).isEqualTo(RECORDS);
        assertThat(outcome.truncated()).isFalse();
    }

    /** Where nobody reacts all take the same way, the one of every No. */
    @Property(tries = 100)
    void whereNobodyReactsAllTakeEveryNo(@ForAll long seed) {
        Definition definition = RandomSequences.tree(seed);

        Outcome outcome = run(definition, NOBODY_REACTS, seed);

        Set<String> visited = new TreeSet<>();
        outcome.entered().forEach((step, entered) -> {
            assertThat(entered).isIn(0, RECORDS);
            if (entered > 0) {
                visited.add(step);
            }
        });
        assertThat(visited).isEqualTo(everyNo(definition));
        assertThat(outcome.endings()).doesNotContainKeys(Ending.REPLIED, Ending.BOUNCED, Ending.UNSUBSCRIBED);
    }

    private static Set<String> everyNo(Definition definition) {
        Set<String> steps = new TreeSet<>();
        Outline outline = Outline.of(definition);
        Outline.Node node = outline.nodes().isEmpty() ? null : outline.nodes().get(0);
        while (node != null) {
            steps.add(node.step().id());
            Outline.Node at = node;
            node = node.step() instanceof Step.Condition
                    ? outline.nodes().stream()
                            .filter(child -> child.parent() == at && child.index() == 0 && !child.answer())
                            .findFirst()
                            .orElse(null)
                    : node.next();
        }
        return steps;
    }

    private static Outcome run(Definition definition, Rates rates, long seed) {
        return new Walk(definition, new PlainWorld()).run(Collections.nCopies(RECORDS, START), rates, seed);
    }

    /** Everything can leave at once, days have 24 hours, no record is known. */
    private static final class PlainWorld implements World {

        @Override
        public Instant endOf(int traveller, Step.Wait wait, Instant at) {
            return after(traveller, wait.span(), at);
        }

        @Override
        public Instant after(int traveller, Span span, Instant at) {
            return span == null ? at : at.plus(Duration.ofHours(span.wholeDays() * 24L + span.wholeHours()));
        }

        @Override
        public boolean refused(int traveller, Step mail) {
            return false;
        }

        @Override
        public Optional<Instant> mailLeaves(int traveller, Step mail, Instant at) {
            return Optional.of(at);
        }

        @Override
        public void sent(int traveller, Instant at) {}

        @Override
        public Instant taskDue(int traveller, Step task, Instant due) {
            return due;
        }

        @Override
        public Optional<Boolean> holds(int traveller, Filter when, Map<String, Object> lastMail) {
            return Optional.empty();
        }

        @Override
        public Optional<Boolean> holds(int traveller, Step.Test test) {
            return Optional.empty();
        }
    }
}
