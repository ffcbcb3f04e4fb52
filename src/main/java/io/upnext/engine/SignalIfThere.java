package io.upnext.engine;

import org.camunda.bpm.engine.impl.cmd.SignalCmd;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;

/**
 * Lets an execution go on that waits at an element; one that has ended meanwhile is left in peace. As one command the
 * engine reads the execution once, and a missing one does not spoil the transaction, as signalling it would.
 *
 * <p>Where several paths run at once, the engine may move what waits to another execution when the paths beside it end;
 * so it is looked for by its element where it is no longer found under its id.
 */
record SignalIfThere(String executionId, String processInstanceId, String element) implements Command<Void> {

    @Override
    public Void execute(CommandContext context) {
        ExecutionEntity execution = find(context, executionId, processInstanceId, element);
        if (execution != null) {
            new SignalCmd(execution.getId(), null, null, null).execute(context);
        }
        return null;
    }

    /** Null where nothing waits at the element. */
    static ExecutionEntity find(CommandContext context, String executionId, String processInstanceId, String element) {
        ExecutionEntity execution = context.getExecutionManager().findExecutionById(executionId);
        if (execution != null && element.equals(execution.getActivityId())) {
            return execution;
        }
        return context.getExecutionManager().findExecutionsByProcessInstanceId(processInstanceId).stream()
                .filter(found -> element.equals(found.getActivityId()))
                .findFirst()
                .orElse(null);
    }
}
