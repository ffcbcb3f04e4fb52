package io.upnext.engine;

import io.upnext.shared.ConflictException;
import org.camunda.bpm.engine.impl.bpmn.behavior.UserTaskActivityBehavior;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;

/** Opens the user task of an automated step at which an instance waits already. */
record OpenByHand(String executionId, String processInstanceId, String element) implements Command<Void> {

    @Override
    public Void execute(CommandContext context) {
        ExecutionEntity execution = SignalIfThere.find(context, executionId, processInstanceId, element);
        if (execution == null) {
            throw new ConflictException("The step has just gone on; look again.");
        }
        try {
            ((UserTaskActivityBehavior) execution.getActivity().getActivityBehavior()).performExecution(execution);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return null;
    }
}
