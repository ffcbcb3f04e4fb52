package io.upnext.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.upnext.operation.Operations.Result;
import io.upnext.shared.OperationId;
import io.upnext.shared.PageQuery;
import io.upnext.shared.Problem;
import io.upnext.shared.UserId;
import io.upnext.testing.UpnextTest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.transaction.PlatformTransactionManager;

@UpnextTest
class OperationsTest {

    private final OperationRows rows;
    private final OperationWorker worker;
    private final List<String> done = Collections.synchronizedList(new ArrayList<>());
    private final String kind = "test-" + OperationId.next();

    OperationsTest(@Autowired OperationRows rows, @Autowired PlatformTransactionManager transactions) {
        this.rows = rows;
        this.worker = new OperationWorker(rows, only(new Letters()), transactions);
    }

    @Test
    void one_bad_item_never_stops_the_others() {
        OperationId id = submit(List.of("a", "fault", "b", "refused", "c"));

        drain();

        var progress = rows.find(id).orElseThrow().progress();
        assertThat(progress.state()).isEqualTo(Operations.State.DONE);
        assertThat(progress.succeeded()).isEqualTo(3);
        assertThat(progress.rejected()).isEqualTo(2);
        assertThat(progress.counts()).containsEntry("letters", 3L);
        assertThat(rows.results(id, PageQuery.first(10)))
                .extracting(Result::item, Result::ok)
                .containsExactly(
                        tuple("a", true),
                        tuple("fault", false),
                        tuple("b", true),
                        tuple("refused", false),
                        tuple("c", true));
    }

    @Test
    void an_operation_without_items_is_done_at_once() {
        OperationId id = submit(List.of());

        assertThat(rows.find(id).orElseThrow().progress().state()).isEqualTo(Operations.State.DONE);
    }

    @Test
    void several_workers_share_an_operation_and_do_every_item_once() throws Exception {
        List<String> items = IntStream.range(0, 400).mapToObj(i -> "item-" + i).toList();
        OperationId id = submit(items);

        var pool = Executors.newFixedThreadPool(4);
        List<Future<?>> workers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            workers.add(pool.submit(this::drain));
        }
        for (Future<?> each : workers) {
            each.get();
        }
        pool.shutdown();

        assertThat(done).containsExactlyInAnyOrderElementsOf(items);
        var progress = rows.find(id).orElseThrow().progress();
        assertThat(progress.state()).isEqualTo(Operations.State.DONE);
        assertThat(progress.done()).isEqualTo(400);
    }

    private OperationId submit(List<String> items) {
        OperationId id = OperationId.next();
        rows.insert(id, kind, UserId.next(), Map.of("why", "test"), items);
        return id;
    }

    private void drain() {
        while (worker.runOnce() > 0) {
            // one chunk after another until nothing is left for this worker
        }
    }

    private static ObjectProvider<OperationKind> only(OperationKind kind) {
        StaticListableBeanFactory beans = new StaticListableBeanFactory();
        beans.addBean("kind", kind);
        return beans.getBeanProvider(OperationKind.class);
    }

    private final class Letters implements OperationKind {

        @Override
        public String kind() {
            return kind;
        }

        @Override
        public int chunkSize() {
            return 7;
        }

        @Override
        public List<Result> run(Chunk chunk, Map<String, Long> counts) {
            List<Result> results = new ArrayList<>();
            for (String item : chunk.items()) {
                if (item.equals("fault")) {
                    throw new IllegalStateException("boom");
                }
                if (item.equals("refused")) {
                    results.add(Result.refused(item, Problem.error("letter", "No letter.")));
                } else {
                    results.add(Result.ok(item));
                    counts.merge("letters", 1L, Long::sum);
                }
            }
            chunk.items().stream().filter(i -> i.startsWith("item-")).forEach(done::add);
            return results;
        }
    }
}
