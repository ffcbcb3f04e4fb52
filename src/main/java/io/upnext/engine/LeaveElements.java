package io.upnext.engine;

import java.util.Set;
import org.camunda.bpm.engine.impl.cmd.ActivityCancellationCmd;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;

/**
 * Takes a process instance off its elements and leaves it without any, still running: the engine's own modification would
 * end it there. Only for an instance that enters another element in the same transaction.
 */
record LeaveElements(String processInstanceId, Set<String> elements) implements Command<Void> {

    @Override
    public Void execute(CommandContext context) {
        ExecutionEntity instance = context.getExecutionManager().findExecutionById(processInstanceId);
        instance.setPreserveScope(true);
        for (String element : elements) {
            new ActivityCancellationCmd(processInstanceId, element).execute(context);
        }
        return null;
    }
}
