package io.upnext.engine.hardening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.upnext.testing.UpnextTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ParseException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.RepositoryService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Whoever gets hold of the engine's repository still deploys nothing but what the product's compiler makes. */
@UpnextTest
class ForeignProcessesTest {

    private static final String FRAME = """
            <?xml version="1.0" encoding="UTF-8"?>
            <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="definitions"
                xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="https://upnext.io/sequence"
                xmlns:activiti="http://activiti.org/bpmn" xmlns:other="https://example.com/other">
              <process id="sequence-0192f0c4-7b5a-7c3d-9e21-4f6a8b0c1dff" isExecutable="true"
                  camunda:historyTimeToLive="P180D">
                <startEvent id="start"/>
                <sequenceFlow id="one" sourceRef="start" targetRef="step-x"/>
                %s
              </process>
            </definitions>
            """;

    @Autowired
    RepositoryService repository;

    @ParameterizedTest(name = "{0}")
    @MethodSource("golden")
    void whatTheCompilerMakesIsDeployed(Path file) throws Exception {
        var deployment = repository
                .createDeployment()
                .addString(file.getFileName().toString(), Files.readString(file))
                .deploy();

        repository.deleteDeployment(deployment.getId(), true);
    }

    static Stream<Path> golden() throws Exception {
        return Files.list(Path.of("src/test/resources/golden"))
                .filter(file -> file.toString().endsWith(".bpmn"))
                .sorted();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attacks")
    void whatTheCompilerDoesNotMakeIsRefused(String name, String element) {
        assertThatThrownBy(() -> deploy(FRAME.formatted(element)))
                .isInstanceOf(ParseException.class)
                .hasMessageContaining("Only processes made by the product are deployed");
        assertThat(repository.createDeploymentQuery().deploymentName(name).count())
                .isZero();
    }

    static Stream<Arguments> attacks() {
        return Stream.of(
                attack(
                        "a script task",
                        "<scriptTask id='step-x' scriptFormat='groovy'><script>1</script></scriptTask>"),
                attack(
                        "a shell task",
                        "<serviceTask id='step-x' camunda:type='shell'><extensionElements><camunda:field name='command'>"
                                + "<camunda:string>id</camunda:string></camunda:field></extensionElements></serviceTask>"),
                attack("a class", "<serviceTask id='step-x' camunda:class='java.lang.Runtime'/>"),
                attack("a class in the old namespace", "<serviceTask id='step-x' activiti:class='java.lang.Runtime'/>"),
                attack(
                        "an expression",
                        "<serviceTask id='step-x' camunda:asyncBefore='true' camunda:expression='${1}'/>"),
                attack(
                        "a foreign bean",
                        "<serviceTask id='step-x' camunda:asyncBefore='true' camunda:delegateExpression='${dataSource}'/>"),
                attack("an external task", "<serviceTask id='step-x' camunda:type='external' camunda:topic='mail'/>"),
                attack(
                        "a connector",
                        "<serviceTask id='step-x'><extensionElements><camunda:connector><camunda:connectorId>http"
                                + "</camunda:connectorId></camunda:connector></extensionElements></serviceTask>"),
                attack(
                        "a listener",
                        "<userTask id='step-x'><extensionElements><camunda:taskListener event='create'"
                                + " class='java.lang.Runtime'/></extensionElements></userTask>"),
                attack(
                        "a script in a mapping",
                        "<userTask id='step-x'><extensionElements><camunda:inputOutput><camunda:inputParameter name='a'>"
                                + "<camunda:script scriptFormat='groovy'>1</camunda:script></camunda:inputParameter>"
                                + "</camunda:inputOutput></extensionElements></userTask>"),
                attack("an expression in a name", "<userTask id='step-x' name=\"${''.getClass()}\"/>"),
                attack(
                        "an expression in a description",
                        "<userTask id='step-x'><documentation>#{execution}</documentation></userTask>"),
                attack("an assignee by expression", "<userTask id='step-x' camunda:assignee='${1}'/>"),
                attack("a form of somebody else", "<userTask id='step-x' camunda:formKey='embedded:app:evil.html'/>"),
                attack(
                        "a repeated task",
                        "<userTask id='step-x'><multiInstanceLoopCharacteristics><loopCardinality>1000000"
                                + "</loopCardinality></multiInstanceLoopCharacteristics></userTask>"),
                attack("a business rule", "<businessRuleTask id='step-x' camunda:decisionRef='x'/>"),
                attack("a signal", "<endEvent id='step-x'><signalEventDefinition signalRef='s'/></endEvent>"),
                attack("an error", "<endEvent id='step-x'><errorEventDefinition errorRef='e'/></endEvent>"),
                attack(
                        "a timer of its own",
                        "<intermediateCatchEvent id='step-x'><timerEventDefinition><timeCycle>R/PT1S</timeCycle>"
                                + "</timerEventDefinition></intermediateCatchEvent>"),
                attack(
                        "a condition of its own",
                        "<endEvent id='step-x'/><sequenceFlow id='two' sourceRef='start' targetRef='step-x'>"
                                + "<conditionExpression>${true}</conditionExpression></sequenceFlow>"),
                attack("a foreign element", "<other:thing/><endEvent id='step-x'/>"),
                attack("a call of another process", "<callActivity id='step-x' calledElement='other'/>"));
    }

    private static Arguments attack(String name, String element) {
        return Arguments.of(name, element);
    }

    @Test
    void aProcessOfAnotherKeyIsRefused() {
        var foreign = FRAME.replace("sequence-0192f0c4-7b5a-7c3d-9e21-4f6a8b0c1dff", "invoice")
                .formatted("<endEvent id='step-x'/>");

        assertThatThrownBy(() -> deploy(foreign)).isInstanceOf(ParseException.class);
    }

    @Test
    void aDocumentTypeIsRefused() {
        var withEntity = FRAME.replace(
                        "<definitions",
                        "<!DOCTYPE definitions [<!ENTITY e SYSTEM 'file:///etc/hostname'>]><definitions")
                .formatted("<endEvent id='step-x' name='&e;'/>");

        assertThatThrownBy(() -> deploy(withEntity)).isInstanceOf(ProcessEngineException.class);
    }

    private void deploy(String xml) {
        repository.createDeployment().addString("attack.bpmn", xml).deploy();
    }
}
