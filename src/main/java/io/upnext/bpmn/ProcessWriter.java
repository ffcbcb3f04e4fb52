package io.upnext.bpmn;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.BpmnModelElementInstance;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.CatchEvent;
import org.camunda.bpm.model.bpmn.instance.ConditionExpression;
import org.camunda.bpm.model.bpmn.instance.Definitions;
import org.camunda.bpm.model.bpmn.instance.Documentation;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.EventBasedGateway;
import org.camunda.bpm.model.bpmn.instance.ExclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.ExtensionElements;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.IntermediateCatchEvent;
import org.camunda.bpm.model.bpmn.instance.Message;
import org.camunda.bpm.model.bpmn.instance.MessageEventDefinition;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.TimeDate;
import org.camunda.bpm.model.bpmn.instance.TimerEventDefinition;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaIn;

/**
 * Writes elements and flows as BPMN. Every id is given, none is left to the model API, which makes random ones: the
 * same sequence has to give the same bytes.
 */
final class ProcessWriter {

    private static final String NAMESPACE = "https://upnext.io/sequence";
    private static final String MODELER = "http://camunda.org/schema/modeler/1.0";
    private static final String HISTORY_TIME_TO_LIVE = "P180D";

    private final BpmnModelInstance model = Bpmn.createEmptyModel();
    private final Map<String, FlowNode> written = new HashMap<>();
    private Definitions definitions;
    private Process process;

    private ProcessWriter() {}

    static BpmnModelInstance write(
            String processId, String name, String versionTag, List<Node> nodes, List<Flow> flows) {
        ProcessWriter writer = new ProcessWriter();
        writer.head(processId, name, versionTag, nodes);
        nodes.forEach(writer::node);
        flows.forEach(flow -> writer.flow(writer.process, flow));
        writer.exit();
        return writer.model;
    }

    private void head(String processId, String name, String versionTag, Collection<Node> nodes) {
        definitions = model.newInstance(Definitions.class, "definitions");
        definitions.setTargetNamespace(NAMESPACE);
        definitions.setExporter("Upnext");
        definitions.getDomElement().registerNamespace("modeler", MODELER);
        definitions.setAttributeValueNs(MODELER, "executionPlatform", "Camunda Platform");
        definitions.setAttributeValueNs(MODELER, "executionPlatformVersion", "7.24.0");
        model.setDefinitions(definitions);
        if (nodes.stream().anyMatch(node -> node.kind() == Node.Kind.MESSAGE)) {
            message(ElementIds.MAIL_EVENT_MESSAGE);
        }
        message(ElementIds.EXIT_MESSAGE);
        process = child(definitions, Process.class, processId);
        if (name != null) {
            process.setName(Text.safe(name));
        }
        process.setExecutable(true);
        process.setCamundaVersionTag(versionTag);
        process.setCamundaHistoryTimeToLiveString(HISTORY_TIME_TO_LIVE);
        process.setCamundaIsStartableInTasklist(false);
    }

    private void message(String name) {
        child(definitions, Message.class, "message-" + name).setName(name);
    }

    private void node(Node node) {
        FlowNode element =
                switch (node.kind()) {
                    case START -> child(process, StartEvent.class, node.id());
                    case END -> child(process, EndEvent.class, node.id());
                    case USER_TASK -> userTask(node);
                    case MAIL_TASK -> serviceTask(node, Beans.SEND_MAIL);
                    case UPDATE_TASK -> serviceTask(node, Beans.UPDATE_FIELD);
                    case CALL -> callActivity(node);
                    case WAIT -> timer(node, Beans.WAIT_UNTIL);
                    case LIMIT -> timer(node, Beans.LIMIT);
                    case MESSAGE -> mailEvent(node);
                    case GATEWAY -> child(process, ExclusiveGateway.class, node.id());
                    case EVENT_GATEWAY -> child(process, EventBasedGateway.class, node.id());
                };
        label(element, node);
        written.put(node.id(), element);
    }

    private void label(FlowNode element, Node node) {
        if (node.name() != null) {
            element.setName(Text.safe(node.name()));
        }
        boolean isStep = node.step() != null
                && node.id().equals(ElementIds.step(node.step().id()));
        if (isStep
                && node.step().description() != null
                && !node.step().description().isBlank()) {
            Documentation documentation = anonymous(element, Documentation.class);
            documentation.setTextContent(Text.safe(node.step().description()));
        }
    }

    private UserTask userTask(Node node) {
        UserTask task = child(process, UserTask.class, node.id());
        task.setCamundaFormRef(Forms.of(node.step().type()));
        task.setCamundaFormRefBinding("latest");
        return task;
    }

    private ServiceTask serviceTask(Node node, String delegate) {
        ServiceTask task = child(process, ServiceTask.class, node.id());
        task.setCamundaAsyncBefore(true);
        task.setCamundaDelegateExpression(delegate);
        return task;
    }

    private CallActivity callActivity(Node node) {
        CallActivity call = child(process, CallActivity.class, node.id());
        call.setCamundaAsyncBefore(true);
        call.setCalledElement(Beans.ADVANCE_TARGET);
        call.setCamundaCalledElementBinding("versionTag");
        call.setCamundaCalledElementVersionTag(Beans.ADVANCE_VERSION);
        ExtensionElements extensions = model.newInstance(ExtensionElements.class);
        call.setExtensionElements(extensions);
        extensions.addExtensionElement(CamundaIn.class).setCamundaBusinessKey(Beans.BUSINESS_KEY);
        hand(extensions, "enrollment", "previousEnrollment");
        hand(extensions, "hops", "hops");
        return call;
    }

    private static void hand(ExtensionElements extensions, String source, String target) {
        CamundaIn in = extensions.addExtensionElement(CamundaIn.class);
        in.setCamundaSource(source);
        in.setCamundaTarget(target);
    }

    private CatchEvent timer(Node node, String date) {
        CatchEvent event = child(process, IntermediateCatchEvent.class, node.id());
        TimerEventDefinition timer = anonymous(event, TimerEventDefinition.class);
        anonymous(timer, TimeDate.class).setTextContent(date);
        return event;
    }

    private CatchEvent mailEvent(Node node) {
        CatchEvent event = child(process, IntermediateCatchEvent.class, node.id());
        receive(event, ElementIds.MAIL_EVENT_MESSAGE);
        return event;
    }

    private void receive(CatchEvent event, String message) {
        MessageEventDefinition definition = anonymous(event, MessageEventDefinition.class);
        definition.setMessage(model.getModelElementById("message-" + message));
    }

    private SequenceFlow flow(BpmnModelElementInstance scope, Flow flow) {
        SequenceFlow sequenceFlow = child(scope, SequenceFlow.class, flow.id());
        FlowNode source = written.get(flow.from());
        FlowNode target = written.get(flow.to());
        sequenceFlow.setSource(source);
        sequenceFlow.setTarget(target);
        source.getOutgoing().add(sequenceFlow);
        target.getIncoming().add(sequenceFlow);
        if (flow.name() != null) {
            sequenceFlow.setName(flow.name());
        }
        if (flow.condition() != null) {
            anonymous(sequenceFlow, ConditionExpression.class).setTextContent(flow.condition());
        }
        if (flow.otherwise()) {
            ((ExclusiveGateway) source).setDefault(sequenceFlow);
        }
        return sequenceFlow;
    }

    /** The way out of a running enrollment: a message that ends everything in it. */
    private void exit() {
        SubProcess exit = child(process, SubProcess.class, ElementIds.EXIT);
        exit.setName("Exit");
        exit.setTriggeredByEvent(true);
        StartEvent requested = child(exit, StartEvent.class, ElementIds.EXIT_REQUESTED);
        requested.setName(Exit.REQUESTED);
        requested.setInterrupting(true);
        receive(requested, ElementIds.EXIT_MESSAGE);
        EndEvent done = child(exit, EndEvent.class, ElementIds.EXIT_DONE);
        done.setName(Exit.DONE);
        written.put(ElementIds.EXIT_REQUESTED, requested);
        written.put(ElementIds.EXIT_DONE, done);
        flow(exit, Exit.FLOW);
    }

    private <T extends BpmnModelElementInstance> T child(BpmnModelElementInstance parent, Class<T> type, String id) {
        T element = model.newInstance(type, id);
        parent.addChildElement(element);
        return element;
    }

    private <T extends BpmnModelElementInstance> T anonymous(BpmnModelElementInstance parent, Class<T> type) {
        T element = model.newInstance(type);
        element.removeAttribute("id");
        parent.addChildElement(element);
        return element;
    }
}
