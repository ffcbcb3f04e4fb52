package io.upnext.engine;

import io.upnext.shared.ProblemException;
import java.util.Date;
import org.camunda.bpm.engine.impl.cmd.DefaultJobRetryCmd;
import org.camunda.bpm.engine.impl.cmd.JobRetryCmd;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.jobexecutor.FailedJobCommandFactory;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.springframework.dao.ConcurrencyFailureException;

/**
 * A job that failed for a reason of the business, such as a sequence to advance to that is not active, does not get
 * better by itself: it becomes an incident at once. Everything else is tried again with growing pauses.
 */
class FailedJobs implements FailedJobCommandFactory {

    @Override
    public Command<Object> getCommand(String jobId, Throwable exception) {
        if (isCausedBy(exception, ProblemException.class)) {
            return new Refused(jobId, exception);
        }
        return isCausedBy(exception, ConcurrencyFailureException.class)
                ? new Later(jobId, exception)
                : new DefaultJobRetryCmd(jobId, exception);
    }

    private static boolean isCausedBy(Throwable exception, Class<?> kind) {
        for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
            if (kind.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    private static final class Refused extends JobRetryCmd {

        private Refused(String jobId, Throwable exception) {
            super(jobId, exception);
        }

        @Override
        public Object execute(CommandContext context) {
            JobEntity job = getJob();
            if (job != null) {
                job.unlock();
                logException(job);
                job.setRetries(0);
            }
            return null;
        }
    }

    /** Somebody else moved the same enrollment, perhaps to another version: it counts as no try. */
    private static final class Later extends JobRetryCmd {

        private static final long PAUSE = 1_000;

        private Later(String jobId, Throwable exception) {
            super(jobId, exception);
        }

        @Override
        public Object execute(CommandContext context) {
            JobEntity job = getJob();
            if (job != null) {
                job.unlock();
                job.setDuedate(new Date(ClockUtil.getCurrentTime().getTime() + PAUSE));
            }
            return null;
        }
    }
}
