package io.upnext.engine;

import java.time.Duration;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Lets the engine follow a clock that runs ahead of the machine's; only the demo has one. */
@Component
public class EngineClock {

    private final ProcessEngine engine;

    EngineClock(@Lazy ProcessEngine engine) {
        this.engine = engine;
    }

    /** Sets how far the engine's clock is ahead and lets the job executor look for due jobs at once. */
    public void offset(Duration ahead) {
        ClockUtil.offset(ahead.toMillis());
        wakeJobs();
    }

    public void wakeJobs() {
        JobExecutor executor =
                ((ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration()).getJobExecutor();
        if (executor != null && executor.isActive()) {
            executor.jobWasAdded();
        }
    }
}
