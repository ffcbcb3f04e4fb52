package io.upnext.enrollment.simulation;

import io.upnext.sequence.Step;
import java.time.Instant;
import java.util.Optional;

/** How long steps take that are neither conditions nor ends, the same in every mode. */
final class Doing {

    private final World world;

    Doing(World world) {
        this.world = world;
    }

    /** When the step is done; empty where it never is. */
    Optional<Instant> done(Traveller traveller, Step step, Instant at) {
        if (step instanceof Step.Wait wait) {
            return Optional.of(world.endOf(traveller.number, wait, at));
        }
        if (step instanceof Step.UpdateField update) {
            world.updated(traveller.number, update);
        }
        if (!step.type().manual()) {
            return step.type().mail() ? mail(traveller, step, at) : Optional.of(at);
        }
        Instant due = step instanceof Step.Instructed task ? world.after(traveller.number, task.dueIn(), at) : at;
        if (traveller.goneBy(due)) {
            return Optional.of(due);
        }
        Instant done = world.taskDue(traveller.number, step, due);
        if (step.type() == Step.Type.PHONE_CALL) {
            traveller.called(step.id());
        }
        if (step.type().mail()) {
            mail(traveller, step, done);
        }
        return Optional.of(done);
    }

    private Optional<Instant> mail(Traveller traveller, Step step, Instant at) {
        if (world.refused(traveller.number, step)) {
            return Optional.of(at);
        }
        Optional<Instant> leaves = world.mailLeaves(traveller.number, step, at);
        // Whom a reply takes out before its turn gets none, yet its place stays taken: it was planned
        leaves.filter(when -> !traveller.goneBy(when)).ifPresent(when -> {
            world.sent(traveller.number, when);
            traveller.mailed(step.id(), when);
        });
        return leaves;
    }
}
