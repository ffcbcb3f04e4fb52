package io.upnext.engine;

import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;

/**
 * Hands a message to the one execution that waits for it; where none does any more, nothing happens.
 *
 * <p>Every instance waits for the same few messages. The engine's correlation, also when it is told the instance, may go
 * through all that wait for the name: tens of milliseconds with two thousand of them. What one execution waits for is few.
 */
record MessageIfThere(String executionId, String message) implements Command<Void> {

    @Override
    public Void execute(CommandContext context) {
        ExecutionEntity execution = context.getExecutionManager().findExecutionById(executionId);
        if (execution != null) {
            execution.getEventSubscriptions().stream()
                    .filter(waiting -> message.equals(waiting.getEventName()))
                    .findFirst()
                    .ifPresent(waiting -> waiting.eventReceived(null, null, null, null, false));
        }
        return null;
    }
}
