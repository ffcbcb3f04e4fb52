package io.upnext.engine.webapp;

import io.upnext.engine.identity.EngineIds;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.plugin.AdministratorAuthorizationPlugin;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes what the web applications need in the engine's tables, once: the administrators' rights, those of everybody,
 * the filters of Tasklist and the forms. Each start asks for it again; nodes that start together take turns.
 */
@Component
class WebappSetUp extends AdministratorAuthorizationPlugin {

    /** Any number, as long as nothing else locks it. */
    private static final long LOCK = 7_240_001L;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    WebappSetUp(JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        setAdministratorGroupName(EngineIds.ADMINISTRATORS);
    }

    @Override
    public void postProcessEngineBuild(ProcessEngine engine) {
        transaction.executeWithoutResult(status -> {
            // Held until the transaction ends, so the next node sees all of it or does it itself
            jdbc.sql("select pg_advisory_xact_lock(?)")
                    .param(LOCK)
                    .query((row, number) -> LOCK)
                    .single();
            super.postProcessEngineBuild(engine);
            var grants = new Grants(engine.getAuthorizationService());
            grants.everybodyOpensTasklist();
            new TasklistFilters(engine, grants).create();
            new TaskForms(engine.getRepositoryService()).deploy();
        });
    }
}
