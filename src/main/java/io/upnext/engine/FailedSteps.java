package io.upnext.engine;

import io.upnext.bpmn.ElementIds;
import io.upnext.enrollment.StepProgress;
import io.upnext.shared.EnrollmentId;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.incident.DefaultIncidentHandler;
import org.camunda.bpm.engine.impl.incident.IncidentContext;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.runtime.Incident;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** A job without retries left shows as a failed step of its enrollment, beside the engine's own incident. */
@Component
class FailedSteps extends DefaultIncidentHandler {

    private final StepProgress progress;

    FailedSteps(@Lazy StepProgress progress) {
        super(Incident.FAILED_JOB_HANDLER_TYPE);
        this.progress = progress;
    }

    @Override
    public Incident handleIncident(IncidentContext context, String message) {
        Incident incident = super.handleIncident(context, message);
        ExecutionEntity execution = context.getExecutionId() == null
                ? null
                : Context.getCommandContext().getExecutionManager().findExecutionById(context.getExecutionId());
        Object enrollment = execution == null ? null : execution.getVariable(EngineNames.ENROLLMENT);
        if (enrollment != null) {
            ElementIds.stepOf(context.getActivityId())
                    .ifPresent(step -> progress.failed(EnrollmentId.of(enrollment.toString()), step, message));
        }
        return incident;
    }
}
