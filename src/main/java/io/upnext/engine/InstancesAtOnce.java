package io.upnext.engine;

import java.sql.ResultSet;
import java.sql.SQLException;
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
                ReadAheadManager tables = (ReadAheadManager) context.getDbEntityManager();
                tables.use(restore(tables, unknown));
                return null;
            });
        }
    }

    void readJobs(CommandContext context, Collection<String> jobs) {
        withoutAuthorization(
                context,
                () -> management.createJobQuery().jobIds(Set.copyOf(jobs)).list());
    }

    private ReadAhead restore(ReadAheadManager tables, List<String> instances) {
        List<ExecutionEntity> all =
                executions(instances).stream().map(ExecutionEntity.class::cast).toList();
        Map<String, List<ExecutionEntity>> executions =
                all.stream().collect(Collectors.groupingBy(ExecutionEntity::getProcessInstanceId));
        Map<String, List<VariableInstanceEntity>> variables = variables(tables, instances).stream()
                .collect(Collectors.groupingBy(VariableInstanceEntity::getProcessInstanceId));
        executions.forEach((instance, tree) -> tree.stream()
                .filter(ExecutionEntity::isProcessInstanceExecution)
                .forEach(root -> root.restoreProcessInstance(
                        tree, null, variables.getOrDefault(instance, List.of()), null, null, null, null)));
        return new ReadAhead(all, jdbc, tables, () -> jobs(Set.copyOf(instances)));
    }

    /** By SQL as well: the engine's own query joins the tables of executions and tasks and takes longer than all others. */
    private List<VariableInstanceEntity> variables(ReadAheadManager tables, List<String> instances) {
        return tables.loaded(jdbc.sql("select * from act_ru_variable where proc_inst_id_ = any (?)")
                .params((Object) instances.toArray(String[]::new))
                .query(InstancesAtOnce::variable)
                .list());
    }

    private static VariableInstanceEntity variable(ResultSet row, int number) throws SQLException {
        VariableInstanceEntity variable = new VariableInstanceEntity();
        variable.setId(row.getString("id_"));
        variable.setRevision(row.getInt("rev_"));
        variable.setName(row.getString("name_"));
        variable.setSerializerName(row.getString("type_"));
        variable.setProcessDefinitionId(row.getString("proc_def_id_"));
        variable.setProcessInstanceId(row.getString("proc_inst_id_"));
        variable.setExecutionId(row.getString("execution_id_"));
        variable.setTaskId(row.getString("task_id_"));
        variable.setVariableScopeId(row.getString("var_scope_"));
        variable.setByteArrayValueId(row.getString("bytearray_id_"));
        variable.setDoubleValue(row.getObject("double_", Double.class));
        variable.setLongValue(row.getObject("long_", Long.class));
        variable.setTextValue(row.getString("text_"));
        variable.setTextValue2(row.getString("text2_"));
        variable.setSequenceCounter(row.getLong("sequence_counter_"));
        variable.setConcurrentLocal(row.getBoolean("is_concurrent_local_"));
        variable.setTenantId(row.getString("tenant_id_"));
        return variable;
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
