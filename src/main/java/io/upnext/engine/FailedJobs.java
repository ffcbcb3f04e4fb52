package io.upnext.engine;

import io.upnext.shared.ProblemException;
import java.util.Date;
import org.apache.commons.lang3.exception.ExceptionUtils;
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
        ProblemException refusal = ExceptionUtils.throwableOfType(exception, ProblemException.class);
        if (refusal != null) {
            return new Refused(jobId, exception, refusal.getMessage());
        }
        return ExceptionUtils.throwableOfType(exception, ConcurrencyFailureException.class) != null
                ? new Later(jobId, exception)
                : new DefaultJobRetryCmd(jobId, exception);
    }

    private static final class Refused extends JobRetryCmd {

        private final String sentence;

        private Refused(String jobId, Throwable exception, String sentence) {
            super(jobId, exception);
            this.sentence = sentence;
        }

        @Override
        public Object execute(CommandContext context) {
            JobEntity job = getJob();
            if (job != null) {
                job.unlock();
                logException(job);
                // Instead of the message of what wraps it, which begins with the name of a class.
                job.setExceptionMessage(sentence);
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
