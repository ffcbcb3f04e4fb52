package io.upnext.bpmn;

import static org.assertj.core.api.Assertions.assertThat;

import io.upnext.sequence.Definition;
import io.upnext.sequence.Step;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;

class AnySequenceTest {

    @Property(tries = 200)
    void everySequenceCompilesIntoAValidModelThatReadsBackTheSame(@ForAll long seed) {
        Definition definition = RandomSequences.any(seed);

        BpmnModelInstance model = Compiler.compile(Examples.version(definition), definition.name());
        String xml = Bpmn.convertToString(model);

        Bpmn.validateModel(model);
        assertThat(labels(read(xml))).isEqualTo(labels(model));
        assertThat(Compiler.xml(Examples.version(definition), definition.name()))
                .isEqualTo(xml);
    }

    @Property(tries = 200)
    void everyStepIsThereOnceAndEveryElementCanBeReached(@ForAll long seed) {
        Definition definition = RandomSequences.any(seed);
        List<String> steps = ids(definition.steps());

        BpmnModelInstance model = Compiler.compile(Examples.version(definition), definition.name());

        Process process = model.getModelElementById(ElementIds.process(Examples.SEQUENCE));
        List<String> elements = process.getFlowElements().stream()
                .filter(FlowNode.class::isInstance)
                .map(element -> element.getId())
                .filter(id -> !id.equals(ElementIds.EXIT))
                .toList();
        assertThat(elements).doesNotHaveDuplicates();
        assertThat(elements).containsAll(steps.stream().map(ElementIds::step).toList());
        assertThat(elements.stream()
                        .flatMap(id -> ElementIds.stepOf(id).stream())
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(steps);
        assertThat(reachable(model.getModelElementById(ElementIds.START))).containsAll(elements);
    }

    @Property(tries = 200)
    void everyElementLeadsOnOrEnds(@ForAll long seed) {
        Definition definition = RandomSequences.any(seed);

        BpmnModelInstance model = Compiler.compile(Examples.version(definition), definition.name());

        for (FlowNode node : model.getModelElementsByType(FlowNode.class)) {
            boolean last = node.getId().startsWith(ElementIds.END)
                    || node.getId().equals(ElementIds.EXIT)
                    || node.getId().equals(ElementIds.EXIT_DONE);
            assertThat(node.getOutgoing().isEmpty()).as(node.getId()).isEqualTo(last);
        }
    }

    private static Set<String> reachable(FlowNode start) {
        Set<String> seen = new HashSet<>();
        Deque<FlowNode> open = new ArrayDeque<>(List.of(start));
        while (!open.isEmpty()) {
            FlowNode node = open.pop();
            if (seen.add(node.getId())) {
                node.getOutgoing().stream().map(SequenceFlow::getTarget).forEach(open::push);
            }
        }
        return seen;
    }

    private static List<String> ids(List<Step> steps) {
        List<String> ids = new ArrayList<>();
        for (Step step : steps) {
            if (step.id() != null) {
                ids.add(step.id());
            }
            if (step instanceof Step.Condition condition) {
                ids.addAll(ids(condition.yes()));
                ids.addAll(ids(condition.no()));
            }
        }
        return ids;
    }

    private static Map<String, String> labels(BpmnModelInstance model) {
        Map<String, String> labels = new HashMap<>();
        model.getModelElementsByType(FlowElement.class)
                .forEach(element -> labels.put(element.getId(), element.getName()));
        return labels;
    }

    private static BpmnModelInstance read(String xml) {
        return Bpmn.readModelFromStream(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    }
}
