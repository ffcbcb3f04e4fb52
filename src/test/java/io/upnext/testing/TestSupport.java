package io.upnext.testing;

import org.camunda.bpm.engine.ManagementService;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

@TestConfiguration(proxyBeanMethods = false)
class TestSupport {

    @Bean
    @Primary
    MutableClock mutableClock() {
        MutableClock.SHARED.reset();
        return MutableClock.SHARED;
    }

    @Bean
    EngineJobs engineJobs(ManagementService management, MutableClock clock) {
        return new EngineJobs(management, clock);
    }
}
