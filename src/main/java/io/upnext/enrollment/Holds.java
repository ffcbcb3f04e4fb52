package io.upnext.enrollment;

import io.upnext.messaging.MailEvent;
import io.upnext.messaging.Outbox;
import io.upnext.record.Timeline;
import io.upnext.security.CompanyCalendar;
import io.upnext.shared.Actor;
import io.upnext.shared.BusinessCalendar;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.WorkingTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Out of office: until the recipient is back no automated mail leaves and no manual step is due. Waits and limits go on
 * meanwhile, so that a sequence does not pile up behind. A reply ends it, and so may a person.
 */
@Component
public class Holds {

    /** Whoever is away for longer is asked again then; most such dates are misread or meant for something else. */
    private static final Duration LONGEST = Duration.ofDays(60);

    private static final LocalTime MORNING = LocalTime.of(9, 0);

    private final HoldRows rows;
    private final StepRunRows runs;
    private final WaitTimes times;
    private final SequenceRuntime runtime;
    private final Outbox outbox;
    private final Timeline timeline;
    private final CompanyCalendar calendar;
    private final Clock clock;

    Holds(
            HoldRows rows,
            StepRunRows runs,
            WaitTimes times,
            SequenceRuntime runtime,
            Outbox outbox,
            Timeline timeline,
            CompanyCalendar calendar,
            Clock clock) {
        this.rows = rows;
        this.runs = runs;
        this.times = times;
        this.runtime = runtime;
        this.outbox = outbox;
        this.timeline = timeline;
        this.calendar = calendar;
        this.clock = clock;
    }

    /** Until when nothing is sent and nothing is due; empty where it is not held or no longer. */
    public Optional<Instant> until(EnrollmentId enrollment) {
        return rows.until(enrollment).filter(until -> until.isAfter(clock.instant()));
    }

    /** Those of them for which nothing is sent now. */
    Set<EnrollmentId> among(Collection<EnrollmentId> enrollments) {
        return rows.heldAmong(enrollments, clock.instant());
    }

    /** The step's due time, or the end of the hold where that is later. */
    Instant notBefore(EnrollmentContext context, Instant due) {
        // Nobody can have answered a sequence that begins now.
        if (!context.enrollment().connectedAt().isBefore(clock.instant())) {
            return due;
        }
        return until(context.enrollment().id())
                .filter(until -> until.isAfter(due))
                .orElse(due);
    }

    /** In the caller's transaction, which holds the enrollment's lock. */
    void absent(EnrollmentContext context, MailEvent event) {
        if (event.backOn() == null || context.enrollment().ended()) {
            return;
        }
        Instant now = clock.instant();
        Instant until = opening(event.backOn(), context, event.at());
        if (!until.isAfter(now)) {
            return;
        }
        EnrollmentId id = context.enrollment().id();
        rows.put(id, until, event.backOn(), event.mail(), now);
        runs.of(id).stream().filter(StepRun::isOpen).forEach(run -> move(run, until));
        remember(
                context,
                "held",
                Map.of("until", until.atZone(times.zone(context)).toLocalDate().toString()),
                Actor.SYSTEM);
    }

    /** The morning of the first working day from then on, where the recipient is. */
    private Instant opening(LocalDate backOn, EnrollmentContext context, Instant answered) {
        ZoneId zone = times.zone(context);
        LocalDate latest = answered.plus(LONGEST).atZone(zone).toLocalDate();
        LocalDate day = backOn.isAfter(latest) ? latest : backOn;
        return BusinessCalendar.afterWorkingDays(
                day.atTime(MORNING).atZone(zone).toInstant(), 0, 0, zone, WorkingTime.weekdays(calendar.daysOff()));
    }

    private void move(StepRun run, Instant until) {
        if (run.dueAt() != null && run.dueAt().isBefore(until)) {
            rows.moved(run.enrollment(), run.id(), run.dueAt());
            due(run, until);
        }
    }

    private void due(StepRun run, Instant due) {
        runs.due(run.id(), due);
        if (run.taskId() != null) {
            runtime.due(run.taskId(), due);
        }
    }

    /** The recipient is back: what was held goes on, and what was put off stays due now. */
    void over(EnrollmentId id) {
        rows.delete(id);
        outbox.release(id);
    }

    /**
     * What was held goes on: mails at once, steps are due when they were before.
     *
     * @param why REPLIED or USER
     * @return whether it was held
     */
    boolean end(EnrollmentContext context, String why, Actor by) {
        EnrollmentId id = context.enrollment().id();
        if (rows.until(id).isEmpty()) {
            return false;
        }
        boolean held = until(id).isPresent();
        Map<?, Instant> before = rows.moved(id);
        rows.delete(id);
        if (held) {
            runs.of(id).stream()
                    .filter(run -> run.isOpen() && before.containsKey(run.id()))
                    .forEach(run -> due(run, before.get(run.id())));
            outbox.release(id);
            remember(context, "hold-ended", Map.of("why", why), by);
        }
        return held;
    }

    private void remember(EnrollmentContext context, String what, Map<String, String> details, Actor by) {
        Map<String, String> all = new HashMap<>(details);
        all.put("enrollment", context.enrollment().id().toString());
        timeline.add(new Timeline.Entry(context.enrollment().record(), clock.instant(), "enrollment." + what, by, all));
    }
}
