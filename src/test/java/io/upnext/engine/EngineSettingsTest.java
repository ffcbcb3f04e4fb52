package io.upnext.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.upnext.testing.UpnextTest;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

@UpnextTest
class EngineSettingsTest {

    @Autowired
    ProcessEngine engine;

    @Autowired
    TransactionTemplate transaction;

    @Test
    void jobsAreAcquiredByTheirDueDateWhateverDeployedThem() {
        var settings = settings();

        assertThat(settings.isJobExecutorAcquireByDueDate()).isTrue();
        assertThat(settings.isEnsureJobDueDateNotNull()).isTrue();
        assertThat(settings.isJobExecutorAcquireByPriority()).isFalse();
        assertThat(settings.isJobExecutorDeploymentAware()).isFalse();
    }

    @Test
    void nothingIsMeasuredThatNobodyReads() {
        assertThat(settings().isMetricsEnabled()).isFalse();
        assertThat(settings().isTaskMetricsEnabled()).isFalse();
    }

    @Test
    void theEngineJoinsTheTransactionOfTheProduct() {
        var management = engine.getManagementService();

        transaction.executeWithoutResult(status -> {
            management.setProperty("upnext.test", "written");
            status.setRollbackOnly();
        });

        assertThat(management.getProperties()).doesNotContainKey("upnext.test");
    }

    private ProcessEngineConfigurationImpl settings() {
        return (ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration();
    }
}
