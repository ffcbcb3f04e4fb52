package io.upnext.engine;

import io.upnext.bpmn.ElementIds;
import io.upnext.operation.Worker;
import io.upnext.sequence.EnrollmentCounts;
import io.upnext.sequence.Versions;
import io.upnext.shared.SequenceId;
import java.time.Duration;
import java.util.List;
import org.camunda.bpm.engine.RepositoryService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes versions off the engine that have been replaced and carry nobody any more. What the product keeps of a version,
 * and what happened on it, stays, and so does the engine's history.
 */
@Component
class VersionRetirement implements Worker {

    private static final Logger log = LoggerFactory.getLogger(VersionRetirement.class);
    private static final int BATCH = 100;

    private final RepositoryService repository;
    private final Versions versions;
    private final EnrollmentCounts running;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    VersionRetirement(
            @Lazy RepositoryService repository,
            Versions versions,
            EnrollmentCounts running,
            JdbcClient jdbc,
            PlatformTransactionManager transactionManager) {
        this.repository = repository;
        this.versions = versions;
        this.running = running;
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactionManager);
    }

    private record Replaced(String deployment, String definition, SequenceId sequence, int number) {}

    @Override
    public String name() {
        return "version-retirement";
    }

    /** Nobody waits for it: it is tidying up. */
    @Override
    public boolean hasWork() {
        return false;
    }

    @Override
    public Duration pause() {
        return Duration.ofMinutes(1);
    }

    @Override
    public int runOnce() {
        return (int) candidates().stream().filter(this::retire).count();
    }

    /** Definitions without instances that a later one of the same sequence has replaced. */
    private List<Replaced> candidates() {
        return jdbc
                .sql("""
                        select d.deployment_id_, d.id_, d.key_, d.version_tag_ from act_re_procdef d
                        where exists (select 1 from act_re_procdef n where n.key_ = d.key_ and n.version_ > d.version_)
                            and not exists (select 1 from act_ru_execution e where e.proc_def_id_ = d.id_)
                        order by d.id_ limit ?
                        """)
                .param(BATCH)
                .query((row, n) -> new Replaced(
                        row.getString(1),
                        row.getString(2),
                        ElementIds.sequenceOf(row.getString(3)).orElse(null),
                        Integer.parseInt(row.getString(4))))
                .list()
                .stream()
                .filter(replaced -> replaced.sequence() != null)
                .toList();
    }

    private boolean retire(Replaced replaced) {
        try {
            return Boolean.TRUE.equals(transaction.execute(status -> retireIfIdle(replaced)));
        } catch (RuntimeException e) {
            log.info(
                    "Version {} of sequence {} stays on the engine for now: {}",
                    replaced.number(),
                    replaced.sequence(),
                    e.toString());
            return false;
        }
    }

    /** With the sequence's row locked: who connects to a version, or migrates, holds that row meanwhile. */
    private boolean retireIfIdle(Replaced replaced) {
        boolean replacedIndeed = versions.lockNewest(replaced.sequence())
                .filter(newest -> newest.number() > replaced.number())
                .isPresent();
        if (!replacedIndeed
                || running.byVersion(replaced.sequence()).containsKey(replaced.number())
                || !idle(replaced)) {
            return false;
        }
        repository.deleteDeployment(replaced.deployment(), false);
        log.info(
                "Version {} of sequence {} carries nobody and is taken off the engine",
                replaced.number(),
                replaced.sequence());
        return true;
    }

    private boolean idle(Replaced replaced) {
        return jdbc.sql("""
                        select exists (select 1 from act_re_procdef where id_ = :id)
                            and not exists (select 1 from act_ru_execution where proc_def_id_ = :id)
                        """)
                .param("id", replaced.definition())
                .query(Boolean.class)
                .single();
    }
}
