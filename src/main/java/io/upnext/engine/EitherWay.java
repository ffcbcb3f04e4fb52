package io.upnext.engine;

import org.camunda.bpm.engine.impl.bpmn.behavior.UserTaskActivityBehavior;
import org.camunda.bpm.engine.impl.el.ExpressionManager;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.pvm.delegate.ActivityBehavior;
import org.camunda.bpm.engine.impl.pvm.delegate.ActivityExecution;
import org.camunda.bpm.engine.impl.task.TaskDefinition;

/**
 * An automated step: does what it does by itself, or waits at a user task where somebody made it manual. Being a user
 * task in the eyes of the engine, its task ends with the element, is suspended with the instance and migrates with it.
 */
class EitherWay extends UserTaskActivityBehavior {

    private final ActivityBehavior automated;

    EitherWay(ActivityBehavior automated, ExpressionManager expressions, TaskDefinition byHand) {
        super(expressions, byHand);
        this.automated = automated;
    }

    @Override
    public void performExecution(ActivityExecution execution) throws Exception {
        if (ManualTurn.isOn()) {
            super.performExecution(execution);
        } else {
            automated.execute(execution);
        }
    }

    /** What would have let the automated step go on does not finish what a person has still to do. */
    @Override
    public void signal(ActivityExecution execution, String name, Object data) throws Exception {
        if (((ExecutionEntity) execution).getTasks().isEmpty()) {
            super.signal(execution, name, data);
        }
    }
}
