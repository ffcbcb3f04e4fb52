package io.upnext.engine;

import io.upnext.bpmn.ElementIds;
import io.upnext.enrollment.Completion;
import io.upnext.enrollment.Enrollment;
import io.upnext.enrollment.SequenceRuntime;
import io.upnext.enrollment.StepRun;
import io.upnext.shared.ConflictException;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.Principal;
import io.upnext.shared.TeamId;
import io.upnext.shared.VersionId;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.exception.NullValueException;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.persistence.entity.SuspensionState;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstantiationBuilder;
import org.camunda.bpm.engine.task.IdentityLink;
import org.camunda.bpm.engine.task.IdentityLinkType;
import org.camunda.bpm.engine.task.Task;
import org.springframework.context.annotation.Lazy;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Carries enrollments on the engine. Each call joins the caller's transaction. */
@Component
class EngineRuntime implements SequenceRuntime {

    private final RuntimeService runtime;
    private final TaskService tasks;
    private final ManagementService management;
    private final ProcessEngineConfigurationImpl configuration;
    private final InstancesAtOnce instances;
    private final VersionDefinitions definitions;
    private final EngineNames names;
    private final JdbcClient jdbc;
    private final Clock clock;

    EngineRuntime(
            @Lazy RuntimeService runtime,
            @Lazy TaskService tasks,
            @Lazy ManagementService management,
            @Lazy ProcessEngineConfigurationImpl configuration,
            InstancesAtOnce instances,
            VersionDefinitions definitions,
            EngineNames names,
            JdbcClient jdbc,
            Clock clock) {
        this.runtime = runtime;
        this.tasks = tasks;
        this.management = management;
        this.configuration = configuration;
        this.instances = instances;
        this.definitions = definitions;
        this.names = names;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** All starts share one command of the engine, which so writes its rows in batches. */
    @Override
    public Map<EnrollmentId, String> start(VersionId version, List<Start> starts) {
        String definition = definitions.definitionOf(version);
        return translated(() -> configuration.getCommandExecutorTxRequired().execute(context -> {
            Map<EnrollmentId, String> instances = new LinkedHashMap<>();
            starts.forEach(start -> instances.put(start.enrollment(), start(definition, start)));
            return instances;
        }));
    }

    private String start(String definition, Start start) {
        ProcessInstantiationBuilder builder = runtime.createProcessInstanceById(definition)
                .businessKey(EngineNames.businessKey(start.recordType(), start.record()))
                .setVariable(EngineNames.ENROLLMENT, start.enrollment().toString());
        if (start.startStep() != null) {
            ElementIds.entry(start.mode(), start.startStep()).ifPresent(builder::startBeforeActivity);
        }
        return builder.execute().getProcessInstanceId();
    }

    @Override
    public void exit(String processInstanceId, Enrollment.Reason reason) {
        // Its event belongs to the whole process, and so to the execution that is the instance
        message(processInstanceId, ElementIds.EXIT_MESSAGE);
    }

    @Override
    public void complete(String taskId, Completion completion) {
        try {
            GivenCompletion.during(
                    completion,
                    () -> translated(() -> {
                        tasks.complete(taskId);
                        return null;
                    }));
        } catch (NullValueException e) {
            throw new ConflictException("The step is no longer open.");
        }
    }

    @Override
    public void together(List<Enrollment> enrollments, Runnable work) {
        List<String> ids = enrollments.stream()
                .map(Enrollment::processInstanceId)
                .filter(Objects::nonNull)
                .toList();
        translated(() -> configuration.getCommandExecutorTxRequired().execute(context -> {
            instances.read(context, ids);
            work.run();
            return null;
        }));
    }

    /** What has ended meanwhile needs no signal: that is success. */
    @Override
    public void proceed(Enrollment enrollment, StepRun run) {
        SignalIfThere signal =
                new SignalIfThere(run.executionId(), enrollment.processInstanceId(), ElementIds.step(run.stepId()));
        translated(() -> configuration.getCommandExecutorTxRequired().execute(signal));
    }

    @Override
    public void happened(String executionId, String stepId) {
        message(executionId, ElementIds.MAIL_EVENT_MESSAGE);
    }

    private void message(String executionId, String name) {
        translated(() -> configuration.getCommandExecutorTxRequired().execute(new MessageIfThere(executionId, name)));
    }

    /** First the old token goes, then a new one comes: the other way round, one that runs to its end counts as cancelled. */
    @Override
    public void pass(String processInstanceId, String stepId) {
        String activity = ElementIds.step(stepId);
        translated(() -> {
            runtime.createProcessInstanceModification(processInstanceId)
                    .cancelAllForActivity(activity)
                    .startAfterActivity(activity)
                    .execute();
            return null;
        });
    }

    @Override
    public void makeManual(Enrollment enrollment, StepRun run) {
        String element = ElementIds.step(run.stepId());
        String instance = enrollment.processInstanceId();
        ManualTurn.during(() -> translated(() -> run.executionId() == null
                ? begin(instance, element)
                : configuration
                        .getCommandExecutorTxRequired()
                        .execute(new OpenByHand(run.executionId(), instance, element))));
    }

    /** It failed before it was entered: its job enters it now. */
    private Void begin(String processInstanceId, String element) {
        Job job = management
                .createJobQuery()
                .processInstanceId(processInstanceId)
                .activityId(element)
                .singleResult();
        if (job == null) {
            throw new ConflictException("The step has just gone on; look again.");
        }
        management.executeJob(job.getId());
        return null;
    }

    @Override
    public void endTimer(String executionId) {
        moveTimer(executionId, clock.instant());
    }

    @Override
    public void moveTimer(String executionId, Instant due) {
        for (Job timer :
                management.createJobQuery().executionId(executionId).timers().list()) {
            management.setJobDuedate(timer.getId(), Date.from(due));
        }
    }

    @Override
    public void moveClock(String processInstanceId, Instant due) {
        for (Job timer : management
                .createJobQuery()
                .processInstanceId(processInstanceId)
                .timers()
                .list()) {
            management.setJobDuedate(timer.getId(), Date.from(due));
        }
    }

    @Override
    public void suspend(Collection<String> processInstanceIds) {
        suspension(processInstanceIds, SuspensionState.SUSPENDED);
    }

    @Override
    public void unsuspend(Collection<String> processInstanceIds) {
        suspension(processInstanceIds, SuspensionState.ACTIVE);
    }

    private void suspension(Collection<String> instances, SuspensionState state) {
        if (!instances.isEmpty()) {
            translated(() -> configuration
                    .getCommandExecutorTxRequired()
                    .execute(new SetSuspension(List.copyOf(instances), state, jdbc)));
        }
    }

    @Override
    public void due(String taskId, Instant due) {
        Task task = tasks.createTaskQuery().taskId(taskId).singleResult();
        if (task != null) {
            task.setDueDate(Date.from(due));
            save(task);
        }
    }

    @Override
    public void assign(String taskId, Principal assignee) {
        for (IdentityLink link : tasks.getIdentityLinksForTask(taskId)) {
            if (IdentityLinkType.CANDIDATE.equals(link.getType()) && link.getGroupId() != null) {
                tasks.deleteCandidateGroup(taskId, link.getGroupId());
            }
        }
        translated(() -> {
            tasks.setAssignee(taskId, assignee.isUser() ? names.userName(assignee) : null);
            if (!assignee.isUser()) {
                tasks.addCandidateGroup(taskId, EngineNames.group(new TeamId(assignee.id())));
            }
            return null;
        });
    }

    @Override
    public void snooze(String taskId, Instant until) {
        Task task = tasks.createTaskQuery().taskId(taskId).singleResult();
        if (task != null) {
            task.setFollowUpDate(until == null ? null : Date.from(until));
            save(task);
        }
    }

    private void save(Task task) {
        translated(() -> {
            tasks.saveTask(task);
            return null;
        });
    }

    @Override
    public void retry(String processInstanceId) {
        management.createJobQuery().processInstanceId(processInstanceId).noRetriesLeft().list().stream()
                .map(Job::getId)
                .forEach(job -> management.setJobRetries(job, 1));
    }

    static <T> T translated(Supplier<T> call) {
        try {
            return call.get();
        } catch (OptimisticLockingException e) {
            throw new OptimisticLockingFailureException("Somebody else moved the same process instance", e);
        }
    }
}
