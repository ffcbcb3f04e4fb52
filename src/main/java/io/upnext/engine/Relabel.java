package io.upnext.engine;

import io.upnext.enrollment.InstanceMigration.Label;
import java.util.List;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;

/**
 * Gives open user tasks another name and other instructions, suspended ones too. It goes past the listeners of tasks, which
 * would take it for something that a person did in Tasklist. The name is that of the version the task has come to.
 */
record Relabel(List<Label> labels) implements Command<Void> {

    @Override
    public Void execute(CommandContext context) {
        for (Label label : labels) {
            TaskEntity task = context.getTaskManager().findTaskById(label.taskId());
            if (task != null) {
                task.setName(
                        (String) task.getTaskDefinition().getNameExpression().getValue(task));
                TaskEvents.instruct(task, label.instructions());
            }
        }
        return null;
    }
}
