package io.upnext.engine.identity;

import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.identity.ReadOnlyIdentityProvider;
import org.camunda.bpm.engine.impl.interceptor.Session;
import org.camunda.bpm.engine.impl.interceptor.SessionFactory;
import org.springframework.stereotype.Component;

/** Puts the product's people in place of the engine's own tables of users and groups, which stay empty. */
@Component
class IdentityPlugin extends AbstractProcessEnginePlugin {

    private final People people;

    IdentityPlugin(People people) {
        this.people = people;
    }

    @Override
    public void preInit(ProcessEngineConfigurationImpl engine) {
        engine.setIdentityProviderSessionFactory(new SessionFactory() {
            @Override
            public Class<?> getSessionType() {
                return ReadOnlyIdentityProvider.class;
            }

            @Override
            public Session openSession() {
                return new PeopleOfTheProduct(people);
            }
        });
    }
}
