package io.upnext.engine;

import java.util.List;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.SuspensionState;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Lets instances stand still or go on. The engine's own command takes one after the other, with nine statements each; here
 * the rows of one kind follow each other, so that the engine writes them as one batch.
 */
record SetSuspension(List<String> instances, SuspensionState state, JdbcClient jdbc) implements Command<Void> {

    @Override
    public Void execute(CommandContext context) {
        instances.forEach(
                id -> context.getExecutionManager().updateExecutionSuspensionStateByProcessInstanceId(id, state));
        instances.forEach(id -> context.getTaskManager().updateTaskSuspensionStateByProcessInstanceId(id, state));
        instances.forEach(id -> context.getJobManager().updateJobSuspensionStateByProcessInstanceId(id, state));
        history();
        return null;
    }

    /** Cockpit shows it. */
    private void history() {
        jdbc.sql("update act_hi_procinst set state_ = ? where id_ = any (?)")
                .params(
                        state == SuspensionState.SUSPENDED
                                ? HistoricProcessInstance.STATE_SUSPENDED
                                : HistoricProcessInstance.STATE_ACTIVE,
                        instances.toArray(String[]::new))
                .update();
    }
}
