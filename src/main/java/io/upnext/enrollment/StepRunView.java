package io.upnext.enrollment;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.upnext.enrollment.abtest.Variant;
import io.upnext.sequence.Step;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.Principal;
import io.upnext.shared.SequenceId;
import io.upnext.shared.StepRunId;
import java.time.Instant;
import java.util.List;

/**
 * A step run as the API shows it, with what a seller needs to know to do the step.
 *
 * @param variant which version of its mail was drawn, of an A/B test
 */
public record StepRunView(
        StepRunId id,
        EnrollmentId enrollment,
        SequenceId sequence,
        Info step,
        RecordRef record,
        StepRun.State state,
        Principal assignee,
        Instant enteredAt,
        Instant dueAt,
        Instant snoozedUntil,
        Instant finishedAt,
        String outcome,
        String note,
        String cause,
        String taskId,
        @JsonInclude(JsonInclude.Include.NON_NULL) Variant variant) {

    /**
     * The step as its version describes it; what its type does not have is null.
     *
     * @param name its id where it has none
     * @param step for pages, which say in words what has no name; null where the version has no such step
     */
    public record Info(
            String id,
            Step.Type type,
            String name,
            String description,
            String script,
            List<String> checklist,
            String template,
            @JsonIgnore Step step) {

        Info withTemplate(String other) {
            return new Info(id, type, name, description, script, checklist, other, step);
        }

        /** Made manual. @param task what is to be done, in a line; or null */
        Info byHand(Step.Type manual, String task) {
            String both = task == null
                    ? description
                    : description == null || description.isBlank() ? task : description + "\n\n" + task;
            return new Info(id, manual, name, both, script, checklist, template, step);
        }

        public static Info of(Step step) {
            return new Info(
                    step.id(),
                    step.type(),
                    StartedTask.nameOf(step),
                    step.description(),
                    step instanceof Step.Instructed instructed ? instructed.script() : null,
                    step instanceof Step.Instructed instructed ? instructed.checklist() : null,
                    step instanceof Step.Email mail
                            ? mail.template()
                            : step instanceof Step.Text text ? text.template() : null,
                    step);
        }
    }
}
