package io.upnext.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** With pauses so long that whoever comes back sooner has been woken, or so short that nobody need be. */
class BellTest {

    private static final Duration LONG = Duration.ofHours(1);

    private final Bell bell = new Bell();
    private final BlockingQueue<String> back = new ArrayBlockingQueue<>(10);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void end() {
        bell.end();
        threads.shutdownNow();
    }

    @Test
    void ofSeveralThatWaitARingLetsOneLook() throws InterruptedException {
        waiting("first", LONG);
        waiting("second", LONG);
        waiting("third", LONG);

        bell.ring();

        assertThat(back.take()).endsWith("rung");
        Awaitility.await().until(() -> bell.waiting() == 2);
        assertThat(back).isEmpty();
    }

    @Test
    void ringsThatNobodyHasHeardYetAreOne() throws InterruptedException {
        assertThat(bell.ring()).isTrue();
        assertThat(bell.ring()).isFalse();

        waiting("first", LONG);

        assertThat(back.take()).isEqualTo("first rung");
        assertThat(bell.ring()).isTrue();
    }

    @Test
    void onlyTheLookoutLooksUnaskedAndAnotherTakesItsPlace() throws InterruptedException {
        waiting("lookout", Duration.ofMillis(50));
        waiting("other", Duration.ofMillis(50));

        assertThat(back.take()).isEqualTo("lookout over");
        assertThat(back.take()).isEqualTo("other over");
    }

    @Test
    void aLookoutThatIsRungForLeavesItsPlaceWithoutRinging() throws InterruptedException {
        waiting("lookout", LONG);
        waiting("other", LONG);

        bell.ring();
        String first = back.take();

        assertThat(first).endsWith("rung");
        assertThat(bell.ring()).isTrue(); // Nobody has rung in between
        assertThat(back.take()).endsWith("rung").isNotEqualTo(first);
    }

    @Test
    void atTheEndNobodyWaits() throws InterruptedException {
        waiting("first", LONG);
        waiting("second", LONG);

        bell.end();

        assertThat(back.poll(1, TimeUnit.MINUTES)).endsWith("over");
        assertThat(back.poll(1, TimeUnit.MINUTES)).endsWith("over");
        assertThat(bell.await(LONG)).isFalse();
    }

    private void waiting(String name, Duration pause) {
        int before = bell.waiting();
        threads.execute(() -> back.add(name + (bell.await(pause) ? " rung" : " over")));
        Awaitility.await().until(() -> bell.waiting() > before || !back.isEmpty());
    }
}
