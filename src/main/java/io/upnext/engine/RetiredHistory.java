package io.upnext.engine;

import static java.time.ZoneOffset.UTC;

import io.upnext.operation.Worker;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import org.camunda.bpm.engine.HistoryService;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Deletes the engine's history of versions that {@link VersionRetirement} has taken off it, after half a year like all other:
 * the engine's own cleanup finds only what belongs to a definition that is there.
 */
@Component
class RetiredHistory implements Worker {

    private static final Duration KEPT = Duration.ofDays(180);
    private static final int BATCH = 50;

    private final HistoryService history;
    private final JdbcClient jdbc;
    private final Clock clock;

    RetiredHistory(@Lazy HistoryService history, JdbcClient jdbc, Clock clock) {
        this.history = history;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "retired-history";
    }

    /** Nobody waits for it: it is tidying up. */
    @Override
    public boolean hasWork() {
        return false;
    }

    @Override
    public Duration pause() {
        return Duration.ofHours(1);
    }

    @Override
    public int runOnce() {
        List<String> old = jdbc.sql("""
                        select h.id_ from act_hi_procinst h
                        where h.end_time_ < ? and starts_with(h.proc_def_key_, 'sequence-')
                            and not exists (select 1 from act_re_procdef d where d.id_ = h.proc_def_id_)
                        limit ?
                        """)
                .params(LocalDateTime.ofInstant(clock.instant().minus(KEPT), UTC), BATCH)
                .query(String.class)
                .list();
        if (!old.isEmpty()) {
            history.deleteHistoricProcessInstancesIfExists(old);
        }
        return old.size();
    }
}
