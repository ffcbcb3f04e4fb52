package io.upnext.engine;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.impl.db.DbEntity;
import org.camunda.bpm.engine.impl.history.event.HistoricActivityInstanceEventEntity;
import org.camunda.bpm.engine.impl.history.event.HistoricProcessInstanceEventEntity;
import org.camunda.bpm.engine.impl.history.event.HistoricScopeInstanceEvent;
import org.camunda.bpm.engine.impl.jobexecutor.ProcessEventJobHandler;
import org.camunda.bpm.engine.impl.persistence.entity.EventSubscriptionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What the engine asks of each process instance by itself, read for a group of them when it is asked of the first: the
 * jobs and event subscriptions of an execution, the incidents of a job, the beginning of what ends. Anything else
 * is left to the engine. The engine writes when its command ends, so that until then the tables stay as they were read.
 */
final class ReadAhead {

    private final Map<String, ExecutionEntity> executions;
    private final Set<String> instances;
    private final JdbcClient jdbc;
    private final ReadAheadManager tables;
    private final Supplier<List<JobEntity>> readJobs;
    private Map<String, List<JobEntity>> jobs;
    private Set<String> jobIds;
    private Set<String> jobsWithIncident;
    private Map<String, List<EventSubscriptionEntity>> subscriptions;
    private Set<String> subscriptionsWithoutJob;
    private Map<String, Timestamp> activityStarts;
    private Map<String, Timestamp> instanceStarts;

    /**
     * @param tables of the command
     * @param readJobs the jobs of all their process instances
     */
    ReadAhead(
            Collection<ExecutionEntity> executions,
            JdbcClient jdbc,
            ReadAheadManager tables,
            Supplier<List<JobEntity>> readJobs) {
        this.executions = executions.stream().collect(Collectors.toMap(ExecutionEntity::getId, one -> one));
        this.instances =
                executions.stream().map(ExecutionEntity::getProcessInstanceId).collect(Collectors.toSet());
        this.jdbc = jdbc;
        this.tables = tables;
        this.readJobs = readJobs;
    }

    /** Empty where it is not known. @param statement the engine's name of the query */
    Optional<List<? extends DbEntity>> list(String statement, Object parameter) {
        return switch (statement) {
            case "selectJobsByExecutionId" ->
                executions.containsKey((String) parameter)
                        ? Optional.of(jobs().getOrDefault((String) parameter, List.of()))
                        : Optional.empty();
            case "selectEventSubscriptionsByExecution" ->
                executions.containsKey((String) parameter)
                        ? Optional.of(subscriptions().getOrDefault((String) parameter, List.of()))
                        : Optional.empty();
            case "selectIncidentsByConfiguration" -> {
                String job = (String) ((Map<?, ?>) parameter).get("configuration");
                yield jobIds().contains(job) && !jobsWithIncident().contains(job)
                        ? Optional.of(List.of())
                        : Optional.empty();
            }
            case "selectJobsByConfiguration" -> {
                Map<?, ?> asked = (Map<?, ?>) parameter;
                yield ProcessEventJobHandler.TYPE.equals(asked.get("handlerType"))
                                && subscriptionsWithoutJob().contains(asked.get("handlerConfiguration"))
                        ? Optional.of(List.of())
                        : Optional.empty();
            }
            default -> Optional.empty();
        };
    }

    /** The engine asks what ends for its beginning, and for nothing else; empty where it is not known. */
    <T> Optional<T> start(Class<T> type, String id) {
        if (type == HistoricActivityInstanceEventEntity.class) {
            return started(
                    type,
                    new HistoricActivityInstanceEventEntity(),
                    activityStarts().get(id));
        }
        if (type == HistoricProcessInstanceEventEntity.class && instances.contains(id)) {
            return started(
                    type,
                    new HistoricProcessInstanceEventEntity(),
                    instanceStarts().get(id));
        }
        return Optional.empty();
    }

    private static <T> Optional<T> started(Class<T> type, HistoricScopeInstanceEvent event, Timestamp start) {
        event.setStartTime(start);
        return start == null ? Optional.empty() : Optional.of(type.cast(event));
    }

    private Map<String, List<JobEntity>> jobs() {
        if (jobs == null) {
            List<JobEntity> all = readJobs.get();
            jobIds = all.stream().map(JobEntity::getId).collect(Collectors.toSet());
            jobs = all.stream()
                    .filter(job -> job.getExecutionId() != null)
                    .collect(Collectors.groupingBy(JobEntity::getExecutionId));
        }
        return jobs;
    }

    private Set<String> jobIds() {
        jobs();
        return jobIds;
    }

    private Set<String> jobsWithIncident() {
        if (jobsWithIncident == null) {
            jobsWithIncident =
                    new HashSet<>(jdbc.sql("select configuration_ from act_ru_incident where configuration_ = any (?)")
                            .params((Object) jobIds().toArray(String[]::new))
                            .query(String.class)
                            .list());
        }
        return jobsWithIncident;
    }

    /** Their only query for several would be one of the engine's own mappings. */
    private Map<String, List<EventSubscriptionEntity>> subscriptions() {
        if (subscriptions == null) {
            subscriptions = tables
                    .loaded(jdbc.sql("select * from act_ru_event_subscr where execution_id_ = any (?)")
                            .params((Object) executions.keySet().toArray(String[]::new))
                            .query(ReadAhead::subscription)
                            .list())
                    .stream()
                    .collect(Collectors.groupingBy(EventSubscriptionEntity::getExecutionId));
        }
        return subscriptions;
    }

    private static EventSubscriptionEntity subscription(ResultSet row, int number) throws SQLException {
        EventSubscriptionEntity subscription = new EventSubscriptionEntity();
        subscription.setEventType(row.getString("event_type_"));
        subscription.setId(row.getString("id_"));
        subscription.setRevision(row.getInt("rev_"));
        subscription.setEventName(row.getString("event_name_"));
        subscription.setExecutionId(row.getString("execution_id_"));
        subscription.setProcessInstanceId(row.getString("proc_inst_id_"));
        subscription.setActivityId(row.getString("activity_id_"));
        subscription.setConfiguration(row.getString("configuration_"));
        subscription.setCreated(row.getTimestamp("created_"));
        subscription.setTenantId(row.getString("tenant_id_"));
        return subscription;
    }

    private Set<String> subscriptionsWithoutJob() {
        if (subscriptionsWithoutJob == null) {
            Set<String> all = subscriptions().values().stream()
                    .flatMap(List::stream)
                    .map(EventSubscriptionEntity::getId)
                    .collect(Collectors.toSet());
            jdbc.sql("select handler_cfg_ from act_ru_job where handler_type_ = 'event' and handler_cfg_ = any (?)")
                    .params((Object) all.toArray(String[]::new))
                    .query(String.class)
                    .list()
                    .forEach(all::remove);
            subscriptionsWithoutJob = all;
        }
        return subscriptionsWithoutJob;
    }

    private Map<String, Timestamp> activityStarts() {
        if (activityStarts == null) {
            activityStarts = starts(
                    "select id_, start_time_ from act_hi_actinst where id_ = any (?)",
                    executions.values().stream()
                            .map(ExecutionEntity::getActivityInstanceId)
                            .toList());
        }
        return activityStarts;
    }

    private Map<String, Timestamp> instanceStarts() {
        if (instanceStarts == null) {
            instanceStarts = starts("select id_, start_time_ from act_hi_procinst where id_ = any (?)", instances);
        }
        return instanceStarts;
    }

    private Map<String, Timestamp> starts(String sql, Collection<String> ids) {
        Map<String, Timestamp> starts = new HashMap<>();
        jdbc.sql(sql).params((Object) ids.toArray(String[]::new)).query(row -> {
            starts.put(row.getString(1), row.getTimestamp(2));
        });
        return starts;
    }
}
