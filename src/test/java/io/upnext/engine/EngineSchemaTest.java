package io.upnext.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.upnext.testing.UpnextTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@UpnextTest
class EngineSchemaTest {

    @Autowired
    JdbcClient jdbc;

    @Test
    void theTablesCameFromTheMigrationAndNotFromTheEngine() {
        var first = jdbc.sql("select description from flyway_schema_history where version = '1' and success")
                .query(String.class)
                .single();

        assertThat(first).isEqualTo("engine tables");
    }

    @ParameterizedTest
    @CsvSource({"act_ru_job, up_idx_job_due", "act_ru_job, up_idx_job_locked", "act_ru_task, up_idx_task_parent"})
    void theIndexesThatTheStockSchemaLacksAreThere(String table, String index) {
        var indexes = jdbc.sql("select indexname from pg_indexes where tablename = ?")
                .param(table)
                .query(String.class)
                .list();

        assertThat(indexes).contains(index);
    }

    @Test
    void everyRuntimeTableIsVacuumedEarly() {
        var late = jdbc.sql("""
                        select relname from pg_class
                        where relkind = 'r' and relname like 'act\\_ru\\_%'
                          and not coalesce(reloptions, '{}') @> '{autovacuum_vacuum_scale_factor=0.02}'
                        """).query(String.class).list();

        assertThat(late).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"act_ru_job", "act_ru_execution", "act_ru_variable", "act_ru_event_subscr", "act_ru_task"})
    void whatRunsEmptyIsNotPlannedForAsIfItHadNoPages(String table) {
        assertThat(jdbc.sql("select reloptions @> '{vacuum_truncate=false}' from pg_class where relname = ?")
                        .param(table)
                        .query(Boolean.class)
                        .single())
                .isTrue();
    }
}
