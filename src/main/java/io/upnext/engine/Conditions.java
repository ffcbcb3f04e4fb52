package io.upnext.engine;

import io.upnext.enrollment.StepProgress;
import java.util.Date;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Decides the gateways of conditions and tells their timers the limit. */
@Component("conditions")
public class Conditions {

    private final StepProgress progress;

    Conditions(@Lazy StepProgress progress) {
        this.progress = progress;
    }

    public boolean yes(DelegateExecution execution) {
        return progress.conditionHolds(EngineNames.enrollment(execution), EngineNames.step(execution));
    }

    /** The mail it asks about never left: nothing to wait for. */
    public boolean no(DelegateExecution execution) {
        return progress.conditionCannotHold(EngineNames.enrollment(execution), EngineNames.step(execution));
    }

    /** The engine asks this when it makes the timer, which is when the condition begins to wait. */
    public Date limit(DelegateExecution execution) {
        return Date.from(progress.conditionWaits(
                        EngineNames.enrollment(execution), EngineNames.step(execution), execution.getId())
                .dueAt());
    }
}
