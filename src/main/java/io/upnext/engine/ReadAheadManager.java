package io.upnext.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.IdGenerator;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.db.DbEntity;
import org.camunda.bpm.engine.impl.db.PersistenceSession;
import org.camunda.bpm.engine.impl.db.entitymanager.DbEntityManager;
import org.camunda.bpm.engine.impl.interceptor.Session;
import org.camunda.bpm.engine.impl.interceptor.SessionFactory;
import org.springframework.stereotype.Component;

/** The engine's way to its tables, but that it asks a {@link ReadAhead} first where the command has one. */
class ReadAheadManager extends DbEntityManager {

    private ReadAhead ahead;

    ReadAheadManager(IdGenerator ids, PersistenceSession session) {
        super(ids, session);
    }

    /** From now on, until the command ends. */
    void use(ReadAhead known) {
        ahead = known;
    }

    /** What was read past the engine, as if it had read it: in its cache, and of two of a row the one it has already. */
    @SuppressWarnings("unchecked")
    <T extends DbEntity> List<T> loaded(List<T> read) {
        read.forEach(this::onEntityLoaded);
        return filterLoadedObjects(new ArrayList<>(read));
    }

    @Override
    @SuppressWarnings({"rawtypes", "unchecked"})
    public List selectList(String statement, Object parameter) {
        Optional<List<? extends DbEntity>> known = ahead == null ? Optional.empty() : ahead.list(statement, parameter);
        return known.isPresent()
                ? filterLoadedObjects(new ArrayList<>(known.get()))
                : super.selectList(statement, parameter);
    }

    @Override
    public <T extends DbEntity> T selectById(Class<T> type, String id) {
        Optional<T> known = ahead == null ? Optional.empty() : ahead.start(type, id);
        return known.isPresent() ? known.get() : super.selectById(type, id);
    }

    @Component
    static class Plugin extends AbstractProcessEnginePlugin {

        @Override
        public void preInit(ProcessEngineConfigurationImpl engine) {
            List<SessionFactory> factories = new ArrayList<>(
                    engine.getCustomSessionFactories() == null ? List.of() : engine.getCustomSessionFactories());
            factories.add(new SessionFactory() {
                @Override
                public Class<?> getSessionType() {
                    return DbEntityManager.class;
                }

                @Override
                public Session openSession() {
                    return new ReadAheadManager(
                            engine.getIdGenerator(), Context.getCommandContext().getSession(PersistenceSession.class));
                }
            });
            engine.setCustomSessionFactories(factories);
        }
    }
}
