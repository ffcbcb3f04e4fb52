package io.upnext.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.mock.env.MockEnvironment;

class DemoByDefaultTest {

    private final MockEnvironment environment = new MockEnvironment();

    @Test
    void withoutADatasourceTheDemoRunsOnLoopbackWithItsOwnDatabase() {
        start();

        assertThat(environment.getActiveProfiles()).contains("demo");
        assertThat(environment.getProperty("server.address")).isEqualTo("127.0.0.1");
        assertThat(environment.getProperty(DemoByDefault.EMBEDDED_DATABASE)).isEqualTo("true");
    }

    @Test
    void withADatasourceNothingOfTheDemoIsThere() {
        environment.setProperty("spring.datasource.url", "jdbc:postgresql://db/upnext");

        start();

        assertThat(environment.getActiveProfiles()).isEmpty();
        assertThat(environment.getProperty("server.address")).isNull();
        assertThat(environment.getProperty(DemoByDefault.EMBEDDED_DATABASE)).isNull();
    }

    @Test
    void aDemoOnAConfiguredDatabaseLeavesThatDatabaseInPlace() {
        environment.setProperty("spring.datasource.url", "jdbc:postgresql://db/upnext");
        environment.addActiveProfile("demo");

        start();

        assertThat(environment.getProperty("server.address")).isEqualTo("127.0.0.1");
        assertThat(environment.getProperty(DemoByDefault.EMBEDDED_DATABASE)).isEqualTo("false");
    }

    private void start() {
        new DemoByDefault().postProcessEnvironment(environment, new SpringApplication());
    }
}
