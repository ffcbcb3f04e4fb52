package io.upnext;

import java.time.Clock;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Fallback;

/** The only source of time: everything asks a {@link Clock}, so that the demo and the tests can move it. */
@Configuration(proxyBeanMethods = false)
class TimeConfiguration {

    /** The product's time. Any other {@link Clock} bean, such as the demo's, takes its place. */
    @Bean
    @Fallback
    Clock clock() {
        return Clock.systemUTC();
    }

    /** Time that nobody moves: for log-in sessions, limits and locks. Injected by its qualifier only. */
    @Bean(defaultCandidate = false)
    @Qualifier("realTime")
    Clock realTime() {
        return Clock.systemUTC();
    }
}
