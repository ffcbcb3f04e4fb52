package io.upnext.enrollment.abtest;

import io.upnext.enrollment.abtest.TestRow.Key;
import io.upnext.messaging.MailEvent;
import io.upnext.operation.Workers;
import io.upnext.sequence.Step;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.SequenceId;
import io.upnext.shared.StepRunId;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Who gets which version of the mail of an A/B test, and what becomes of it. */
@Component
public class Lots {

    private final TestRows tests;
    private final RecipientRows recipients;
    private final Workers workers;
    private final Clock clock;

    Lots(TestRows tests, RecipientRows recipients, Workers workers, Clock clock) {
        this.tests = tests;
        this.recipients = recipients;
        this.workers = workers;
        this.clock = clock;
    }

    /**
     * Draws the version for one visit of the step, in the transaction that queues its mail: where that fails, nothing was
     * drawn. Whose test is decided gets the winner, who comes again gets the same again. Keeps the test locked until the
     * transaction ends, so that the split is exact.
     */
    public Variant draw(Key key, SequenceId sequence, Step.AbTest step, EnrollmentId enrollment, StepRunId run) {
        TestRow test = tests.lock(key, sequence, step);
        Variant settled = settled(test, step, enrollment);
        if (settled != null) {
            recipients.add(run, enrollment, key, settled, false);
            return settled;
        }
        Variant drawn =
                Allocation.next(key.version().value(), key.stepId(), step.share(), test.assignedA(), test.assignedB());
        tests.assigned(key, drawn);
        recipients.add(run, enrollment, key, drawn, true);
        return drawn;
    }

    private Variant settled(TestRow test, Step.AbTest step, EnrollmentId enrollment) {
        if (test.decided()) {
            return test.winner();
        }
        Instant end = step.until();
        if (end != null && !end.isAfter(clock.instant())) {
            return step.defaultsToA() ? Variant.A : Variant.B;
        }
        return recipients.earlier(enrollment, test.key()).orElse(null);
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
