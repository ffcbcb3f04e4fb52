package io.upnext.demo;

import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/** Tables, time and mail server of the demo. */
@Configuration(proxyBeanMethods = false)
@Profile(DemoByDefault.PROFILE)
class DemoConfiguration {

    @Bean
    @DependsOnDatabaseInitialization
    DemoTables demoTables(DataSource dataSource) {
        return new DemoTables(dataSource);
    }

    @Bean
    DemoClock demoClock(@Qualifier("realTime") Clock realTime, DemoTables tables) {
        return new DemoClock(realTime, tables);
    }

    @Bean(destroyMethod = "stop")
    DemoMailServer demoMailServer(CaughtMails caught) {
        return new DemoMailServer(caught);
    }
}
