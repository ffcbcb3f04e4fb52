package io.upnext.engine;

import io.upnext.enrollment.StepProgress;
import org.camunda.bpm.engine.impl.bpmn.behavior.AbstractBpmnActivityBehavior;
import org.camunda.bpm.engine.impl.pvm.delegate.ActivityExecution;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * An automated mail: queues it and stays until it has left or was refused. What comes after, such as "opened within two
 * days", so begins when the mail left.
 */
@Component("mailStep")
class MailStep extends AbstractBpmnActivityBehavior {

    private final StepProgress progress;

    MailStep(@Lazy StepProgress progress) {
        this.progress = progress;
    }

    @Override
    public void execute(ActivityExecution execution) {
        boolean waits =
                progress.mailStarted(EngineNames.enrollment(execution), EngineNames.step(execution), execution.getId());
        if (!waits) {
            leave(execution);
        }
    }

    /** The mail's fate is known, by {@link io.upnext.enrollment.SequenceRuntime#proceed}. */
    @Override
    public void signal(ActivityExecution execution, String signalName, Object signalData) {
        leave(execution);
    }
}
