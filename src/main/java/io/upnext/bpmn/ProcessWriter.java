package io.upnext.bpmn;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.impl.BpmnModelConstants;
import org.camunda.bpm.model.bpmn.instance.Definitions;

/** Writes elements and flows as BPMN, each with an id of its own: the same sequence has to give the same bytes. */
final class ProcessWriter {

    private static final String NAMESPACE = "https://upnext.io/sequence";
    private static final String MODELER = "http://camunda.org/schema/modeler/1.0";
    private static final String HISTORY_TIME_TO_LIVE = "P180D";

    private final Map<String, List<Flow>> incoming;
    private final Map<String, List<Flow>> outgoing;

    private ProcessWriter(List<Flow> flows) {
        incoming = flows.stream().collect(Collectors.groupingBy(Flow::to));
        outgoing = flows.stream().collect(Collectors.groupingBy(Flow::from));
    }

    static BpmnModelInstance write(
            String processId, String name, String versionTag, List<Node> nodes, List<Flow> flows) {
        BpmnModelInstance model = Bpmn.createEmptyModel();
        Tag definitions = definitions(model);
        if (nodes.stream().anyMatch(node -> node.kind() == Node.Kind.MESSAGE)) {
            message(definitions, ElementIds.MAIL_EVENT_MESSAGE);
        }
        if (nodes.stream().anyMatch(node -> node.kind() == Node.Kind.STANDBY)) {
            message(definitions, ElementIds.STEPS_ADDED_MESSAGE);
        }
        message(definitions, ElementIds.EXIT_MESSAGE);
        Tag process = process(definitions.add("process").id(processId), name, versionTag);
        ProcessWriter writer = new ProcessWriter(flows);
        nodes.forEach(node -> writer.node(process, node));
        flows.forEach(flow -> flow(process, flow));
        exit(process);
        return model;
    }

    private static Tag definitions(BpmnModelInstance model) {
        Definitions definitions = model.newInstance(Definitions.class, "definitions");
        definitions.setTargetNamespace(NAMESPACE);
        definitions.setExporter("Upnext");
        definitions.getDomElement().registerNamespace("modeler", MODELER);
        definitions.setAttributeValueNs(MODELER, "executionPlatform", "Camunda Platform");
        definitions.setAttributeValueNs(MODELER, "executionPlatformVersion", "7.24.0");
        model.setDefinitions(definitions);
        return new Tag(definitions.getDomElement());
    }

    private static Tag process(Tag process, String name, String versionTag) {
        return process.set("name", Text.safe(name))
                .set("isExecutable", true)
                .camunda("versionTag", versionTag)
                .camunda("historyTimeToLive", HISTORY_TIME_TO_LIVE)
                .camunda("isStartableInTasklist", false);
    }

    private static void message(Tag definitions, String name) {
        definitions.add("message").id("message-" + name).set("name", name);
    }

    private void node(Tag process, Node node) {
        Tag tag = process.add(tagName(node.kind())).id(node.id()).set("name", Text.safe(node.name()));
        documentation(tag, node);
        if (node.kind() == Node.Kind.CALL) {
            call(tag);
        }
        flows(tag, "incoming", incoming, node.id());
        flows(tag, "outgoing", outgoing, node.id());
        switch (node.kind()) {
            case USER_TASK ->
                tag.camunda("formRef", Forms.of(node.step().type())).camunda("formRefBinding", "latest");
            case MAIL_TASK -> service(tag, Beans.SEND_MAIL);
            case TEXT_TASK -> service(tag, Beans.SEND_TEXT);
            case UPDATE_TASK -> service(tag, Beans.UPDATE_FIELD);
            case WAIT -> timer(tag, Beans.WAIT_UNTIL);
            case LIMIT -> timer(tag, Beans.LIMIT);
            case DAY -> timer(tag, Beans.DAY);
            case RUN -> timer(tag, Beans.RUN);
            case MESSAGE -> receive(tag, ElementIds.MAIL_EVENT_MESSAGE);
            case STANDBY -> receive(tag, ElementIds.STEPS_ADDED_MESSAGE);
            case GATEWAY -> otherwise(tag, node.id());
            default -> {}
        }
    }

    private static String tagName(Node.Kind kind) {
        return switch (kind) {
            case START -> "startEvent";
            case END -> "endEvent";
            case USER_TASK -> "userTask";
            case MAIL_TASK, TEXT_TASK, UPDATE_TASK -> "serviceTask";
            case CALL -> "callActivity";
            case WAIT, LIMIT, MESSAGE, DAY, RUN, STANDBY -> "intermediateCatchEvent";
            case GATEWAY -> "exclusiveGateway";
            case FORK -> "parallelGateway";
            case EVENT_GATEWAY -> "eventBasedGateway";
        };
    }

    /** Only on the element that is the step, not on those derived from it. */
    private static void documentation(Tag tag, Node node) {
        boolean isStep = node.step() != null
                && node.id().equals(ElementIds.step(node.step().id()));
        if (isStep
                && node.step().description() != null
                && !node.step().description().isBlank()) {
            tag.add("documentation").text(Text.safe(node.step().description()));
        }
    }

    private static void flows(Tag tag, String name, Map<String, List<Flow>> flows, String id) {
        flows.getOrDefault(id, List.of()).forEach(flow -> tag.add(name).text(flow.id()));
    }

    private static void service(Tag tag, String delegate) {
        tag.camunda("asyncBefore", true).camunda("delegateExpression", delegate);
    }

    private static void call(Tag tag) {
        tag.set("calledElement", Beans.ADVANCE_TARGET)
                .camunda("asyncBefore", true)
                .camunda("calledElementBinding", "versionTag")
                .camunda("calledElementVersionTag", Beans.ADVANCE_VERSION);
        Tag extensions = tag.add("extensionElements");
        extensions.add(BpmnModelConstants.CAMUNDA_NS, "in").set("businessKey", Beans.BUSINESS_KEY);
        hand(extensions, "enrollment", "previousEnrollment");
        hand(extensions, "hops", "hops");
    }

    private static void hand(Tag extensions, String source, String target) {
        extensions
                .add(BpmnModelConstants.CAMUNDA_NS, "in")
                .set("source", source)
                .set("target", target);
    }

    private static void timer(Tag tag, String date) {
        tag.add("timerEventDefinition").add("timeDate").text(date);
    }

    private static void receive(Tag tag, String message) {
        tag.add("messageEventDefinition").set("messageRef", "message-" + message);
    }

    private void otherwise(Tag gateway, String id) {
        outgoing.get(id).stream().filter(Flow::otherwise).forEach(flow -> gateway.set("default", flow.id()));
    }

    private static void flow(Tag scope, Flow flow) {
        Tag tag = scope.add("sequenceFlow")
                .id(flow.id())
                .set("name", flow.name())
                .set("sourceRef", flow.from())
                .set("targetRef", flow.to());
        if (flow.condition() != null) {
            tag.add("conditionExpression").text(flow.condition());
        }
    }

    /** The way out of a running enrollment: a message that ends everything in it. */
    private static void exit(Tag process) {
        Tag exit = process.add("subProcess")
                .id(ElementIds.EXIT)
                .set("name", "Exit")
                .set("triggeredByEvent", true);
        Tag requested = exit.add("startEvent")
                .id(ElementIds.EXIT_REQUESTED)
                .set("name", Exit.REQUESTED)
                .set("isInterrupting", true);
        requested.add("outgoing").text(Exit.FLOW.id());
        receive(requested, ElementIds.EXIT_MESSAGE);
        Tag done = exit.add("endEvent").id(ElementIds.EXIT_DONE).set("name", Exit.DONE);
        done.add("incoming").text(Exit.FLOW.id());
        flow(exit, Exit.FLOW);
    }
}
