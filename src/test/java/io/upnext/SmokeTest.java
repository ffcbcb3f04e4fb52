package io.upnext;

import static org.assertj.core.api.Assertions.assertThat;

import io.upnext.testing.UpnextTest;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpStatus;

@UpnextTest
class SmokeTest {

    @Autowired
    TestRestTemplate http;

    @Autowired
    ProcessEngine engine;

    @Test
    void healthIsPublicAndGood() {
        var health = http.getForEntity("/actuator/health", String.class);

        assertThat(health.getStatusCode()).isEqualTo(HttpStatus.OK);
        assertThat(health.getBody()).contains("\"UP\"");
    }

    @Test
    void metricsNeedALogIn() {
        var metrics = http.getForEntity("/actuator/metrics", String.class);

        assertThat(metrics.getStatusCode()).isEqualTo(HttpStatus.UNAUTHORIZED);
    }

    @Test
    void theEngineRunsOnPostgreSql() {
        var configuration = (ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration();

        assertThat(configuration.getDatabaseType()).isEqualTo("postgres");
        assertThat(configuration.getHistoryLevel().getName()).isEqualTo("activity");
    }
}
