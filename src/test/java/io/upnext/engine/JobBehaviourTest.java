package io.upnext.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.upnext.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What {@link EngineSettings} make of any process, in an engine of its own: the product's refuses what it did not make. */
class JobBehaviourTest {

    private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");

    private static ProcessEngine engine;

    @BeforeAll
    static void startEngine() {
        var configuration = new StandaloneProcessEngineConfiguration();
        configuration.setProcessEngineName("job-behaviour");
        configuration.setJdbcUrl(TestDatabase.create());
        configuration.setJdbcDriver("org.postgresql.Driver");
        configuration.setJdbcUsername(TestDatabase.USER);
        configuration.setJdbcPassword("");
        configuration.setDatabaseSchemaUpdate("true");
        new EngineSettings(false).preInit(configuration);
        engine = configuration.buildProcessEngine();
    }

    @AfterAll
    static void closeEngine() {
        engine.close();
    }

    @BeforeEach
    void standAt() {
        ClockUtil.setCurrentTime(Date.from(NOW));
    }

    @Test
    void aTimerIsDueWhenTheClockIsThere() {
        start(Bpmn.createExecutableProcess("waiting")
                .startEvent()
                .intermediateCatchEvent()
                .timerWithDate(NOW.plus(Duration.ofDays(2)).toString())
                .endEvent()
                .done());
        var due = engine.getManagementService()
                .createJobQuery()
                .processDefinitionKey("waiting")
                .executable();

        ClockUtil.setCurrentTime(Date.from(NOW.plus(Duration.ofDays(1))));
        assertThat(due.count()).isZero();

        ClockUtil.setCurrentTime(Date.from(NOW.plus(Duration.ofDays(2))));
        assertThat(due.count()).isOne();
    }

    @Test
    void aFailedJobIsTriedAgainAfterGrowingPausesAndThenLeft() {
        start(Bpmn.createExecutableProcess("failing")
                .startEvent()
                .serviceTask()
                .camundaAsyncBefore()
                .camundaExpression("${missing.call()}")
                .endEvent()
                .done());

        for (var seconds : new int[] {10, 60, 300, 1_800, 7_200}) {
            fail(job("failing"));
            assertThat(job("failing").getDuedate()).isEqualTo(in(seconds));
        }
        fail(job("failing"));

        assertThat(job("failing").getRetries()).isZero();
        assertThat(engine.getRuntimeService().createIncidentQuery().count()).isOne();
    }

    @Test
    void scriptsDoNotRun() {
        var scripted = Bpmn.createExecutableProcess("scripted")
                .startEvent()
                .scriptTask()
                .scriptFormat("javascript")
                .scriptText("1 + 1")
                .endEvent()
                .done();

        assertThatThrownBy(() -> start(scripted)).hasMessageContaining("Scripts are off");
    }

    @Test
    void whatGoesWrongIsToldToTheCallerAndNotLoggedByTheEngineToo() {
        var log = (ch.qos.logback.classic.Logger) LoggerFactory.getLogger("org.camunda.bpm.engine.context");
        var heard = new ListAppender<ILoggingEvent>();
        heard.start();
        log.addAppender(heard);

        assertThatThrownBy(() -> engine.getManagementService().executeJob("gone"))
                .hasMessageContaining("No job found");

        log.detachAppender(heard);
        assertThat(heard.list).isEmpty();
    }

    private static void start(BpmnModelInstance model) {
        engine.getRepositoryService()
                .createDeployment()
                .addModelInstance("test.bpmn", model)
                .deploy();
        var process = model.getModelElementsByType(org.camunda.bpm.model.bpmn.instance.Process.class)
                .iterator()
                .next();
        engine.getRuntimeService().startProcessInstanceByKey(process.getId());
    }

    private static Job job(String process) {
        return engine.getManagementService()
                .createJobQuery()
                .processDefinitionKey(process)
                .singleResult();
    }

    private static void fail(Job job) {
        assertThatThrownBy(() -> engine.getManagementService().executeJob(job.getId()))
                .hasMessageContaining("missing");
    }

    private static Date in(int seconds) {
        return Date.from(NOW.plusSeconds(seconds));
    }
}
