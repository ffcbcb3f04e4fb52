package io.upnext.bpmn;

import io.upnext.sequence.Definition;
import io.upnext.sequence.Step;
import io.upnext.shared.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What keeps a definition from being drawn as a process at all. The checks of a sequence ask for more; these are the
 * ones without which there would be no well-formed diagram, under the same rule ids.
 */
final class Refusals {

    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, Place> places = new HashMap<>();
    private final List<Leap> leaps = new ArrayList<>();
    private int count;

    private Refusals() {}

    private record Place(int position, Step step) {}

    private record Leap(int position, String target, String after) {}

    /** Everything that is wrong, in document order; empty where it compiles. */
    static List<Problem> of(Definition definition) {
        Refusals refusals = new Refusals();
        if (definition.mode() != null && definition.mode() != Definition.Mode.ADAPTIVE) {
            refusals.schedule(definition);
            if (definition.steps() != null) {
                refusals.scheduled(definition.mode(), definition.steps());
            }
            return refusals.problems;
        }
        refusals.steps(definition.steps(), null);
        refusals.leaps.forEach(refusals::leap);
        return refusals.problems;
    }

    private void schedule(Definition definition) {
        Definition.Schedule schedule = definition.schedule();
        boolean smart = definition.mode() == Definition.Mode.SMART;
        if (schedule == null || schedule.at() == null) {
            error(
                    smart ? "smart-interval" : "classic-day",
                    null,
                    "The schedule needs a time of day such as 09:30 in 'schedule.at'.");
        }
        if (smart && (schedule == null || schedule.every() == null)) {
            error("smart-interval", null, "Say in 'schedule.every' how often the sequence runs.");
        }
    }

    private void scheduled(Definition.Mode mode, List<Step> steps) {
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            if (step instanceof Step.GoTo || step instanceof Step.Condition || step instanceof Step.Wait) {
                error(
                        "mode-step-type",
                        step.id(),
                        "The mode " + mode + " has no waits, conditions or go-tos; take it out.");
                continue;
            }
            step(step, null, i == steps.size() - 1);
            if (mode == Definition.Mode.CLASSIC && step.timing().day() == null) {
                error("classic-day", step.id(), "Give the step a day from 1 to 90.");
            }
        }
    }

    private void steps(List<Step> steps, String before) {
        if (steps == null) {
            return;
        }
        String previous = before;
        for (int i = 0; i < steps.size(); i++) {
            step(steps.get(i), previous, i == steps.size() - 1);
            previous = steps.get(i).id();
        }
    }

    private void step(Step step, String previous, boolean last) {
        if (step instanceof Step.GoTo goTo) {
            if (!last) {
                error("goto-target", previous, "Nothing may follow a go-to; remove what stands behind it.");
            }
            leaps.add(new Leap(count, goTo.target(), previous));
            return;
        }
        identity(step);
        count++;
        if (step instanceof Step.Condition condition) {
            condition(condition, last);
        } else if (step instanceof Step.Advance && !last) {
            error("advance-not-last", step.id(), "Nothing may follow an advance; remove what stands behind it.");
        }
    }

    private void identity(Step step) {
        if (!ElementIds.isStepId(step.id())) {
            error(
                    "step-id",
                    null,
                    "The step \"" + step.name() + "\" needs an id of at most 40 lower-case letters, digits and hyphens"
                            + " that begins with a letter.");
        } else if (places.putIfAbsent(step.id(), new Place(count, step)) != null) {
            error("step-id-duplicate", step.id(), "Two steps have the id " + step.id() + "; give one another id.");
        }
    }

    private void condition(Step.Condition condition, boolean last) {
        if (!last) {
            error("condition-last", condition.id(), "Move what follows the condition into one of its branches.");
        }
        test(condition);
        steps(condition.yes(), condition.id());
        steps(condition.no(), condition.id());
    }

    private void test(Step.Condition condition) {
        Step.Test test = condition.test();
        if (test == null) {
            error("condition-test", condition.id(), "Choose what the condition asks.");
        } else if (test instanceof Step.Test.Mail mail) {
            mail(condition, mail);
        }
    }

    private void mail(Step.Condition condition, Step.Test.Mail mail) {
        List<Step.MailEvent> events = mail.any() == null ? mail.all() : mail.any();
        if (events == null || events.isEmpty()) {
            error("condition-test", condition.id(), "Choose what the condition asks of the mail.");
        }
        if (condition.within() == null) {
            error("within-range", condition.id(), "Give the condition a limit from 1 hour to 30 days.");
        }
    }

    private void leap(Leap leap) {
        Place target = places.get(leap.target());
        if (target == null) {
            error("goto-target", leap.after(), "The go-to leads to a step that does not exist; choose another.");
        } else if (target.position() < leap.position()) {
            error("goto-target", leap.after(), "The go-to leads back to " + leap.target() + "; it may only lead on.");
        } else if (target.step() instanceof Step.Condition condition
                && !(condition.test() instanceof Step.Test.Field)
                && !(condition.test() instanceof Step.Test.Stage)) {
            error("goto-target", leap.after(), "A go-to cannot lead to a mail or call condition; choose another step.");
        }
    }

    private void error(String rule, String step, String message) {
        problems.add(Problem.error(rule, step, message));
    }
}
