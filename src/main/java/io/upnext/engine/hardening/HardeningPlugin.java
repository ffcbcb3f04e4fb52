package io.upnext.engine.hardening;

import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.interceptor.Session;
import org.camunda.bpm.engine.impl.interceptor.SessionFactory;
import org.camunda.bpm.engine.impl.persistence.entity.AuthorizationManager;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.stereotype.Component;

/** Takes from the engine what the product does not need and an attacker would use. */
@Component
class HardeningPlugin extends AbstractProcessEnginePlugin {

    private final BeanFactory beans;

    HardeningPlugin(BeanFactory beans) {
        this.beans = beans;
    }

    @Override
    public void preInit(ProcessEngineConfigurationImpl engine) {
        engine.setExpressionManager(new KnownExpressions(new ListedBeans(beans)));
        engine.setBpmnParseFactory(CompiledProcessesOnly::new);
        decideOverTasksByRule(engine);
    }

    private static void decideOverTasksByRule(ProcessEngineConfigurationImpl engine) {
        engine.setAuthorizationEnabled(true);
        engine.setResourceAuthorizationProvider(new NoRowsOfTasks());
        var factories = new ArrayList<SessionFactory>(
                engine.getCustomSessionFactories() == null ? List.of() : engine.getCustomSessionFactories());
        factories.add(new SessionFactory() {
            @Override
            public Class<?> getSessionType() {
                return AuthorizationManager.class;
            }

            @Override
            public Session openSession() {
                return new OwnTasks();
            }
        });
        engine.setCustomSessionFactories(factories);
    }
}
