package io.upnext.enrollment;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.upnext.enrollment.MigrationRequest.Choice;
import io.upnext.enrollment.MigrationRequest.DueTimes;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.Paged;
import java.util.List;
import java.util.Map;

/**
 * Who would go where.
 *
 * @param counts by what becomes of them: CONTINUE, NEXT, COMPLETE (nothing follows), STAY, DISCONNECT, UNDECIDED
 * @param steps where they are now, in the order of the old version; what has not begun comes first, without a step
 */
public record MigrationPlan(
        int fromVersion,
        int toVersion,
        DueTimes dueTimes,
        int total,
        Map<String, Integer> counts,
        List<AtStep> steps,
        Paged<Move> enrollments) {

    /**
     * @param renamed what the new version calls it, where that differs; {@code now} for pages
     * @param removed the new version does not have it
     * @param choice what was chosen for it, where it is removed
     * @param next where those would go on that leave it; null where nothing follows
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record AtStep(
            StepRunView.Info step,
            long enrollments,
            String renamed,
            @JsonIgnore StepRunView.Info now,
            boolean removed,
            Choice choice,
            StepRunView.Info next) {}

    /**
     * @param steps ids of the steps it is at, {@code stepNames} as the old version calls them
     * @param to the steps it is at afterwards, {@code toNames} as the version calls them that it is on then
     * @param at those steps for pages, {@code then} those it is at afterwards
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Move(
            EnrollmentId enrollment,
            RecordRef record,
            Enrollment.State state,
            String action,
            List<String> steps,
            List<String> to,
            List<String> stepNames,
            List<String> toNames,
            @JsonIgnore List<StepRunView.Info> at,
            @JsonIgnore List<StepRunView.Info> then) {}

    public boolean undecided() {
        return counts.containsKey("UNDECIDED");
    }
}
