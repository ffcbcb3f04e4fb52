package io.upnext.engine;

import io.upnext.enrollment.Completion;
import io.upnext.enrollment.ManualSteps;
import io.upnext.enrollment.ManualTurns;
import io.upnext.enrollment.StartedTask;
import io.upnext.enrollment.StepProgress;
import io.upnext.messaging.OutgoingMail;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.Principal;
import io.upnext.shared.TeamId;
import io.upnext.shared.UserId;
import java.util.Date;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.impl.context.Context;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;

/** Tells the enrollment about user tasks, whoever moved them: our pages and API or Tasklist. */
@Component
class TaskEvents {

    private static final int DESCRIPTION_LENGTH = 3900;
    private static final int NAME_LENGTH = 200;

    /** What the forms hand in; the guard of the web applications lets nothing else in. */
    private static final Set<String> HANDED_IN = Set.of("outcome", "note", "subject", "body", "doneElsewhere", "skip");

    private final StepProgress progress;
    private final ManualSteps manualSteps;
    private final ManualTurns turns;
    private final EngineNames names;

    TaskEvents(@Lazy StepProgress progress, @Lazy ManualSteps manualSteps, @Lazy ManualTurns turns, EngineNames names) {
        this.progress = progress;
        this.turns = turns;
        this.manualSteps = manualSteps;
        this.names = names;
    }

    void created(DelegateTask task) {
        EnrollmentId enrollment = EngineNames.enrollment(task.getExecution());
        String step = EngineNames.step(task.getExecution());
        StartedTask started = ManualTurn.isOn()
                ? turns.opened(enrollment, step, task.getId(), task.getExecutionId())
                : progress.manualStarted(enrollment, step, task.getId(), task.getExecutionId());
        task.setDueDate(Date.from(started.run().dueAt()));
        assign(task, started.run().assignee());
        show(task, started);
    }

    /** The person's name goes with the task: it is a variable of the task, and the engine keeps no history of those. */
    private static void show(DelegateTask task, StartedTask started) {
        if (!started.instructions().isEmpty()) {
            instruct(task, started.instructions());
        }
        if (started.proposed() != null) {
            task.setVariableLocal("proposedText", StringUtils.truncate(started.proposed(), DESCRIPTION_LENGTH));
        }
        task.setVariableLocal("recordName", StringUtils.truncate(started.recordName(), NAME_LENGTH));
        task.setVariableLocal(
                "recordLink",
                "/records/" + started.recordType().plural() + "/"
                        + started.run().record());
    }

    static void instruct(DelegateTask task, String text) {
        String instructions = StringUtils.truncate(text, DESCRIPTION_LENGTH);
        task.setDescription(instructions.isEmpty() ? null : instructions);
        task.setVariableLocal("instructions", instructions);
    }

    private void assign(DelegateTask task, Principal assignee) {
        if (assignee.isUser()) {
            task.setAssignee(names.userName(assignee));
        } else {
            task.addCandidateGroup(EngineNames.group(new TeamId(assignee.id())));
        }
    }

    void completed(DelegateTask task) {
        EnrollmentId enrollment = EngineNames.enrollment(task.getExecution());
        manualSteps.completed(enrollment, task.getId(), completion(task));
    }

    /** From our own side the completion comes with the call; a form of Tasklist leaves it in the task's variables. */
    private Completion completion(DelegateTask task) {
        Completion given = GivenCompletion.current();
        if (given != null) {
            return given;
        }
        Completion handedIn = handedIn(task, names.user(currentUser()).orElse(null));
        // The form left them in the process, where they would stay for others to read; nothing has been written yet
        task.removeVariables(HANDED_IN);
        return handedIn;
    }

    private static Completion handedIn(DelegateTask task, UserId by) {
        if (Boolean.TRUE.equals(task.getVariable("skip"))) {
            return Completion.skipped(by, text(task, "note"));
        }
        String subject = text(task, "subject");
        String body = text(task, "body");
        boolean elsewhere = Boolean.TRUE.equals(task.getVariable("doneElsewhere"));
        boolean mail = subject != null && !subject.isBlank();
        boolean message = !mail && !elsewhere && body != null && !body.isBlank();
        return new Completion(
                by,
                text(task, "outcome"),
                text(task, "note"),
                mail ? new OutgoingMail.Written(subject, PlainText.toHtml(body)) : null,
                message ? body : null,
                elsewhere,
                false);
    }

    private static String text(DelegateTask task, String variable) {
        Object value = task.getVariable(variable);
        return value == null ? null : value.toString();
    }

    private static String currentUser() {
        return Context.getCommandContext().getAuthenticatedUserId();
    }

    void assigned(DelegateTask task) {
        if (!justStarted(task)) {
            names.user(task.getAssignee()).ifPresent(user -> manualSteps.assigned(task.getId(), Principal.user(user)));
        }
    }

    void updated(DelegateTask task) {
        if (!justStarted(task)) {
            Date followUp = task.getFollowUpDate();
            manualSteps.snoozed(task.getId(), followUp == null ? null : followUp.toInstant());
        }
    }

    private boolean justStarted(DelegateTask task) {
        return progress.justStarted(
                EngineNames.enrollment(task.getExecution()), EngineNames.step(task.getExecution()), task.getId());
    }
}
