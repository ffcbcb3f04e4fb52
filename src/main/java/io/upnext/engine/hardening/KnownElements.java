package io.upnext.engine.hardening;

import io.upnext.bpmn.Beans;
import io.upnext.bpmn.ElementIds;
import io.upnext.bpmn.Forms;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What a process may consist of: the elements that the product's compiler writes, each with its attributes, its children
 * and its text. A new kind of step needs its elements here; until then the engine refuses to deploy it.
 */
final class KnownElements {

    static final String ROOT = "bpmn:definitions";

    private static final Map<String, String> PREFIXES = Map.of(
            "http://www.omg.org/spec/BPMN/20100524/MODEL", "bpmn:",
            "http://www.omg.org/spec/BPMN/20100524/DI", "bpmndi:",
            "http://www.omg.org/spec/DD/20100524/DC", "dc:",
            "http://www.omg.org/spec/DD/20100524/DI", "di:",
            "http://camunda.org/schema/1.0/bpmn", "camunda:",
            "http://camunda.org/schema/modeler/1.0", "modeler:");

    /** Names and descriptions are people's words; the engine evaluates some of them, so they must hold no expression. */
    private static final Predicate<String> WORDS = text -> !text.contains("${") && !text.contains("#{");

    private static final Predicate<String> ID =
            Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*").asMatchPredicate();
    private static final Predicate<String> NUMBER = Pattern.compile("-?[0-9.]+").asMatchPredicate();
    private static final Predicate<String> EXPRESSION = Beans.EXPRESSIONS::contains;
    private static final Predicate<String> TRUE = "true"::equals;
    private static final Predicate<String> NO_TEXT = String::isBlank;

    /** What the schema of BPMN adds to elements that do not say otherwise. */
    private static final Map<String, Set<String>> DEFAULTS = Map.ofEntries(
            Map.entry("expressionLanguage", Set.of("http://www.w3.org/1999/XPath")),
            Map.entry("typeLanguage", Set.of("http://www.w3.org/2001/XMLSchema")),
            Map.entry("processType", Set.of("None")),
            Map.entry("isClosed", Set.of("false")),
            Map.entry("isInterrupting", Set.of("true")),
            Map.entry("parallelMultiple", Set.of("false")),
            Map.entry("isForCompensation", Set.of("false")),
            Map.entry("startQuantity", Set.of("1")),
            Map.entry("completionQuantity", Set.of("1")),
            Map.entry("implementation", Set.of("##unspecified", "##WebService")),
            Map.entry("gatewayDirection", Set.of("Unspecified")),
            Map.entry("instantiate", Set.of("false")),
            Map.entry("eventGatewayType", Set.of("Exclusive")),
            Map.entry("triggeredByEvent", Set.of("false")),
            Map.entry("textFormat", Set.of("text/plain")));

    private static final String[] FLOW_ELEMENTS = {
        "bpmn:startEvent",
        "bpmn:endEvent",
        "bpmn:userTask",
        "bpmn:serviceTask",
        "bpmn:callActivity",
        "bpmn:exclusiveGateway",
        "bpmn:parallelGateway",
        "bpmn:eventBasedGateway",
        "bpmn:intermediateCatchEvent",
        "bpmn:sequenceFlow",
        "bpmn:subProcess"
    };

    private static final Map<String, Kind> KINDS = new HashMap<>();

    static {
        of(ROOT, "bpmn:message", "bpmn:process", "bpmndi:BPMNDiagram")
                .with("targetNamespace", WORDS)
                .with("exporter", WORDS)
                .with("modeler:executionPlatform", WORDS)
                .with("modeler:executionPlatformVersion", WORDS);
        of("bpmn:message")
                .with(
                        "name",
                        Set.of(ElementIds.EXIT_MESSAGE, ElementIds.MAIL_EVENT_MESSAGE, ElementIds.STEPS_ADDED_MESSAGE)
                                ::contains);
        of("bpmn:process", FLOW_ELEMENTS)
                .with("id", key -> ElementIds.sequenceOf(key).isPresent())
                .with("name", WORDS)
                .with("isExecutable", TRUE)
                .with("camunda:historyTimeToLive", Pattern.compile("P[0-9]+D").asMatchPredicate())
                .with("camunda:isStartableInTasklist", "false"::equals)
                .with("camunda:versionTag", Pattern.compile("[A-Za-z0-9-]+").asMatchPredicate());
        step("bpmn:startEvent", "bpmn:messageEventDefinition").with("isInterrupting", TRUE);
        step("bpmn:endEvent");
        step("bpmn:userTask")
                .with("camunda:formRef", Forms.ALL::contains)
                .with("camunda:formRefBinding", "latest"::equals);
        step("bpmn:serviceTask").with("camunda:asyncBefore", TRUE).with("camunda:delegateExpression", EXPRESSION);
        step("bpmn:callActivity", "bpmn:extensionElements")
                .with("camunda:asyncBefore", TRUE)
                .with("calledElement", EXPRESSION)
                .with("camunda:calledElementBinding", "versionTag"::equals)
                .with("camunda:calledElementVersionTag", EXPRESSION);
        of("bpmn:extensionElements", "camunda:in");
        of("camunda:in").with("businessKey", EXPRESSION).with("source", ID).with("target", ID);
        step("bpmn:exclusiveGateway").with("default", ID);
        step("bpmn:parallelGateway");
        step("bpmn:eventBasedGateway");
        step("bpmn:intermediateCatchEvent", "bpmn:messageEventDefinition", "bpmn:timerEventDefinition");
        of("bpmn:messageEventDefinition").with("messageRef", ID);
        of("bpmn:timerEventDefinition", "bpmn:timeDate");
        of("bpmn:timeDate").text(EXPRESSION);
        of("bpmn:sequenceFlow", "bpmn:conditionExpression")
                .with("name", WORDS)
                .with("sourceRef", ID)
                .with("targetRef", ID);
        of("bpmn:conditionExpression").text(EXPRESSION);
        step("bpmn:subProcess", "bpmn:startEvent", "bpmn:endEvent", "bpmn:sequenceFlow")
                .with("triggeredByEvent", TRUE);
        of("bpmn:documentation").text(WORDS);
        of("bpmn:incoming").text(ID);
        of("bpmn:outgoing").text(ID);
        drawing();
    }

    private static void drawing() {
        of("bpmndi:BPMNDiagram", "bpmndi:BPMNPlane");
        of("bpmndi:BPMNPlane", "bpmndi:BPMNShape", "bpmndi:BPMNEdge").with("bpmnElement", ID);
        of("bpmndi:BPMNShape", "dc:Bounds", "bpmndi:BPMNLabel")
                .with("bpmnElement", ID)
                .with("isMarkerVisible", TRUE)
                .with("isExpanded", TRUE)
                .with("isHorizontal", WORDS);
        of("bpmndi:BPMNEdge", "di:waypoint", "bpmndi:BPMNLabel").with("bpmnElement", ID);
        of("bpmndi:BPMNLabel", "dc:Bounds");
        of("dc:Bounds")
                .with("x", NUMBER)
                .with("y", NUMBER)
                .with("width", NUMBER)
                .with("height", NUMBER);
        of("di:waypoint").with("x", NUMBER).with("y", NUMBER);
    }

    private KnownElements() {}

    /** What is known of an element; null where nothing is. */
    static Kind find(String name) {
        return KINDS.get(name);
    }

    /** The name of an element or attribute with the usual prefix of its namespace, whatever the document calls it. */
    static String name(String namespace, String local) {
        return namespace == null || namespace.isEmpty()
                ? local
                : PREFIXES.getOrDefault(namespace, "{" + namespace + "}") + local;
    }

    private static Kind of(String name, String... children) {
        var kind = new Kind(Set.of(children)).with("id", ID);
        KINDS.put(name, kind);
        return kind;
    }

    /** An element with a label that flows lead in and out of. */
    private static Kind step(String name, String... children) {
        var all = new HashSet<>(Set.of(children));
        all.addAll(Set.of("bpmn:documentation", "bpmn:incoming", "bpmn:outgoing"));
        var kind = new Kind(Set.copyOf(all)).with("id", ID).with("name", WORDS);
        KINDS.put(name, kind);
        return kind;
    }

    /** One kind of element. */
    static final class Kind {

        private final Set<String> children;
        private final Map<String, Predicate<String>> attributes = new HashMap<>();
        private Predicate<String> text = NO_TEXT;

        private Kind(Set<String> children) {
            this.children = children;
        }

        private Kind with(String attribute, Predicate<String> values) {
            attributes.put(attribute, values);
            return this;
        }

        private Kind text(Predicate<String> texts) {
            this.text = texts;
            return this;
        }

        boolean mayContain(String child) {
            return children.contains(child);
        }

        boolean mayHave(String attribute, String value) {
            return DEFAULTS.getOrDefault(attribute, Set.of()).contains(value)
                    || attributes.containsKey(attribute)
                            && attributes.get(attribute).test(value);
        }

        boolean maySay(String words) {
            return text.test(words);
        }
    }
}
