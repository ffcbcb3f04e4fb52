package io.upnext.worklist;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.upnext.enrollment.Enrollment;
import io.upnext.enrollment.EnrollmentView;
import io.upnext.enrollment.EnrollmentViews;
import io.upnext.enrollment.Enrollments;
import io.upnext.enrollment.Holds;
import io.upnext.enrollment.StepRun;
import io.upnext.enrollment.StepRunView;
import io.upnext.enrollment.StepRuns;
import io.upnext.enrollment.Upcoming;
import io.upnext.record.Records;
import io.upnext.security.CurrentUser;
import io.upnext.shared.RecordId;
import io.upnext.shared.RecordType;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;

/** What is up next for one record, in each sequence it is in. */
@Component
public class UpNext {

    private final Records records;
    private final Enrollments enrollments;
    private final StepRuns stepRuns;
    private final EnrollmentViews views;
    private final Upcoming upcoming;
    private final Holds holds;

    UpNext(
            Records records,
            Enrollments enrollments,
            StepRuns stepRuns,
            EnrollmentViews views,
            Upcoming upcoming,
            Holds holds) {
        this.records = records;
        this.enrollments = enrollments;
        this.stepRuns = stepRuns;
        this.views = views;
        this.upcoming = upcoming;
        this.holds = holds;
    }

    public record Entries(List<Entry> enrollments) {}

    /**
     * @param current the steps it is at: open, waiting or failed
     * @param coming what may come next, nearest first
     * @param done how many steps are done or skipped
     * @param left how many are left on the longest way, the current one included
     * @param heldUntil until when an absence holds the next steps back, or null
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Entry(
            EnrollmentView enrollment,
            List<StepRunView> current,
            List<Upcoming.Coming> coming,
            int done,
            int left,
            Instant heldUntil) {}

    /**
     * @param ended also the enrollments that are over, after those that run
     * @throws io.upnext.shared.NotFoundException where there is no such record or the user may not see it
     */
    public Entries of(CurrentUser user, RecordType type, RecordId id, boolean ended) {
        records.get(user, type, id);
        List<Enrollment> all = enrollments.ofRecord(id);
        List<Entry> entries = new java.util.ArrayList<>();
        all.stream().filter(enrollment -> !enrollment.ended()).forEach(e -> entries.add(entry(user, e)));
        if (ended) {
            all.stream().filter(Enrollment::ended).forEach(e -> entries.add(entry(user, e)));
        }
        return new Entries(entries);
    }

    private Entry entry(CurrentUser user, Enrollment enrollment) {
        List<StepRun> runs = stepRuns.withPlannedTimes(stepRuns.of(enrollment.id()));
        List<StepRun> current =
                runs.stream().filter(run -> run.finishedAt() == null).toList();
        Upcoming.Outlook outlook = upcoming.of(enrollment, runs);
        return new Entry(
                views.of(user, enrollment),
                views.ofRuns(user, current),
                outlook.coming(),
                outlook.done(),
                outlook.left(),
                enrollment.ended() ? null : holds.until(enrollment.id()).orElse(null));
    }
}
