package io.upnext.engine;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.db.EntityLoadListener;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.camunda.bpm.engine.impl.persistence.entity.VariableInstanceEntity;
import org.camunda.bpm.engine.runtime.Execution;
import org.camunda.bpm.engine.runtime.NativeExecutionQuery;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reads several process instances into the engine's cache of one command, each table once; the engine by itself asks for
 * the executions, the variables and the job of every instance separately. What it asks for later on is {@link ReadAhead}.
 *
 * <p>To be called after the enrollments have been locked: what is read here is what the command then works with. (Were it
 * stale after all, the engine's revisions would make the command fail.)
 */
@Component
class InstancesAtOnce {

    private final RuntimeService runtime;
    private final ManagementService management;
    private final JdbcClient jdbc;

    InstancesAtOnce(@Lazy RuntimeService runtime, @Lazy ManagementService management, JdbcClient jdbc) {
        this.runtime = runtime;
        this.management = management;
        this.jdbc = jdbc;
    }

    /** In a command of the engine. */
    void read(CommandContext context, Collection<String> instances) {
        // What the command has in hands already may be changed, and would get its children twice
        List<String> unknown = instances.stream()
                .distinct()
                .filter(id -> context.getDbEntityManager().getCachedEntity(ExecutionEntity.class, id) == null)
                .toList();
        if (unknown.size() > 1) {
            withoutAuthorization(context, () -> {
                ReadAheadManager.use(context, restore(context.getDbEntityManager(), unknown));
                return null;
            });
        }
    }

    void readJobs(CommandContext context, Collection<String> jobs) {
        withoutAuthorization(
                context,
                () -> management.createJobQuery().jobIds(Set.copyOf(jobs)).list());
    }

    private ReadAhead restore(EntityLoadListener loaded, List<String> instances) {
        List<ExecutionEntity> all =
                executions(instances).stream().map(ExecutionEntity.class::cast).toList();
        Map<String, List<ExecutionEntity>> executions =
                all.stream().collect(Collectors.groupingBy(ExecutionEntity::getProcessInstanceId));
        Map<String, List<VariableInstanceEntity>> variables = runtime
                .createVariableInstanceQuery()
                .processInstanceIdIn(instances.toArray(String[]::new))
                .disableBinaryFetching()
                .disableCustomObjectDeserialization()
                .list()
                .stream()
                .map(VariableInstanceEntity.class::cast)
                .collect(Collectors.groupingBy(VariableInstanceEntity::getProcessInstanceId));
        executions.forEach((instance, tree) -> tree.stream()
                .filter(ExecutionEntity::isProcessInstanceExecution)
                .forEach(root -> root.restoreProcessInstance(
                        tree, null, variables.getOrDefault(instance, List.of()), null, null, null, null)));
        return new ReadAhead(all, jdbc, loaded, () -> jobs(Set.copyOf(instances)));
    }

    private List<JobEntity> jobs(Set<String> instances) {
        return withoutAuthorization(
                Context.getCommandContext(),
                () -> management.createJobQuery().processInstanceIds(instances).list().stream()
                        .map(JobEntity.class::cast)
                        .toList());
    }

    /** By SQL, since the engine's own query takes one instance only. */
    private List<Execution> executions(List<String> instances) {
        String places = IntStream.range(0, instances.size())
                .mapToObj(i -> "#{instance" + i + "}")
                .collect(Collectors.joining(", "));
        NativeExecutionQuery query = runtime.createNativeExecutionQuery()
                .sql("select * from act_ru_execution where proc_inst_id_ in (" + places + ")");
        for (int i = 0; i < instances.size(); i++) {
            query.parameter("instance" + i, instances.get(i));
        }
        return query.list();
    }

    private static <T> T withoutAuthorization(CommandContext context, Callable<T> read) {
        return context.runWithoutAuthorization(read);
    }
}
