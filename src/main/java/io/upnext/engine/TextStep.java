package io.upnext.engine;

import io.upnext.enrollment.StepProgress;
import org.camunda.bpm.engine.impl.bpmn.behavior.AbstractBpmnActivityBehavior;
import org.camunda.bpm.engine.impl.pvm.delegate.ActivityExecution;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** An automated text message: queues it and stays until the gateway has it or it was refused. */
@Component("textStep")
class TextStep extends AbstractBpmnActivityBehavior {

    private final StepProgress progress;

    TextStep(@Lazy StepProgress progress) {
        this.progress = progress;
    }

    @Override
    public void execute(ActivityExecution execution) {
        boolean waits =
                progress.textStarted(EngineNames.enrollment(execution), EngineNames.step(execution), execution.getId());
        if (!waits) {
            leave(execution);
        }
    }

    /** The text's fate is known, by {@link io.upnext.enrollment.SequenceRuntime#proceed}. */
    @Override
    public void signal(ActivityExecution execution, String signalName, Object signalData) {
        leave(execution);
    }
}
