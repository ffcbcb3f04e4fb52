package io.upnext.enrollment;

import io.upnext.shared.SequenceId;
import java.util.Map;

/**
 * What a migration was asked for; kept as the argument of its operation.
 *
 * @param from number of the version that is left; null for every other one
 * @param removedSteps what becomes of those at a step the new version does not have, by the step's id
 * @param otherwise the same for steps not named there; null refuses the enrollment and leaves it where it is
 */
public record MigrationRequest(
        SequenceId sequence,
        Integer from,
        int to,
        Map<String, Choice> removedSteps,
        Choice otherwise,
        DueTimes dueTimes) {

    /** What becomes of an enrollment at a step that the new version does not have. */
    public enum Choice {
        /** It goes on at the nearest following step that is still there; without one it is completed. */
        NEXT,
        DISCONNECT,
        /** It stays on its version. */
        STAY
    }

    /** What becomes of waits, limits and due times that run. */
    public enum DueTimes {
        KEEP,
        /** As if the step had been begun with the new version's setting. */
        RECALCULATE
    }

    Choice choice(String step) {
        return removedSteps.getOrDefault(step, otherwise);
    }
}
