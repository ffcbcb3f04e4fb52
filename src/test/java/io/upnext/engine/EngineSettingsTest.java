package io.upnext.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.upnext.testing.EngineJobs;
import io.upnext.testing.MutableClock;
import io.upnext.testing.UpnextTest;
import java.time.Duration;
import java.util.Date;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@UpnextTest
class EngineSettingsTest {

    @Autowired
    ProcessEngine engine;

    @Autowired
    RepositoryService repository;

    @Autowired
    RuntimeService runtime;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    EngineJobs jobs;

    @Autowired
    MutableClock clock;

    @Test
    void jobsAreAcquiredByTheirDueDateWhateverDeployedThem() {
        var settings = (ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration();

        assertThat(settings.isJobExecutorAcquireByDueDate()).isTrue();
        assertThat(settings.isEnsureJobDueDateNotNull()).isTrue();
        assertThat(settings.isJobExecutorAcquireByPriority()).isFalse();
        assertThat(settings.isJobExecutorDeploymentAware()).isFalse();
    }

    @Test
    void nothingIsMeasuredThatNobodyReads() {
        var settings = (ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration();

        assertThat(settings.isMetricsEnabled()).isFalse();
        assertThat(settings.isTaskMetricsEnabled()).isFalse();
    }

    @Test
    void aProcessAndATableChangeInOneTransaction() {
        deploy(Bpmn.createExecutableProcess("together")
                .startEvent()
                .receiveTask()
                .done());

        transaction.executeWithoutResult(status -> {
            runtime.startProcessInstanceByKey("together", "rolled-back");
            status.setRollbackOnly();
        });

        assertThat(runtime.createProcessInstanceQuery()
                        .processInstanceBusinessKey("rolled-back")
                        .count())
                .isZero();
    }

    @Test
    void aTimerFiresWhenTheClockIsMovedThere() {
        deploy(Bpmn.createExecutableProcess("waiting")
                .startEvent()
                .intermediateCatchEvent()
                .timerWithDate(MutableClock.START.plus(Duration.ofDays(2)).toString())
                .receiveTask("after")
                .done());
        var instance = runtime.startProcessInstanceByKey("waiting");

        jobs.advance(Duration.ofDays(1));
        assertThat(runtime.getActiveActivityIds(instance.getId())).doesNotContain("after");

        jobs.advance(Duration.ofDays(1));
        assertThat(runtime.getActiveActivityIds(instance.getId())).containsExactly("after");
    }

    @Test
    void aFailedJobIsTriedAgainAfterGrowingPauses() {
        deploy(Bpmn.createExecutableProcess("failing")
                .startEvent()
                .scriptTask()
                .camundaAsyncBefore()
                .scriptFormat("javascript")
                .scriptText("1 + 1")
                .endEvent()
                .done());
        var instance = runtime.startProcessInstanceByKey("failing");
        var management = engine.getManagementService();
        var job = management
                .createJobQuery()
                .processInstanceId(instance.getId())
                .singleResult()
                .getId();

        assertThatThrownBy(() -> management.executeJob(job)).hasMessageContaining("Scripts are off");

        var failed = management.createJobQuery().jobId(job).singleResult();
        assertThat(failed.getRetries()).isEqualTo(5);
        assertThat(failed.getDuedate()).isEqualTo(Date.from(clock.instant().plusSeconds(10)));
        management.deleteJob(job);
    }

    @Test
    void scriptsDoNotRun() {
        deploy(Bpmn.createExecutableProcess("scripted")
                .startEvent()
                .scriptTask()
                .scriptFormat("javascript")
                .scriptText("1 + 1")
                .endEvent()
                .done());

        assertThatThrownBy(() -> runtime.startProcessInstanceByKey("scripted")).hasMessageContaining("Scripts are off");
    }

    private void deploy(BpmnModelInstance model) {
        repository.createDeployment().addModelInstance("test.bpmn", model).deploy();
    }
}
