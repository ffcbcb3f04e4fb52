package io.upnext.engine;

import io.upnext.bpmn.ElementIds;
import io.upnext.enrollment.StepProgress;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Tells the enrollment about waits that are over and conditions that are decided. */
@Component
class StepEvents {

    private final StepProgress progress;

    StepEvents(@Lazy StepProgress progress) {
        this.progress = progress;
    }

    void eventLeft(DelegateExecution execution) {
        String element = execution.getCurrentActivityId();
        if (execution.isCanceled() || ElementIds.stepOf(element).isEmpty()) {
            return;
        }
        String part = ElementIds.partOf(element);
        if (part.isEmpty()) {
            progress.waitEnded(EngineNames.enrollment(execution), EngineNames.step(execution));
        } else if (part.equals("happened")) {
            progress.conditionDecided(EngineNames.enrollment(execution), EngineNames.step(execution), true);
        } else if (part.equals("limit")) {
            progress.limitReached(EngineNames.enrollment(execution), EngineNames.step(execution));
        }
    }

    void decided(DelegateExecution execution) {
        boolean yes = ElementIds.partOf(execution.getCurrentTransitionId()).equals("yes");
        String step = ElementIds.stepOf(execution.getCurrentTransitionId()).orElseThrow();
        progress.conditionDecided(EngineNames.enrollment(execution), step, yes);
    }
}
