package io.upnext.enrollment;

import io.upnext.messaging.MailActivity;
import io.upnext.messaging.MailEvent;
import io.upnext.sequence.Step;
import io.upnext.sequence.Step.Test;
import io.upnext.shared.EnrollmentId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Decides the conditions that ask about the mail they follow. */
@Component
class MailConditions {

    private final StepRunRows runs;
    private final MailActivity activity;

    MailConditions(StepRunRows runs, MailActivity activity) {
        this.runs = runs;
        this.activity = activity;
    }

    /** Has what the condition asks for happened by now? What happened before the token reached it counts. */
    boolean happened(EnrollmentContext context, Step.Condition condition) {
        Test.Mail test = (Test.Mail) condition.test();
        Set<Step.MailEvent> seen =
                subject(context, condition).map(run -> seen(run)).orElse(Set.of());
        return test.any() != null && !test.any().isEmpty()
                ? test.any().stream().anyMatch(seen::contains)
                : test.all() != null && !test.all().isEmpty() && seen.containsAll(test.all());
    }

    /** No mail left, so none can be opened: the seller skipped it or sent it elsewhere, or it was refused. */
    boolean notSent(EnrollmentContext context, Step.Condition condition) {
        return subject(context, condition)
                .map(run -> !List.of("SENT", "QUEUED").contains(String.valueOf(run.outcome())))
                .orElse(true);
    }

    /**
     * The mail it asks about. Who came from another version may wait here for a mail whose step is gone: that stays the
     * mail, and it is the last that was sent.
     */
    private Optional<StepRun> subject(EnrollmentContext context, Step.Condition condition) {
        EnrollmentId enrollment = context.enrollment().id();
        return context.steps()
                .subjectOf(condition.id())
                .flatMap(step -> runs.newest(enrollment, step.id()))
                .or(() -> runs.newest(enrollment, condition.id())
                        .filter(run -> run.state() == StepRun.State.WAITING)
                        .flatMap(run -> runs.lastSentMail(enrollment)));
    }

    private Set<Step.MailEvent> seen(StepRun run) {
        return activity.of(run.id()).stream()
                .flatMap(kind -> asked(kind).stream())
                .collect(Collectors.toSet());
    }

    private static Optional<Step.MailEvent> asked(MailEvent.Kind kind) {
        return switch (kind) {
            case OPENED -> Optional.of(Step.MailEvent.OPENED);
            case LINK_CLICKED -> Optional.of(Step.MailEvent.LINK_CLICKED);
            case REPLIED -> Optional.of(Step.MailEvent.REPLIED);
            case ATTACHMENT_OPENED -> Optional.of(Step.MailEvent.ATTACHMENT_OPENED);
            default -> Optional.empty();
        };
    }
}
