package io.upnext.engine;

import io.upnext.bpmn.ElementIds;
import io.upnext.enrollment.InstanceMigration;
import io.upnext.enrollment.Passage;
import io.upnext.sequence.Step;
import io.upnext.sequence.VersionMapping;
import io.upnext.shared.VersionId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.migration.MigrationInstruction;
import org.camunda.bpm.engine.migration.MigrationPlan;
import org.camunda.bpm.engine.migration.MigrationPlanBuilder;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Moves process instances with the engine's migration plans: elements of the same id and kind carry on, with their tasks,
 * timers and subscriptions. Where an instance has to leave its element, it does so before, and enters the new one after.
 */
@Component
class EngineMigration implements InstanceMigration {

    private static final int MOST_PLANS = 100;

    private final Map<List<VersionId>, MigrationPlan> plans = new ConcurrentHashMap<>();
    private final RuntimeService runtime;
    private final ProcessEngineConfigurationImpl configuration;
    private final VersionDefinitions definitions;
    private final JdbcClient jdbc;

    EngineMigration(
            @Lazy RuntimeService runtime,
            @Lazy ProcessEngineConfigurationImpl configuration,
            VersionDefinitions definitions,
            JdbcClient jdbc) {
        this.runtime = runtime;
        this.configuration = configuration;
        this.definitions = definitions;
        this.jdbc = jdbc;
    }

    /** One statement for any number of instances: the engine's own query reads one tree at a time. */
    @Override
    public Map<String, List<Position>> positions(Collection<String> processInstanceIds) {
        Map<String, List<Position>> positions = new HashMap<>();
        if (processInstanceIds.isEmpty()) {
            return positions;
        }
        jdbc.sql("""
                        select e.proc_inst_id_, e.act_id_, e.id_ from act_ru_execution e
                        where e.proc_inst_id_ = any (?) and e.act_id_ is not null and not e.is_event_scope_
                            and not exists (select 1 from act_ru_execution c where c.parent_id_ = e.id_)
                        order by e.id_
                        """).param(processInstanceIds.toArray(String[]::new)).query(row -> {
            String element = row.getString(2);
            positions
                    .computeIfAbsent(row.getString(1), instance -> new ArrayList<>())
                    .add(new Position(
                            place(element), element, ElementIds.stepOf(element).orElse(null), row.getString(3)));
        });
        return positions;
    }

    private static Place place(String element) {
        return switch (element) {
            case ElementIds.RUN -> Place.RUN;
            case ElementIds.STANDBY -> Place.STANDBY;
            default ->
                ElementIds.stepOf(element)
                        .filter(step -> ElementIds.day(step).equals(element))
                        .map(step -> Place.DAY)
                        .orElse(Place.STEP);
        };
    }

    @Override
    public Set<String> carried(Passage passage) {
        return plan(passage).getInstructions().stream()
                .map(MigrationInstruction::getSourceActivityId)
                .collect(Collectors.toSet());
    }

    @Override
    public void carry(Passage passage, Collection<String> processInstanceIds) {
        migrate(plan(passage), List.copyOf(processInstanceIds));
    }

    private void migrate(MigrationPlan plan, List<String> processInstanceIds) {
        EngineRuntime.translated(() -> {
            runtime.newMigration(plan).processInstanceIds(processInstanceIds).execute();
            return null;
        });
    }

    @Override
    public void relocate(Passage passage, String processInstanceId, Set<String> left, List<Entry> entries) {
        EngineRuntime.translated(
                () -> configuration.getCommandExecutorTxRequired().execute(new LeaveElements(processInstanceId, left)));
        boolean empty = !positions(List.of(processInstanceId)).containsKey(processInstanceId);
        migrate(plan(passage), List.of(processInstanceId));
        List<String> elements = entries.stream()
                .map(entry -> element(passage.steps(), entry))
                .collect(Collectors.toCollection(ArrayList::new));
        if (elements.isEmpty() && empty) {
            elements.add(ElementIds.END);
        }
        elements.forEach(element -> enter(processInstanceId, element));
    }

    private static String element(VersionMapping steps, Entry entry) {
        return switch (entry.place()) {
            case STEP -> entry(steps, entry.step());
            case DAY -> ElementIds.day(entry.step());
            case RUN -> ElementIds.LEFT;
            case STANDBY -> ElementIds.STANDBY;
        };
    }

    private void enter(String processInstanceId, String element) {
        EngineRuntime.translated(() -> {
            runtime.createProcessInstanceModification(processInstanceId)
                    .startBeforeActivity(element)
                    .execute();
            return null;
        });
    }

    /** Where a step is entered: of a condition that decides at its limit that is not the gateway that decides. */
    private static String entry(VersionMapping steps, String stepId) {
        boolean atLimit = steps.same(stepId).orElse(null) instanceof Step.Condition condition
                && condition.onMail()
                && condition.decide() == Step.Condition.Decide.AT_LIMIT;
        return atLimit ? ElementIds.sent(stepId) : ElementIds.step(stepId);
    }

    @Override
    public void relabel(Collection<Label> labels) {
        if (!labels.isEmpty()) {
            EngineRuntime.translated(
                    () -> configuration.getCommandExecutorTxRequired().execute(new Relabel(List.copyOf(labels))));
        }
    }

    @Override
    public boolean runs(VersionId version) {
        return definitions.isThere(version);
    }

    /** Made once for two versions, which never change: a batch asks for it several times. */
    private MigrationPlan plan(Passage passage) {
        List<VersionId> versions = List.of(passage.from().id(), passage.to().id());
        MigrationPlan known = plans.get(versions);
        if (known != null) {
            return known;
        }
        if (plans.size() >= MOST_PLANS) {
            plans.clear();
        }
        MigrationPlan made = make(passage);
        plans.put(versions, made);
        return made;
    }

    /** Elements that belong to no step, such as the exit, go along; those of steps where the step is the same. */
    private MigrationPlan make(Passage passage) {
        String from = definitions.definitionOf(passage.from().id());
        String to = definitions.definitionOf(passage.to().id());
        MigrationPlanBuilder builder = runtime.createMigrationPlan(from, to);
        runtime.createMigrationPlan(from, to).mapEqualActivities().build().getInstructions().stream()
                .filter(equal -> ElementIds.stepOf(equal.getSourceActivityId())
                        .map(passage.steps()::keeps)
                        .orElse(true))
                .forEach(equal -> builder.mapActivities(equal.getSourceActivityId(), equal.getTargetActivityId()));
        return builder.build();
    }
}
