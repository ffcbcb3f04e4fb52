package io.upnext.engine;

import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.bpm.engine.impl.bpmn.behavior.CallActivityBehavior;
import org.camunda.bpm.engine.impl.el.ExpressionManager;
import org.camunda.bpm.engine.impl.migration.instance.MigratingActivityInstance;
import org.camunda.bpm.engine.impl.migration.instance.parser.MigratingInstanceParseContext;
import org.camunda.bpm.engine.impl.pvm.delegate.ActivityExecution;
import org.camunda.bpm.engine.impl.pvm.delegate.SubProcessActivityBehavior;
import org.camunda.bpm.engine.impl.task.TaskDefinition;

/** An advance: calls the other sequence's process, or waits for a person who does it by hand. */
class AdvanceEitherWay extends EitherWay implements SubProcessActivityBehavior {

    private final CallActivityBehavior call;

    AdvanceEitherWay(CallActivityBehavior call, ExpressionManager expressions, TaskDefinition byHand) {
        super(call, expressions, byHand);
        this.call = call;
    }

    @Override
    public void passOutputVariables(ActivityExecution execution, VariableScope called) {
        call.passOutputVariables(execution, called);
    }

    @Override
    public void completed(ActivityExecution execution) throws Exception {
        call.completed(execution);
    }

    @Override
    public void onParseMigratingInstance(MigratingInstanceParseContext context, MigratingActivityInstance instance) {
        call.onParseMigratingInstance(context, instance);
        super.onParseMigratingInstance(context, instance);
    }
}
