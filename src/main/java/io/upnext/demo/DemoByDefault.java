package io.upnext.demo;

import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.Profiles;
import org.springframework.util.StringUtils;

/** Without a configured datasource the product is its own demo: on loopback, with a database in the data directory. */
class DemoByDefault implements EnvironmentPostProcessor, Ordered {

    static final String PROFILE = "demo";
    static final String EMBEDDED_DATABASE = "upnext.demo.embedded-database";

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        var withoutDatasource = !StringUtils.hasText(environment.getProperty("spring.datasource.url"));
        if (withoutDatasource) {
            environment.addActiveProfile(PROFILE);
        }
        if (environment.acceptsProfiles(Profiles.of(PROFILE))) {
            // The demo's clock leaps over many nights, and over the time history is kept
            environment
                    .getPropertySources()
                    .addFirst(new MapPropertySource("demo-always", Map.of("upnext.engine.history-cleanup", false)));
            environment
                    .getPropertySources()
                    .addLast(new MapPropertySource(
                            "demo",
                            Map.of(
                                    "server.address",
                                    "127.0.0.1",
                                    EMBEDDED_DATABASE,
                                    withoutDatasource,
                                    // Its people read the moment a mail arrives
                                    "upnext.tracking.too-soon",
                                    "0s")));
        }
    }

    /** After the configuration files, which may name a datasource. */
    @Override
    public int getOrder() {
        return ConfigDataEnvironmentPostProcessor.ORDER + 10;
    }
}
