package io.upnext.engine;

import io.upnext.operation.RightOfWay;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.camunda.bpm.engine.impl.ProcessEngineImpl;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.CommandExecutor;
import org.camunda.bpm.engine.impl.jobexecutor.ExecuteJobsRunnable;
import org.camunda.bpm.engine.impl.jobexecutor.JobFailureCollector;
import org.camunda.bpm.engine.impl.jobexecutor.RejectedJobsHandler;
import org.camunda.bpm.engine.spring.components.jobexecutor.SpringJobExecutor;

/**
 * The engine's job executor, but that a thread takes several of the jobs that wait for one and runs them as a
 * {@link JobGroups group}. Several jobs of one process instance, which the engine hands over together, run one after
 * another as ever.
 */
class GroupingJobExecutor extends SpringJobExecutor {

    private final JobGroups groups;
    private final RightOfWay rightOfWay;
    private final Queue<String> waiting = new ConcurrentLinkedQueue<>();

    GroupingJobExecutor(JobGroups groups, RightOfWay rightOfWay) {
        this.groups = groups;
        this.rightOfWay = rightOfWay;
    }

    @Override
    public void executeJobs(List<String> jobs, ProcessEngineImpl engine) {
        if (jobs.size() == 1) {
            waiting.add(jobs.get(0));
        }
        super.executeJobs(jobs, engine);
    }

    @Override
    public Runnable getExecuteJobsRunnable(List<String> jobs, ProcessEngineImpl engine) {
        return jobs.size() == 1 ? () -> runWaiting(engine) : super.getExecuteJobsRunnable(jobs, engine);
    }

    /** Each job has a thread of the pool to come; whoever comes first takes more than its own. */
    private void runWaiting(ProcessEngineImpl engine) {
        rightOfWay.give();
        List<String> group = new ArrayList<>();
        for (String job = waiting.poll(); job != null; job = waiting.poll()) {
            group.add(job);
            if (group.size() == JobGroups.SIZE) {
                break;
            }
        }
        if (!group.isEmpty()) {
            new Group(group, engine).run();
        }
    }

    /** A job that another thread has taken meanwhile is not rejected. */
    @Override
    public void setRejectedJobsHandler(RejectedJobsHandler handler) {
        super.setRejectedJobsHandler((jobs, engine, executor) -> {
            if (jobs.size() != 1 || waiting.remove(jobs.get(0))) {
                handler.jobsRejected(jobs, engine, executor);
            }
        });
    }

    /** The engine's own loop, which also runs what the jobs of the group leave behind to be run by the same thread. */
    private final class Group extends ExecuteJobsRunnable {

        private final List<String> group;
        private boolean tried;

        private Group(List<String> group, ProcessEngineImpl engine) {
            super(group, engine);
            this.group = List.copyOf(group);
        }

        @Override
        protected void executeJob(String job, CommandExecutor commands, JobFailureCollector failures) {
            if (!tried && group.size() > 1) {
                tried = true;
                if (groups.run(group)) {
                    // The loop finds the others done; asking for each costs more than leaving them out.
                    Context.getJobExecutorContext()
                            .getCurrentProcessorJobQueue()
                            .removeAll(group);
                    return;
                }
            }
            super.executeJob(job, commands, failures);
        }
    }
}
