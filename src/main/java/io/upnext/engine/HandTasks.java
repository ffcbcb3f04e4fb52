package io.upnext.engine;

import io.upnext.bpmn.Beans;
import io.upnext.bpmn.Forms;
import java.util.Map;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.bpmn.behavior.CallActivityBehavior;
import org.camunda.bpm.engine.impl.bpmn.behavior.ServiceTaskDelegateExpressionActivityBehavior;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParse;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.el.ExpressionManager;
import org.camunda.bpm.engine.impl.el.FixedValue;
import org.camunda.bpm.engine.impl.form.FormDefinition;
import org.camunda.bpm.engine.impl.form.handler.DefaultTaskFormHandler;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.task.TaskDefinition;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.springframework.stereotype.Component;

/**
 * Gives every automated step the user task that it becomes when somebody makes it manual. The diagram shows none of it, so
 * that also what runs on versions of before can be made manual.
 */
@Component
class HandTasks {

    private static final String DELEGATE = "delegateExpression";
    private static final String NEWEST = "latest";

    private static final Map<String, String> FORMS = Map.of(
            Beans.MAIL_STEP, Forms.EMAIL, Beans.TEXT_STEP, Forms.TEXT_MESSAGE, Beans.UPDATE_FIELD_STEP, Forms.TASK);

    private final TaskEvents tasks;

    HandTasks(TaskEvents tasks) {
        this.tasks = tasks;
    }

    void ofServiceTask(Element element, ActivityImpl activity) {
        String expression = element.attributeNS(BpmnParse.CAMUNDA_BPMN_EXTENSIONS_NS, DELEGATE);
        String form = expression == null ? null : FORMS.get(expression.replaceAll("[${}]", ""));
        if (form != null && activity.getActivityBehavior() instanceof ServiceTaskDelegateExpressionActivityBehavior) {
            TaskDefinition byHand = define(element, activity, form);
            activity.setActivityBehavior(new EitherWay(activity.getActivityBehavior(), expressions(), byHand));
        }
    }

    void ofCall(Element element, ActivityImpl activity) {
        if (activity.getActivityBehavior() instanceof CallActivityBehavior call) {
            TaskDefinition byHand = define(element, activity, Forms.TASK);
            activity.setActivityBehavior(new AdvanceEitherWay(call, expressions(), byHand));
        }
    }

    private static ExpressionManager expressions() {
        return Context.getProcessEngineConfiguration().getExpressionManager();
    }

    /** The name is a user's text and stays one: it is never read as an expression. */
    private TaskDefinition define(Element element, ActivityImpl activity, String form) {
        TaskDefinition byHand = new TaskDefinition(new DefaultTaskFormHandler());
        byHand.setKey(activity.getId());
        byHand.setNameExpression(new FixedValue(element.attribute("name")));
        FormDefinition definition = new FormDefinition();
        definition.setCamundaFormDefinitionKey(new FixedValue(form));
        definition.setCamundaFormDefinitionBinding(NEWEST);
        byHand.setFormDefinition(definition);
        listen(byHand);
        ((ProcessDefinitionEntity) activity.getProcessDefinition())
                .getTaskDefinitions()
                .put(activity.getId(), byHand);
        return byHand;
    }

    void listen(TaskDefinition task) {
        task.addBuiltInTaskListener(TaskListener.EVENTNAME_CREATE, tasks::created);
        task.addBuiltInTaskListener(TaskListener.EVENTNAME_COMPLETE, tasks::completed);
        task.addBuiltInTaskListener(TaskListener.EVENTNAME_UPDATE, tasks::updated);
        task.addBuiltInTaskListener(TaskListener.EVENTNAME_ASSIGNMENT, tasks::assigned);
    }
}
