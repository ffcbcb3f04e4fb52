package io.upnext.engine;

import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.migration.validation.instance.MigratingActivityInstanceValidator;
import org.camunda.bpm.engine.impl.migration.validation.instance.NoUnmappedLeafInstanceValidator;
import org.camunda.bpm.engine.impl.migration.validation.instance.SupportedActivityInstanceValidator;
import org.springframework.stereotype.Component;

/** What the engine lets migrate, beyond its own rules: all that waits in our processes is ours. */
@Component
class MigrationRules extends AbstractProcessEnginePlugin {

    /** A mail waits in a service task; an instance that just left its element has none until it enters the next. */
    @Override
    public void postInit(ProcessEngineConfigurationImpl engine) {
        var rules = engine.getMigratingActivityInstanceValidators();
        rules.removeIf(rule -> rule instanceof SupportedActivityInstanceValidator);
        rules.replaceAll(rule -> rule instanceof NoUnmappedLeafInstanceValidator ? exceptOfTheRoot(rule) : rule);
    }

    private static MigratingActivityInstanceValidator exceptOfTheRoot(MigratingActivityInstanceValidator rule) {
        return (instance, process, report) -> {
            if (instance != process.getRootInstance()) {
                rule.validate(instance, process, report);
            }
        };
    }
}
