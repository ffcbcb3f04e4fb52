package io.upnext.engine;

import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.springframework.stereotype.Component;

/** Ties the engine to the enrollments: listeners on every element, and what becomes of failed jobs. */
@Component
class StepSupport extends AbstractProcessEnginePlugin {

    private final StepListeners listeners;
    private final FailedSteps failedSteps;

    StepSupport(StepListeners listeners, FailedSteps failedSteps) {
        this.listeners = listeners;
        this.failedSteps = failedSteps;
    }

    @Override
    public void preInit(ProcessEngineConfigurationImpl engine) {
        if (engine.getCustomPostBPMNParseListeners() == null) {
            engine.setCustomPostBPMNParseListeners(new ArrayList<>());
        }
        engine.getCustomPostBPMNParseListeners().add(listeners);
        engine.setFailedJobCommandFactory(new FailedJobs());
        engine.setCustomIncidentHandlers(List.of(failedSteps));
    }
}
