package io.upnext.enrollment.abtest;

import io.upnext.enrollment.abtest.RecipientRows.Lot;
import io.upnext.enrollment.abtest.TestRow.Key;
import io.upnext.messaging.MailEvent;
import io.upnext.messaging.Outbox;
import io.upnext.operation.PerTransaction;
import io.upnext.operation.Workers;
import io.upnext.sequence.Step;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.SequenceId;
import io.upnext.shared.StepRunId;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/** Who gets which version of the mail of an A/B test, and what becomes of it. */
@Component
public class Lots {

    private final TestRows tests;
    private final RecipientRows recipients;
    private final Outbox outbox;
    private final Workers workers;
    private final Clock clock;
    private final PerTransaction<SortedMap<Key, Enlisted>> enlisted =
            new PerTransaction<>(Lots::none, all -> all.forEach(this::draw));

    Lots(TestRows tests, RecipientRows recipients, Outbox outbox, Workers workers, Clock clock) {
        this.tests = tests;
        this.recipients = recipients;
        this.outbox = outbox;
        this.workers = workers;
        this.clock = clock;
    }

    /**
     * Gives one visit of the step its version, in the transaction that queues its mail with version A: where that fails,
     * nothing was drawn. The lots of a transaction are drawn together right before it commits; only from then on is the test
     * locked, so that the split is exact and others wait no longer than for a commit. Whose test is decided gets the winner,
     * who comes again gets the same again.
     */
    public void enlist(Key key, SequenceId sequence, Step.AbTest step, EnrollmentId enrollment, StepRunId run) {
        enlisted.get()
                .computeIfAbsent(key, test -> new Enlisted(sequence, step, new ArrayList<>()))
                .visits()
                .add(new Visit(enrollment, run));
    }

    private record Visit(EnrollmentId enrollment, StepRunId run) {}

    private record Enlisted(SequenceId sequence, Step.AbTest step, List<Visit> visits) {}

    private static SortedMap<Key, Enlisted> none() {
        return new TreeMap<>(
                Comparator.comparing((Key key) -> key.version().value()).thenComparing(Key::stepId));
    }

    private void draw(Key key, Enlisted all) {
        TestRow test = tests.lock(key, all.sequence(), all.step());
        Optional<Variant> settled = settled(test, all.step());
        Map<EnrollmentId, Variant> known = settled.isPresent()
                ? Map.of()
                : new HashMap<>(recipients.earlier(
                        key, all.visits().stream().map(Visit::enrollment).toList()));
        List<Lot> drawn = new ArrayList<>();
        int a = test.assignedA();
        int b = test.assignedB();
        for (Visit visit : all.visits()) {
            Variant same = settled.orElseGet(() -> known.get(visit.enrollment()));
            Variant variant = same != null
                    ? same
                    : Allocation.next(
                            key.version().value(), key.stepId(), all.step().share(), a, b);
            if (same == null) {
                known.put(visit.enrollment(), variant);
                a += variant == Variant.A ? 1 : 0;
                b += variant == Variant.B ? 1 : 0;
            }
            drawn.add(new Lot(visit.run(), visit.enrollment(), variant, same == null));
        }
        tests.assigned(key, a - test.assignedA(), b - test.assignedB());
        recipients.add(key, drawn);
        outbox.useTemplate(
                drawn.stream()
                        .filter(lot -> lot.variant() == Variant.B)
                        .map(Lot::run)
                        .toList(),
                all.step().template(false));
    }

    private Optional<Variant> settled(TestRow test, Step.AbTest step) {
        if (test.decided()) {
            return Optional.of(test.winner());
        }
        boolean over = step.until() != null && !step.until().isAfter(clock.instant());
        return over ? Optional.of(step.defaultsToA() ? Variant.A : Variant.B) : Optional.empty();
    }

    /** Something happened to the mail of a step run. Telling it twice changes nothing. */
    public void happened(StepRunId run, MailEvent event) {
        if (!event.human()) {
            return;
        }
        recipients.happened(run, event.kind(), event.at()).ifPresent(key -> {
            tests.news(key, event.kind());
            workers.wake(AbTestWorker.NAME);
        });
    }

    /** The test that this step run is part of. */
    public Optional<Key> testOf(StepRunId run) {
        return recipients.testOf(run);
    }

    /** Which version each of these step runs got, as far as they belong to a test. */
    public Map<StepRunId, Variant> variants(Collection<StepRunId> runs) {
        return recipients.variants(runs);
    }
}
