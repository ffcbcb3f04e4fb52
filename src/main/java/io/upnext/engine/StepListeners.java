package io.upnext.engine;

import io.upnext.bpmn.ElementIds;
import java.util.Set;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.bpmn.behavior.UserTaskActivityBehavior;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.pvm.process.TransitionImpl;
import org.camunda.bpm.engine.impl.task.TaskDefinition;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.springframework.stereotype.Component;

/** Hangs the product's listeners on the elements of every process; the XML itself names none. */
@Component
class StepListeners extends AbstractBpmnParseListener {

    private static final Set<String> DECISIONS = Set.of("yes", "no", "refused");

    private final HandTasks tasks;
    private final InstanceEvents instances;
    private final StepEvents steps;
    private final Schedule schedule;

    StepListeners(HandTasks tasks, InstanceEvents instances, StepEvents steps, Schedule schedule) {
        this.tasks = tasks;
        this.instances = instances;
        this.steps = steps;
        this.schedule = schedule;
    }

    @Override
    public void parseProcess(Element element, ProcessDefinitionEntity process) {
        process.addBuiltInListener(ExecutionListener.EVENTNAME_START, (ExecutionListener) instances::started);
        process.addBuiltInListener(ExecutionListener.EVENTNAME_END, (ExecutionListener) instances::ended);
    }

    @Override
    public void parseUserTask(Element element, ScopeImpl scope, ActivityImpl activity) {
        TaskDefinition task = ((UserTaskActivityBehavior) activity.getActivityBehavior()).getTaskDefinition();
        tasks.listen(task);
    }

    @Override
    public void parseServiceTask(Element element, ScopeImpl scope, ActivityImpl activity) {
        tasks.ofServiceTask(element, activity);
    }

    @Override
    public void parseCallActivity(Element element, ScopeImpl scope, ActivityImpl activity) {
        tasks.ofCall(element, activity);
    }

    @Override
    public void parseIntermediateCatchEvent(Element element, ScopeImpl scope, ActivityImpl activity) {
        activity.addBuiltInListener(ExecutionListener.EVENTNAME_END, (ExecutionListener) steps::eventLeft);
    }

    @Override
    public void parseSequenceFlow(Element element, ScopeImpl scope, TransitionImpl flow) {
        String part = ElementIds.partOf(flow.getId());
        if (DECISIONS.contains(part)) {
            flow.addBuiltInListener(ExecutionListener.EVENTNAME_TAKE, (ExecutionListener) steps::decided);
        } else if (part.equals(ElementIds.PASSED)) {
            flow.addBuiltInListener(ExecutionListener.EVENTNAME_TAKE, (ExecutionListener) schedule::passed);
        }
    }
}
