package io.upnext.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The tables that only the demo has, and what they say about the clock and the first start. They stand beside the
 * product's migrations, so that an installation never has them.
 */
class DemoTables {

    private final JdbcClient jdbc;

    DemoTables(DataSource dataSource) {
        Flyway.configure()
                .dataSource(dataSource)
                .locations("classpath:db/demo")
                .table("demo_schema_history")
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .load()
                .migrate();
        this.jdbc = JdbcClient.create(dataSource);
    }

    /** How far the product's time is ahead of the machine's. */
    Duration ahead() {
        return Duration.ofMillis(jdbc.sql("select ahead_millis from demo_clock")
                .query(Long.class)
                .single());
    }

    void keepAhead(Duration ahead) {
        jdbc.sql("update demo_clock set ahead_millis = ?")
                .param(ahead.toMillis())
                .update();
    }

    boolean isDone(String part) {
        return jdbc.sql("select exists (select 1 from demo_part where name = ?)")
                .param(part)
                .query(Boolean.class)
                .single();
    }

    void markDone(String part, Instant at) {
        jdbc.sql("insert into demo_part (name, at) values (?, ?)")
                .params(part, at.atOffset(ZoneOffset.UTC))
                .update();
    }
}
