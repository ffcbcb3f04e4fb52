package io.upnext.bpmn;

import io.upnext.sequence.Definition;
import io.upnext.shared.SequenceId;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * How the parts of a sequence are called in its process, both ways.
 *
 * <p>A step becomes {@code step-<id>}; what is derived from it is {@code step-<id>_<part>}. Step ids never contain an
 * underscore, so that a step {@code a-limit} and the limit of a step {@code a} stay apart and the step of every element
 * can be read off its id.
 */
public final class ElementIds {

    public static final String START = "start";
    public static final String END = "end";
    public static final String EXIT = "exit";
    public static final String EXIT_REQUESTED = "exit-requested";
    public static final String EXIT_DONE = "exit-done";

    /** Smart: the timer of the next run, and the gateway that asks whether any step is left to run. */
    public static final String RUN = "next-run";

    public static final String LEFT = "left";
    static final String LEFT_SOME = "left_some";
    static final String LEFT_NONE = "left_none";

    /** Classic and Smart: where a record stays whose steps are all done, if that is no reason to end. */
    public static final String STANDBY = "standby";

    /** The message that {@link #STANDBY} waits for; a migration to a version with more steps moves on what stands there. */
    public static final String STEPS_ADDED_MESSAGE = "steps-added";

    /** The message that ends an enrollment from outside. */
    public static final String EXIT_MESSAGE = "exit";

    /** The message that tells a waiting mail condition that what it asks for has happened. */
    public static final String MAIL_EVENT_MESSAGE = "mail-event";

    /** The part of the flow that a Classic step takes whose condition does not hold. */
    public static final String PASSED = "passed";

    private static final String PROCESS = "sequence-";
    private static final String STEP = "step-";
    private static final char PART = '_';
    private static final Pattern STEP_ID = Pattern.compile("[a-z][a-z0-9-]{0,39}");

    private ElementIds() {}

    /** The key of the process definition, the same for all versions of a sequence. */
    public static String process(SequenceId sequence) {
        return PROCESS + sequence;
    }

    /** The sequence behind the key of a process definition; empty where it is not one of ours. */
    public static Optional<SequenceId> sequenceOf(String processKey) {
        if (processKey == null || !processKey.startsWith(PROCESS)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new SequenceId(UUID.fromString(processKey.substring(PROCESS.length()))));
        } catch (IllegalArgumentException notAnId) {
            return Optional.empty();
        }
    }

    /** The element a step is: the task, event or call, and of a condition the gateway with its Yes. */
    public static String step(String stepId) {
        return STEP + stepId;
    }

    /** Of a mail condition that decides at the limit: the gateway before the timer, which sends unsent mail to No. */
    public static String sent(String conditionId) {
        return part(conditionId, "sent");
    }

    /** Of a mail condition that decides at once: the event-based gateway. */
    public static String waiting(String conditionId) {
        return part(conditionId, "wait");
    }

    /** Of a mail condition that decides at once: the event that waits for {@link #MAIL_EVENT_MESSAGE}. */
    public static String happened(String conditionId) {
        return part(conditionId, "happened");
    }

    /** Of a mail condition: the timer of its limit. */
    public static String limit(String conditionId) {
        return part(conditionId, "limit");
    }

    /** The flow out of a condition's gateway that its test opens. */
    public static String yes(String conditionId) {
        return part(conditionId, "yes");
    }

    /** The flow out of a condition's gateway where its test has failed for good. */
    public static String no(String conditionId) {
        return part(conditionId, "no");
    }

    /** The flow to No of a mail condition whose mail was not sent, or whose step was skipped. */
    public static String refused(String conditionId) {
        return part(conditionId, "refused");
    }

    /** The flow of a mail condition that nothing has decided yet. */
    public static String open(String conditionId) {
        return part(conditionId, "open");
    }

    /** Classic: the timer of the step's day, which is where the step begins. */
    public static String day(String stepId) {
        return part(stepId, "day");
    }

    /** Classic: the gateway that asks for the step's own condition, its Yes and its No. */
    public static String when(String stepId) {
        return part(stepId, "when");
    }

    static String holds(String stepId) {
        return part(stepId, "holds");
    }

    static String passed(String stepId) {
        return part(stepId, PASSED);
    }

    /** Classic: the gateway before an advance that lets it go once nobody's step is open, its Yes and its No. */
    public static String ready(String stepId) {
        return part(stepId, "ready");
    }

    static String free(String stepId) {
        return part(stepId, "free");
    }

    static String busy(String stepId) {
        return part(stepId, "busy");
    }

    /** Smart: the gateway that asks whether it is the step's turn, its Yes and its No. */
    public static String turn(String stepId) {
        return part(stepId, "turn");
    }

    /** Smart: is it one of the gateways that every run passes? */
    public static boolean isQuestionOfRun(String elementId) {
        return LEFT.equals(elementId)
                || (stepOf(elementId).isPresent() && partOf(elementId).equals("turn"));
    }

    static String now(String stepId) {
        return part(stepId, "now");
    }

    static String later(String stepId) {
        return part(stepId, "later");
    }

    /** Classic and Smart: the gateway from which a person's step goes its own way, that way, and the other one. */
    public static String fork(String stepId) {
        return part(stepId, "fork");
    }

    static String work(String stepId) {
        return part(stepId, "work");
    }

    static String onward(String stepId) {
        return part(stepId, "onward");
    }

    /** Where a sequence of the mode is entered at a step; empty where every record begins at the start event. */
    public static Optional<String> entry(Definition.Mode mode, String stepId) {
        return switch (mode) {
            case ADAPTIVE -> Optional.of(step(stepId));
            case CLASSIC -> Optional.of(day(stepId));
            case SMART -> Optional.empty();
        };
    }

    /** The only flow that leaves an element which is no gateway. */
    static String next(String elementId) {
        return elementId + PART + "next";
    }

    /** A flow out of an event-based gateway. */
    static String until(String eventId) {
        return eventId + PART + "awaited";
    }

    /** The shape or edge of an element in the diagram. */
    static String drawn(String elementId) {
        return elementId + PART + "di";
    }

    /** The step an element or a flow belongs to; empty for those that belong to none, such as {@link #START}. */
    public static Optional<String> stepOf(String elementId) {
        if (elementId == null || !elementId.startsWith(STEP)) {
            return Optional.empty();
        }
        int part = elementId.indexOf(PART);
        String stepId = elementId.substring(STEP.length(), part < 0 ? elementId.length() : part);
        return isStepId(stepId) ? Optional.of(stepId) : Optional.empty();
    }

    /** Which part of a step an element or flow is, such as {@code limit} or {@code yes}; empty for the step itself. */
    public static String partOf(String elementId) {
        int part = elementId == null ? -1 : elementId.indexOf(PART);
        return part < 0 ? "" : elementId.substring(part + 1);
    }

    /** Whether a text has the form of a step id. */
    public static boolean isStepId(String text) {
        return text != null && STEP_ID.matcher(text).matches();
    }

    private static String part(String stepId, String part) {
        return step(stepId) + PART + part;
    }
}
