package io.upnext.engine;

import io.upnext.enrollment.StepProgress;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Sets a field of the record. */
@Component("updateFieldStep")
class UpdateFieldStep implements JavaDelegate {

    private final StepProgress progress;

    UpdateFieldStep(@Lazy StepProgress progress) {
        this.progress = progress;
    }

    @Override
    public void execute(DelegateExecution execution) {
        progress.updateField(EngineNames.enrollment(execution), EngineNames.step(execution));
    }
}
