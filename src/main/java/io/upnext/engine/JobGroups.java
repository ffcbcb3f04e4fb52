package io.upnext.engine;

import io.upnext.enrollment.StepProgress;
import io.upnext.shared.EnrollmentId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cmd.ExecuteJobsCmd;
import org.camunda.bpm.engine.impl.interceptor.CommandExecutor;
import org.camunda.bpm.engine.impl.jobexecutor.JobFailureCollector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Runs jobs of different process instances in one command of the engine and one transaction: their records are read
 * together, the engine writes its rows in batches, and the disk is waited for once. Jobs that are due at one moment are
 * many in sales: a bulk connect, the morning of a working day.
 */
@Component
class JobGroups {

    /** More would keep enrollments locked for longer than somebody at a page should wait. */
    static final int SIZE = 20;

    private static final Logger log = LoggerFactory.getLogger(JobGroups.class);

    private final ProcessEngineConfigurationImpl configuration;
    private final StepProgress progress;
    private final InstancesAtOnce instances;
    private final JdbcClient jdbc;

    JobGroups(
            @Lazy ProcessEngineConfigurationImpl configuration,
            @Lazy StepProgress progress,
            InstancesAtOnce instances,
            JdbcClient jdbc) {
        this.configuration = configuration;
        this.progress = progress;
        this.instances = instances;
        this.jdbc = jdbc;
    }

    /**
     * All or none.
     *
     * @return whether they have run; where not, nothing has changed, and each is to be run by itself, so that one that
     *     fails counts its own failure and holds up no other
     */
    boolean run(List<String> jobs) {
        CommandExecutor engine = configuration.getCommandExecutorTxRequired();
        try {
            return engine.execute(context -> {
                Map<String, EnrollmentId> moved = instances(jobs);
                progress.movesTogether(List.copyOf(moved.values()), () -> {
                    instances.readJobs(context, jobs);
                    instances.read(context, moved.keySet());
                    jobs.forEach(job -> engine.execute(new ExecuteJobsCmd(job, new JobFailureCollector(job))));
                });
                return true;
            });
        } catch (RuntimeException e) {
            log.debug("A group of {} jobs failed; they are run one by one", jobs.size(), e);
            return false;
        }
    }

    /** In two statements: joined, the variables of all instances are read where the statistics are old. */
    private Map<String, EnrollmentId> instances(List<String> jobs) {
        List<String> instances = jdbc.sql("select process_instance_id_ from act_ru_job where id_ = any (?)")
                .params((Object) jobs.toArray(String[]::new))
                .query(String.class)
                .list();
        Map<String, EnrollmentId> found = new HashMap<>();
        // Not by the index on names, which all instances share
        jdbc.sql("select proc_inst_id_, text_ from act_ru_variable where proc_inst_id_ = any (?) and name_ || '' = ?")
                .params(instances.toArray(String[]::new), EngineNames.ENROLLMENT)
                .query(row -> {
                    found.put(row.getString(1), EnrollmentId.of(row.getString(2)));
                });
        return found;
    }
}
