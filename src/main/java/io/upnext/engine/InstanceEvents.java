package io.upnext.engine;

import io.upnext.bpmn.ElementIds;
import io.upnext.enrollment.Advancing;
import io.upnext.enrollment.StepProgress;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.VersionId;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Tells the enrollment about the beginning and the end of process instances. */
@Component
class InstanceEvents {

    private final StepProgress progress;
    private final Advancing advancing;
    private final VersionDefinitions definitions;

    InstanceEvents(@Lazy StepProgress progress, @Lazy Advancing advancing, VersionDefinitions definitions) {
        this.progress = progress;
        this.advancing = advancing;
        this.definitions = definitions;
    }

    /** A called instance has no enrollment yet: it gets one that is linked with its caller's. */
    void started(DelegateExecution execution) {
        String previous = (String) execution.getVariable(EngineNames.PREVIOUS_ENROLLMENT);
        if (previous == null || execution.getVariable(EngineNames.ENROLLMENT) != null) {
            return;
        }
        ExecutionEntity caller = ((ExecutionEntity) execution).getSuperExecution();
        String step = ElementIds.stepOf(caller.getCurrentActivityId()).orElseThrow();
        VersionId version = definitions.versionOf(execution.getProcessDefinitionId());
        EnrollmentId id = advancing.begin(EnrollmentId.of(previous), step, version, execution.getProcessInstanceId());
        execution.setVariable(EngineNames.ENROLLMENT, id.toString());
    }

    void ended(DelegateExecution execution) {
        if (execution.getVariable(EngineNames.ENROLLMENT) == null) {
            return;
        }
        EnrollmentId enrollment = EngineNames.enrollment(execution);
        if (execution.isCanceled()) {
            progress.cancelled(enrollment);
        } else {
            progress.finished(enrollment);
        }
    }
}
