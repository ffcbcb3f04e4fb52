package io.upnext.engine;

import org.camunda.bpm.engine.impl.cmd.SignalCmd;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;

/**
 * Lets a waiting execution go on; one that has ended meanwhile is left in peace. As one command the engine reads the
 * execution once, and a missing one does not spoil the transaction, as signalling it would.
 */
record SignalIfThere(String executionId) implements Command<Void> {

    @Override
    public Void execute(CommandContext context) {
        if (context.getExecutionManager().findExecutionById(executionId) != null) {
            new SignalCmd(executionId, null, null, null).execute(context);
        }
        return null;
    }
}
