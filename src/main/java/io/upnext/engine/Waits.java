package io.upnext.engine;

import io.upnext.enrollment.StepProgress;
import java.util.Date;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Tells the timers of waits when to fire. */
@Component("waits")
public class Waits {

    private final StepProgress progress;

    Waits(@Lazy StepProgress progress) {
        this.progress = progress;
    }

    /** The engine asks this when it makes the timer, which is when the wait begins. */
    public Date until(DelegateExecution execution) {
        return Date.from(
                progress.waitStarted(EngineNames.enrollment(execution), EngineNames.step(execution), execution.getId())
                        .dueAt());
    }
}
