package io.upnext.enrollment;

import io.upnext.sequence.Step;
import io.upnext.shared.RecordType;

/**
 * A manual step that has begun, with what its form shows.
 *
 * @param recordName of a person, so never to be kept in the engine longer than the task
 * @param instructions the step's description, script and checklist as plain text; may be empty
 * @param proposed the filled template of a text message; null where there is none
 */
public record StartedTask(StepRun run, RecordType recordType, String recordName, String instructions, String proposed) {

    static StartedTask of(StepRun run, Step step, EnrollmentContext context, String proposed) {
        String name = context.graph() == null ? "" : context.graph().record().name();
        return new StartedTask(run, context.enrollment().recordType(), name, instructions(step), proposed);
    }

    /** @param more a line below the instructions; null for none */
    StartedTask with(String more) {
        return new StartedTask(run, recordType, recordName, joined(instructions, more), proposed);
    }

    static String joined(String instructions, String more) {
        return more == null ? instructions : (instructions + "\n\n" + more).strip();
    }

    static String nameOf(Step step) {
        return step.name() == null ? step.id() : step.name();
    }

    static String instructions(Step step) {
        StringBuilder text = new StringBuilder(step.description() == null ? "" : step.description());
        if (step instanceof Step.Instructed instructed) {
            if (instructed.script() != null) {
                text.append(text.isEmpty() ? "" : "\n\n").append(instructed.script());
            }
            if (instructed.checklist() != null) {
                instructed.checklist().forEach(item -> text.append("\n- ").append(item));
            }
        }
        return text.toString().strip();
    }
}
