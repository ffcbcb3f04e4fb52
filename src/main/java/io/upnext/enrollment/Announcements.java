package io.upnext.enrollment;

import io.upnext.enrollment.webhook.Happening;
import io.upnext.enrollment.webhook.WebhookEvent;
import io.upnext.enrollment.webhook.WebhookOutbox;
import io.upnext.messaging.MailEvent;
import io.upnext.messaging.TextEvent;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Tells webhooks what happens to enrollments, ids and states, nothing of a person; and audiences that ask about sequences. Called where the rows change, so that
 * no way around it exists.
 */
@Component
class Announcements {

    private final WebhookOutbox outbox;
    private final RecordChanges changes;
    private final Clock clock;

    Announcements(WebhookOutbox outbox, RecordChanges changes, Clock clock) {
        this.outbox = outbox;
        this.changes = changes;
        this.clock = clock;
    }

    /** They run from now on. */
    void connected(Collection<Enrollment> enrollments) {
        Instant now = clock.instant();
        enrollments(enrollments, WebhookEvent.ENROLLMENT_CONNECTED, now);
    }

    void paused(Collection<Enrollment> enrollments) {
        enrollments(enrollments, WebhookEvent.ENROLLMENT_PAUSED, clock.instant());
    }

    void resumed(Collection<Enrollment> enrollments) {
        enrollments(enrollments, WebhookEvent.ENROLLMENT_RESUMED, clock.instant());
    }

    void ended(Collection<Enrollment> enrollments) {
        enrollments(enrollments, WebhookEvent.ENROLLMENT_ENDED, clock.instant());
    }

    private void enrollments(Collection<Enrollment> enrollments, WebhookEvent event, Instant at) {
        changes.moved(() -> enrollments.stream().map(Enrollment::record));
        if (!enrollments.isEmpty() && outbox.wants(event)) {
            outbox.add(enrollments.stream()
                    .map(enrollment -> new Happening(event, enrollment.id(), at, data(enrollment)))
                    .toList());
        }
    }

    /** Some steps are done as they begin: they are announced twice, entered and done. */
    void entered(Collection<StepRun> runs) {
        changes.moved(() -> runs.stream().map(StepRun::record));
        if (outbox.wants(WebhookEvent.STEP_ENTERED)) {
            outbox.add(runs.stream()
                    .map(run -> new Happening(WebhookEvent.STEP_ENTERED, run.enrollment(), run.enteredAt(), data(run)))
                    .toList());
        }
        moved(runs.stream().filter(run -> run.finishedAt() != null).toList());
    }

    /** They are done, skipped or failed now; others are not announced. */
    void moved(Collection<StepRun> runs) {
        for (StepRun run : runs) {
            WebhookEvent event =
                    switch (run.state()) {
                        case DONE -> WebhookEvent.STEP_DONE;
                        case SKIPPED -> WebhookEvent.STEP_SKIPPED;
                        case FAILED -> WebhookEvent.STEP_FAILED;
                        case WAITING, OPEN, CANCELLED -> null;
                    };
            if (event != null && outbox.wants(event)) {
                Instant at = run.finishedAt() == null ? clock.instant() : run.finishedAt();
                outbox.add(List.of(new Happening(event, run.enrollment(), at, data(run))));
            }
        }
    }

    void mail(Enrollment enrollment, MailEvent mail) {
        WebhookEvent event = kind(mail);
        if (event == null || !outbox.wants(event)) {
            return;
        }
        Map<String, Object> data = ids(enrollment);
        data.put("mail", mail.mail().toString());
        put(data, "stepRun", mail.stepRun());
        put(data, "step", mail.stepId());
        put(data, "refusal", mail.refusal());
        if (event == WebhookEvent.MAIL_BOUNCED) {
            data.put("hard", mail.kind() == MailEvent.Kind.BOUNCED_HARD);
        }
        outbox.add(List.of(new Happening(event, enrollment.id(), mail.at(), data)));
    }

    /** Null for what is not announced: by machines, or of no consequence. */
    private static WebhookEvent kind(MailEvent mail) {
        return switch (mail.kind()) {
            case SENT -> WebhookEvent.MAIL_SENT;
            case REFUSED -> WebhookEvent.MAIL_REFUSED;
            case FAILED -> WebhookEvent.MAIL_FAILED;
            case UNCERTAIN -> WebhookEvent.MAIL_UNCERTAIN;
            case OPENED -> mail.human() ? WebhookEvent.MAIL_OPENED : null;
            case LINK_CLICKED -> mail.human() ? WebhookEvent.MAIL_CLICKED : null;
            case ATTACHMENT_OPENED -> mail.human() ? WebhookEvent.MAIL_ATTACHMENT_OPENED : null;
            case REPLIED -> WebhookEvent.MAIL_REPLIED;
            case BOUNCED_HARD, BOUNCED_SOFT -> WebhookEvent.MAIL_BOUNCED;
            case COMPLAINED -> WebhookEvent.MAIL_COMPLAINED;
            case UNSUBSCRIBED -> WebhookEvent.MAIL_UNSUBSCRIBED;
            case DELIVERED, DELAYED, AUTO_REPLIED -> null;
        };
    }

    void text(Enrollment enrollment, TextEvent text) {
        WebhookEvent event =
                switch (text.kind()) {
                    case SENT -> WebhookEvent.TEXT_SENT;
                    case REFUSED -> WebhookEvent.TEXT_REFUSED;
                    case FAILED, UNCERTAIN, UNDELIVERED -> WebhookEvent.TEXT_FAILED;
                    case REPLIED -> WebhookEvent.TEXT_REPLIED;
                    case STOPPED -> WebhookEvent.TEXT_STOPPED;
                    case DELIVERED -> null;
                };
        if (event == null || !outbox.wants(event)) {
            return;
        }
        Map<String, Object> data = ids(enrollment);
        data.put("text", text.text().toString());
        put(data, "stepRun", text.stepRun());
        put(data, "step", text.stepId());
        put(data, "refusal", text.refusal());
        outbox.add(List.of(new Happening(event, enrollment.id(), text.at(), data)));
    }

    private static Map<String, Object> ids(Enrollment enrollment) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("enrollment", enrollment.id().toString());
        data.put("sequence", enrollment.sequence().toString());
        data.put("record", enrollment.record().toString());
        return data;
    }

    private static Map<String, Object> data(Enrollment enrollment) {
        Map<String, Object> data = ids(enrollment);
        data.put("recordType", enrollment.recordType().name());
        data.put("version", enrollment.versionNumber());
        data.put("state", enrollment.state().name());
        put(data, "reason", enrollment.reason());
        put(data, "previousEnrollment", enrollment.previous());
        return data;
    }

    private static Map<String, Object> data(StepRun run) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("enrollment", run.enrollment().toString());
        data.put("sequence", run.sequence().toString());
        data.put("record", run.record().toString());
        data.put("stepRun", run.id().toString());
        data.put("step", run.stepId());
        data.put("stepType", run.type().name());
        data.put("state", run.state().name());
        put(data, "outcome", run.outcome());
        put(data, "dueAt", run.dueAt());
        return data;
    }

    private static void put(Map<String, Object> data, String name, Object value) {
        if (value != null) {
            data.put(name, value.toString());
        }
    }
}
