package io.upnext.worklist.web;

import io.upnext.enrollment.Enrollment;
import io.upnext.enrollment.Enrollments;
import io.upnext.enrollment.StepRun;
import io.upnext.messaging.TextEvent;
import io.upnext.messaging.TextOutbox;
import io.upnext.messaging.TextRecipient;
import io.upnext.messaging.TextTemplates;
import io.upnext.security.CurrentUser;
import io.upnext.sequence.Step;
import io.upnext.sequence.Versions;
import io.upnext.shared.ProblemException;
import io.upnext.shared.UserId;
import java.util.Optional;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** The text message a seller's step proposes: the filled template, and to which number it would go. */
@Component
class TextMessages {

    private final Enrollments enrollments;
    private final Versions versions;
    private final TextTemplates templates;
    private final TextOutbox outbox;
    private final MessageSource texts;

    TextMessages(
            Enrollments enrollments,
            Versions versions,
            TextTemplates templates,
            TextOutbox outbox,
            MessageSource texts) {
        this.enrollments = enrollments;
        this.versions = versions;
        this.templates = templates;
        this.outbox = outbox;
        this.texts = texts;
    }

    WorkItem.Message of(CurrentUser user, StepRun run) {
        TextRecipient to = outbox.recipient(run.record()).orElse(new TextRecipient(null, TextEvent.Refusal.NO_NUMBER));
        String problem = to.refusal() == null ? null : text("texting.refusal." + to.refusal());
        Enrollment enrollment = enrollments.find(run.enrollment()).orElseThrow();
        Optional<Step> step = versions.index(enrollment.version()).step(run.stepId());
        if (!(step.orElse(null) instanceof Step.Text message) || message.template() == null) {
            return new WorkItem.Message(to.number(), "", problem);
        }
        UserId sender = run.assignee() != null && run.assignee().isUser()
                ? new UserId(run.assignee().id())
                : user.id();
        try {
            String text = templates.render(message.template(), message.language(), run.record(), sender);
            return new WorkItem.Message(to.number(), text, problem);
        } catch (ProblemException e) {
            return new WorkItem.Message(to.number(), "", problem == null ? e.getMessage() : problem);
        }
    }

    private String text(String key) {
        return texts.getMessage(key, null, key, LocaleContextHolder.getLocale());
    }
}
