package io.upnext.enrollment;

import io.upnext.messaging.OutgoingText;
import io.upnext.messaging.TextEvent;
import io.upnext.messaging.TextOutbox;
import io.upnext.messaging.TextRecipient;
import io.upnext.messaging.TextTemplates;
import io.upnext.sequence.Step;
import io.upnext.shared.Principal;
import io.upnext.shared.Problem;
import io.upnext.shared.ProblemException;
import io.upnext.shared.UnprocessableException;
import io.upnext.shared.UserId;
import java.util.List;
import org.springframework.stereotype.Component;

/** Queues the text messages of steps, and says which evidence a seller's one needs. */
@Component
class TextSteps {

    private final TextOutbox outbox;
    private final TextTemplates templates;

    TextSteps(TextOutbox outbox, TextTemplates templates) {
        this.templates = templates;
        this.outbox = outbox;
    }

    /** The filled template of a seller's step, as far as it can be filled; else null. */
    String proposed(EnrollmentContext context, Step step, StepRun run) {
        if (!(step instanceof Step.Text text) || text.template() == null || context.graph() == null) {
            return null;
        }
        try {
            return templates.render(text.template(), text.language(), run.record(), sender(context, run));
        } catch (ProblemException lacksSomething) {
            return null;
        }
    }

    void automated(EnrollmentContext context, Step.Text step, StepRun run) {
        outbox.queue(text(context, step, run, step.template(), null), MailSteps.window(context));
    }

    void written(EnrollmentContext context, Step.Text step, StepRun run, String text) {
        outbox.queue(text(context, step, run, null, text));
    }

    private static OutgoingText text(
            EnrollmentContext context, Step.Text step, StepRun run, String template, String written) {
        return new OutgoingText(
                run.id(),
                run.enrollment(),
                run.stepId(),
                run.record(),
                sender(context, run),
                template,
                step.language(),
                written);
    }

    /** A team has no name to sign with: then it is the sequence's owner. */
    private static UserId sender(EnrollmentContext context, StepRun run) {
        Principal assignee = run.assignee();
        return assignee != null && assignee.isUser()
                ? new UserId(assignee.id())
                : context.sequence().owner();
    }

    /** @throws UnprocessableException where there is neither a text that can be sent nor a word that one was */
    void check(StepRun run, Completion completion) {
        String text = completion.text();
        if (text == null) {
            if (!completion.doneElsewhere()) {
                throw refused("Send a text with this step, or say that it was done elsewhere.");
            }
            return;
        }
        if (text.isBlank()) {
            throw refused("The text message is empty; write something, or say that it was done elsewhere.");
        }
        if (text.length() > TextOutbox.LONGEST) {
            throw refused("The text has " + text.length() + " characters; " + TextOutbox.LONGEST + " are the most.");
        }
        outbox.recipient(run.record()).map(TextRecipient::refusal).ifPresent(refusal -> {
            throw refused("This text cannot be sent: " + sentence(refusal) + " Skip the step or say that it was done"
                    + " elsewhere.");
        });
    }

    private static String sentence(TextEvent.Refusal refusal) {
        return switch (refusal) {
            case DO_NOT_TEXT -> "the person is marked 'do not text'.";
            case SUPPRESSED -> "the number is on the suppression list.";
            case NO_NUMBER -> "the person has no phone number.";
            case INVALID_NUMBER -> "the phone number is not valid.";
            case GIVEN_UP -> "it was given up.";
        };
    }

    private static UnprocessableException refused(String message) {
        return new UnprocessableException(message, List.of(Problem.error("text", message)));
    }
}
