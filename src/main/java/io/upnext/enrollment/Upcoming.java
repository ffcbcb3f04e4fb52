package io.upnext.enrollment;

import io.upnext.record.Records;
import io.upnext.sequence.Definition;
import io.upnext.sequence.Sequences;
import io.upnext.sequence.Step;
import io.upnext.sequence.StepIndex;
import io.upnext.sequence.Versions;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** What may come next for an enrollment: every branch that is still open, as far as a person wants to look ahead. */
@Component
public class Upcoming {

    private static final int AHEAD = 6;

    private final Versions versions;
    private final Sequences sequences;
    private final Records records;
    private final WaitTimes times;
    private final ModeOutlook modes;

    Upcoming(Versions versions, Sequences sequences, Records records, WaitTimes times, ModeOutlook modes) {
        this.versions = versions;
        this.sequences = sequences;
        this.records = records;
        this.times = times;
        this.modes = modes;
    }

    /** @param plannedAt null where it depends on what people do */
    public record Coming(StepRunView.Info step, Instant plannedAt) {}

    /**
     * @param done steps done or skipped; conditions are no steps here
     * @param left steps of the longest way that remains, the current one included
     */
    public record Outlook(List<Coming> coming, int done, int left) {}

    /** @param runs all of the enrollment's, by the time they were entered */
    public Outlook of(Enrollment enrollment, List<StepRun> runs) {
        StepIndex steps = versions.index(enrollment.version());
        int done = (int) runs.stream().filter(Upcoming::isDone).count();
        if (enrollment.ended()) {
            return new Outlook(List.of(), done, 0);
        }
        List<StepRun> current =
                runs.stream().filter(run -> run.finishedAt() == null).toList();
        Definition definition = versions.get(enrollment.version()).definition();
        if (definition.effectiveMode() != Definition.Mode.ADAPTIVE) {
            List<Coming> coming = modes.of(enrollment, definition, runs);
            List<Coming> shown = coming.subList(0, Math.min(AHEAD, coming.size()));
            return new Outlook(shown, done, current.size() + coming.size());
        }
        Paths paths = new Paths(steps);
        int left = current.stream()
                .mapToInt(run -> paths.longest(run.stepId()))
                .max()
                .orElse(0);
        Deque<Place> ahead = new ArrayDeque<>();
        if (enrollment.state() == Enrollment.State.CONNECTING) {
            start(enrollment, steps).ifPresent(step -> ahead.add(new Place(step, enrollment.startAt())));
            left = ahead.isEmpty() ? 0 : paths.longest(ahead.peek().step.id());
        }
        current.forEach(run -> next(steps, run.stepId(), known(steps, run), ahead));
        return new Outlook(walk(context(enrollment, steps), ahead), done, left);
    }

    private static boolean isDone(StepRun run) {
        return run.type() != Step.Type.CONDITION
                && (run.state() == StepRun.State.DONE || run.state() == StepRun.State.SKIPPED);
    }

    private static java.util.Optional<Step> start(Enrollment enrollment, StepIndex steps) {
        return enrollment.startStep() == null ? steps.all().stream().findFirst() : steps.step(enrollment.startStep());
    }

    /** When the current step ends, where a clock decides that. */
    private static Instant known(StepIndex steps, StepRun run) {
        if (run.state() != StepRun.State.WAITING) {
            return null;
        }
        boolean atLimit = steps.step(run.stepId()).orElse(null) instanceof Step.Condition condition
                && condition.decide() == Step.Condition.Decide.AT_LIMIT;
        return run.type() == Step.Type.WAIT || run.isWaitingToLeave() || atLimit ? run.dueAt() : null;
    }

    private EnrollmentContext context(Enrollment enrollment, StepIndex steps) {
        return new EnrollmentContext(
                enrollment,
                sequences.find(enrollment.sequence()).orElse(null),
                versions.get(enrollment.version()),
                steps,
                records.graph(enrollment.record()).orElse(null));
    }

    private List<Coming> walk(EnrollmentContext context, Deque<Place> ahead) {
        List<Coming> coming = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        while (!ahead.isEmpty() && coming.size() < AHEAD) {
            Place place = ahead.poll();
            if (seen.add(place.step.id())) {
                coming.add(new Coming(StepRunView.Info.of(place.step), place.at));
                next(context.steps(), place.step.id(), after(place, context), ahead);
            }
        }
        return coming;
    }

    private static void next(StepIndex steps, String stepId, Instant at, Deque<Place> ahead) {
        steps.next(stepId).forEach(step -> ahead.add(new Place(step, at)));
    }

    private Instant after(Place place, EnrollmentContext context) {
        if (place.at == null) {
            return null;
        }
        return switch (place.step.type()) {
            case WAIT -> times.endOf((Step.Wait) place.step, context, place.at);
            case AUTOMATED_EMAIL, AB_TEST, AUTOMATED_TEXT, UPDATE_FIELD -> place.at;
            case CONDITION -> afterCondition((Step.Condition) place.step, context, place.at);
            default -> null;
        };
    }

    private Instant afterCondition(Step.Condition condition, EnrollmentContext context, Instant at) {
        if (!condition.onMail()) {
            return at;
        }
        boolean atLimit = condition.decide() == Step.Condition.Decide.AT_LIMIT;
        return atLimit ? times.after(condition.within(), context, at) : null;
    }

    private record Place(Step step, Instant at) {}

    /** The longest way from a step to an end; a go-to never leads back, so every way ends. */
    private static final class Paths {
        private final StepIndex steps;
        private final Map<String, Integer> known = new HashMap<>();

        private Paths(StepIndex steps) {
            this.steps = steps;
        }

        private int longest(String stepId) {
            Integer length = known.get(stepId);
            if (length != null) {
                return length;
            }
            int rest = steps.next(stepId).stream()
                    .mapToInt(step -> longest(step.id()))
                    .max()
                    .orElse(0);
            boolean counts = steps.step(stepId)
                    .filter(step -> step.type() != Step.Type.CONDITION)
                    .isPresent();
            known.put(stepId, rest + (counts ? 1 : 0));
            return known.get(stepId);
        }
    }
}
