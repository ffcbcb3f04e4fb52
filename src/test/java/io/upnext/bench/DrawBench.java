package io.upnext.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.upnext.enrollment.abtest.Lots;
import io.upnext.enrollment.abtest.TestRow.Key;
import io.upnext.sequence.Step;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.SequenceId;
import io.upnext.shared.StepRunId;
import io.upnext.shared.VersionId;
import io.upnext.testing.UpnextTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * How many lots of one A/B test are drawn a second, though its row is locked by who draws until the transaction has ended:
 * one a transaction and twenty, as jobs in groups draw them, with nothing else done and with what a job does beside it.
 */
@Tag("bench")
@UpnextTest
class DrawBench {

    private static final int THREADS = 4;
    private static final int DRAWS = Integer.getInteger("upnext.bench.draws", 2_000);

    private final Lots lots;
    private final TransactionTemplate transaction;

    DrawBench(@Autowired Lots lots, @Autowired TransactionTemplate transaction) {
        this.lots = lots;
        this.transaction = transaction;
    }

    @Test
    void manyThreadsDrawFromOneTest() throws Exception {
        drawn(1, Duration.ZERO);
        for (int group : List.of(1, 20)) {
            for (Duration beside : List.of(Duration.ZERO, Duration.ofMillis(2))) {
                System.out.printf(
                        "%d threads, %d a transaction, %d ms beside each: %.0f draws/s%n",
                        THREADS, group, beside.toMillis(), drawn(group, beside));
            }
        }
    }

    private double drawn(int group, Duration beside) throws Exception {
        Key key = new Key(VersionId.next(), "try");
        SequenceId sequence = SequenceId.next();
        Step.AbTest step = new Step.AbTest(
                "try", "Try", null, null, "a", "b", 50, null, Instant.parse("2030-01-01T00:00:00Z"), "A", null);
        Callable<Void> one = () -> {
            for (int done = 0; done < DRAWS / THREADS; done += group) {
                transaction.executeWithoutResult(
                        status -> IntStream.range(0, group).forEach(n -> {
                            LockSupport.parkNanos(beside.toNanos());
                            lots.enlist(key, sequence, step, EnrollmentId.next(), StepRunId.next());
                        }));
            }
            return null;
        };
        var threads = Executors.newFixedThreadPool(THREADS);
        long start = System.nanoTime();
        for (var each :
                threads.invokeAll(IntStream.range(0, THREADS).mapToObj(n -> one).toList())) {
            each.get();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        threads.shutdown();
        assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        return DRAWS / seconds;
    }
}
