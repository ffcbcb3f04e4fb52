package io.upnext.enrollment;

import io.upnext.enrollment.InstanceMigration.Label;
import io.upnext.sequence.Step;
import io.upnext.sequence.StepIndex;
import io.upnext.sequence.Versions;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.RecordType;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * After a migration steps that stay open are called, and ask for, what the new version says: in our lists as in Tasklist.
 * Whose they are and when they are due stays.
 */
@Component
class Relabelling {

    private final StepRunRows runs;
    private final InstanceMigration instances;
    private final Versions versions;
    private final ByHand byHand;

    Relabelling(StepRunRows runs, InstanceMigration instances, Versions versions, ByHand byHand) {
        this.runs = runs;
        this.instances = instances;
        this.versions = versions;
        this.byHand = byHand;
    }

    /** Costs one look at the definitions where nothing that is shown differs. */
    void after(Passage passage, RecordType type, Collection<EnrollmentId> moved) {
        StepIndex to = versions.index(passage.to().id());
        Map<String, Step> changed = versions.index(passage.from().id()).all().stream()
                .filter(old -> passage.steps()
                        .same(old.id())
                        .filter(now -> !shown(type, now).equals(shown(type, old)))
                        .isPresent())
                .map(old -> to.step(old.id()).orElseThrow())
                .collect(Collectors.toMap(Step::id, Function.identity()));
        if (!changed.isEmpty() && !moved.isEmpty()) {
            changed.values().forEach(step -> runs.rename(moved, step.id(), StartedTask.nameOf(step)));
            instances.relabel(runs.openAt(moved, changed.keySet()).stream()
                    .map(run -> label(type, run, changed.get(run.stepId())))
                    .toList());
        }
    }

    private Label label(RecordType type, StepRun run, Step step) {
        return new Label(run.taskId(), instructions(type, step));
    }

    private Shown shown(RecordType type, Step step) {
        return new Shown(StartedTask.nameOf(step), instructions(type, step));
    }

    private String instructions(RecordType type, Step step) {
        return StartedTask.joined(StartedTask.instructions(step), byHand.task(type, step));
    }

    private record Shown(String name, String instructions) {}
}
