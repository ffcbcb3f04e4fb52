package io.upnext.bpmn;

import static io.upnext.bpmn.Examples.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.upnext.sequence.Definition;
import io.upnext.sequence.Step;
import io.upnext.sequence.Step.MailEvent;
import io.upnext.shared.Problem;
import io.upnext.shared.UnprocessableException;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.ExclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CompilerTest {

    static Stream<Definition> examples() {
        return Examples.all().values().stream();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyCompiledModelKeepsToTheSchemaOfBpmn(Definition definition) {
        Bpmn.validateModel(compile(definition));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void compilingTwiceGivesTheSameBytes(Definition definition) {
        assertThat(xml(definition)).isEqualTo(xml(definition));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExpressionIsOneOfTheKnownConstants(Definition definition) {
        String rest = xml(definition);
        for (String expression : Beans.EXPRESSIONS) {
            rest = rest.replace(expression, "");
        }

        assertThat(rest).doesNotContain("${", "#{");
    }

    @Test
    void theProcessIsNamedAndVersionedAfterTheSequence() {
        Process process = compile(Examples.outbound()).getModelElementById(ElementIds.process(Examples.SEQUENCE));

        assertThat(process.getName()).isEqualTo("High volume outbound prospecting");
        assertThat(process.getCamundaVersionTag()).isEqualTo("1");
        assertThat(process.isExecutable()).isTrue();
        assertThat(process.isCamundaStartableInTasklist()).isFalse();
        assertThat(process.getCamundaHistoryTimeToLiveString()).isEqualTo("P180D");
    }

    @Test
    void aMailConditionThatDecidesAtOnceAsksFirstAndWaitsThen() {
        BpmnModelInstance model = compile(Examples.outbound());

        ExclusiveGateway gateway = model.getModelElementById("step-replied");
        assertThat(gateway.getDefault().getTarget().getId()).isEqualTo("step-replied_wait");
        assertThat(leadsTo(model, "step-replied_yes")).isEqualTo("step-meet");
        assertThat(leadsTo(model, "step-replied_refused")).isEqualTo("step-call1");
        assertThat(leadsTo(model, "step-replied_happened_next")).isEqualTo("step-meet");
        assertThat(leadsTo(model, "step-replied_limit_next")).isEqualTo("step-call1");
    }

    @Test
    void aMailConditionThatDecidesAtTheLimitAsksAfterTheTimer() {
        BpmnModelInstance model = compile(Examples.decidesAtTheLimit());

        assertThat(leadsTo(model, "step-intro_next")).isEqualTo("step-opened_sent");
        assertThat(leadsTo(model, "step-opened_refused")).isEqualTo("step-again");
        assertThat(leadsTo(model, "step-opened_open")).isEqualTo("step-opened_limit");
        assertThat(leadsTo(model, "step-opened_limit_next")).isEqualTo("step-opened");
        assertThat(leadsTo(model, "step-opened_yes")).isEqualTo("step-ring");
        assertThat(leadsTo(model, "step-opened_no")).isEqualTo("step-again");
    }

    @Test
    void bothWaysIntoAnEmptyBranchLeadToTheSameEnd() {
        BpmnModelInstance model = compile(Examples.emptyBranches());

        assertThat(leadsTo(model, "step-replied_yes"))
                .isEqualTo(leadsTo(model, "step-replied_happened_next"))
                .isEqualTo("end");
        assertThat(leadsTo(model, "step-replied_refused"))
                .isEqualTo(leadsTo(model, "step-replied_limit_next"))
                .isEqualTo("end-2");
    }

    @Test
    void aGoToIsAFlowToItsTarget() {
        BpmnModelInstance model = compile(Examples.goTos());

        assertThat(leadsTo(model, "step-replied_yes")).isEqualTo("step-close");
        assertThat(leadsTo(model, "step-rich_yes")).isEqualTo("step-poor");
        assertThat(leadsTo(model, "step-rich_no")).isEqualTo("step-thank");
    }

    @Test
    void whatHasNoNameIsLabelledByWhatItDoes() {
        Definition definition = Examples.sequence(
                "Unnamed",
                new Step.Wait("w1", null, null, Step.Timing.NONE, 1, 4, Step.Wait.Counting.WORKING_DAYS),
                new Step.Wait("w2", " ", null, Step.Timing.NONE, null, 3, null),
                task("t", null),
                Examples.automated("m", "Mail"),
                Examples.atOnce("c", null, List.of(MailEvent.OPENED, MailEvent.LINK_CLICKED), List.of(), List.of()));

        BpmnModelInstance model = compile(definition);

        assertThat(name(model, "step-w1")).isEqualTo("Wait 1 working day 4 hours");
        assertThat(name(model, "step-w2")).isEqualTo("Wait 3 hours");
        assertThat(name(model, "step-t")).isEqualTo("Task");
        assertThat(name(model, "step-c")).isEqualTo("Opened or link clicked within 2 days?");
        assertThat(name(model, "step-c_happened")).isEqualTo("Opened or link clicked");
        assertThat(name(model, "step-c_limit")).isEqualTo("After 2 days");
    }

    @Test
    void anAdvanceCallsTheVersionThatAnExpressionNames() {
        CallActivity call = compile(Examples.everyStepType()).getModelElementById("step-nurture");

        assertThat(call.getCalledElement()).isEqualTo("${advances.target(execution)}");
        assertThat(call.getCamundaCalledElementBinding()).isEqualTo("versionTag");
        assertThat(call.getCamundaCalledElementVersionTag()).isEqualTo("${advances.version(execution)}");
        assertThat(call.isCamundaAsyncBefore()).isTrue();
    }

    @Test
    void aStepNamedLikeAPartOfAnotherStaysApart() {
        Definition definition = Examples.sequence(
                "Near names",
                Examples.automated("a", "A"),
                Examples.atOnce(
                        "b",
                        null,
                        List.of(MailEvent.OPENED),
                        List.of(task("b-limit", "X")),
                        List.of(task("b-yes", "Y"))));

        BpmnModelInstance model = compile(definition);

        assertThat(model.<FlowElement>getModelElementById("step-b-limit")).isNotNull();
        assertThat(model.<FlowElement>getModelElementById("step-b_limit")).isNotNull();
        assertThat(ElementIds.stepOf("step-b_limit")).contains("b");
        assertThat(ElementIds.stepOf("step-b-limit")).contains("b-limit");
        assertThat(ElementIds.stepOf(ElementIds.START)).isEmpty();
    }

    @Test
    void whatCannotBeDrawnIsRefusedWithEveryReason() {
        Definition definition = Examples.sequence(
                "Wrong",
                task("A", "Malformed id"),
                task("twice", "One"),
                Examples.budget("early", List.of(Examples.goTo("twice")), List.of(Examples.goTo("nowhere"))),
                task("twice", "Two"));

        assertThatThrownBy(() -> compile(definition))
                .asInstanceOf(InstanceOfAssertFactories.type(UnprocessableException.class))
                .extracting(UnprocessableException::problems, InstanceOfAssertFactories.list(Problem.class))
                .extracting(Problem::rule)
                .containsExactlyInAnyOrder(
                        "step-id", "condition-last", "step-id-duplicate", "goto-target", "goto-target");
    }

    @Test
    void aSequenceWithoutStepsGoesFromStartToEnd() {
        assertThat(leadsTo(compile(Examples.sequence("Empty")), "start_next")).isEqualTo("end");
    }

    private static String leadsTo(BpmnModelInstance model, String flow) {
        return model.<SequenceFlow>getModelElementById(flow).getTarget().getId();
    }

    private static BpmnModelInstance compile(Definition definition) {
        return Compiler.compile(Examples.version(definition), definition.name());
    }

    private static String xml(Definition definition) {
        return Compiler.xml(Examples.version(definition), definition.name());
    }

    private static String name(BpmnModelInstance model, String element) {
        return model.<FlowElement>getModelElementById(element).getName();
    }
}
