package io.upnext.engine;

import static java.time.ZoneOffset.UTC;

import io.upnext.operation.Worker;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The engine's jobs among the other background work, so that the clock of the demo knows what is due. The engine's job
 * executor runs them; where that is off, they run by hand here.
 */
@Component
class EngineWork implements Worker {

    private static final Logger log = LoggerFactory.getLogger(EngineWork.class);

    private static final String RUNNABLE = "retries_ > 0 and suspension_state_ = 1";

    private final ProcessEngine engine;
    private final ManagementService management;
    private final JobGroups groups;
    private final JdbcClient jdbc;
    private final Clock clock;

    EngineWork(
            @Lazy ProcessEngine engine,
            @Lazy ManagementService management,
            JobGroups groups,
            JdbcClient jdbc,
            Clock clock) {
        this.engine = engine;
        this.management = management;
        this.groups = groups;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "engine";
    }

    @Override
    public int runOnce() {
        JobExecutor executor = executor();
        if (executor != null && executor.isActive()) {
            return 0;
        }
        List<String> due = jdbc.sql("select id_ from act_ru_job where " + RUNNABLE
                        + " and duedate_ <= ? order by duedate_ limit 100")
                .param(timestamp(clock.instant()))
                .query(String.class)
                .list();
        for (int from = 0; from < due.size(); from += JobGroups.SIZE) {
            run(due.subList(from, Math.min(from + JobGroups.SIZE, due.size())));
        }
        return due.size();
    }

    private void run(List<String> jobs) {
        if (jobs.size() == 1 || !groups.run(jobs)) {
            jobs.forEach(this::run);
        }
    }

    private JobExecutor executor() {
        return ((ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration()).getJobExecutor();
    }

    private void run(String job) {
        try {
            if (isThere(job)) {
                management.executeJob(job);
            }
        } catch (RuntimeException e) {
            if (isThere(job)) {
                // The engine has counted the failure and set the next try.
                log.info("Job {} failed: {}", job, e.toString());
            }
        }
    }

    /** Another thread may have done it meanwhile, or a job before it ended the instance: then all is well. */
    private boolean isThere(String job) {
        return jdbc.sql("select exists (select 1 from act_ru_job where id_ = ?)")
                .param(job)
                .query(Boolean.class)
                .single();
    }

    @Override
    public boolean hasWork() {
        return jdbc.sql("select exists (select 1 from act_ru_job where " + RUNNABLE + " and duedate_ <= ?)")
                .param(timestamp(clock.instant()))
                .query(Boolean.class)
                .single();
    }

    /** What is overdue hides nothing that comes later. */
    @Override
    public Optional<Instant> nextDue() {
        return jdbc.sql("select min(duedate_) from act_ru_job where " + RUNNABLE + " and duedate_ > ?")
                .param(timestamp(clock.instant()))
                .query((rs, i) -> Optional.ofNullable(rs.getTimestamp(1)).map(Timestamp::toInstant))
                .single();
    }

    @Override
    public String progress() {
        return jdbc.sql("select count(*) || ':' || coalesce(sum(rev_), 0) from act_ru_job where " + RUNNABLE
                        + " and duedate_ <= ?")
                .param(timestamp(clock.instant()))
                .query(String.class)
                .single();
    }

    private static LocalDateTime timestamp(Instant instant) {
        return instant.atOffset(UTC).toLocalDateTime();
    }
}
