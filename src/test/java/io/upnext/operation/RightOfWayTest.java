package io.upnext.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RightOfWayTest {

    private final RightOfWay way = new RightOfWay();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void whoGivesWayWaitsUntilAllThatIsUrgentIsDone() throws InterruptedException {
        CountDownLatch through = new CountDownLatch(1);
        way.enter();
        way.enter();

        threads.execute(() -> {
            while (way.isTaken()) {
                way.give();
            }
            through.countDown();
        });
        way.leave();
        assertThat(way.isTaken()).isTrue();
        way.leave();

        assertThat(through.await(1, TimeUnit.MINUTES)).isTrue();
    }

    @Test
    void whatHangsHoldsUpTheOthersForAMomentOnly() {
        way.enter();

        way.give();

        assertThat(way.isTaken()).isTrue();
    }

    @Test
    void withNothingUrgentNobodyWaits() {
        way.enter();
        way.leave();

        way.give();

        assertThat(way.isTaken()).isFalse();
    }
}
