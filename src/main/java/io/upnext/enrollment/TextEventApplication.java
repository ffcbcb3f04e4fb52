package io.upnext.enrollment;

import io.upnext.enrollment.Enrollment.Reason;
import io.upnext.messaging.TextEvent;
import io.upnext.messaging.TextEventListener;
import io.upnext.shared.Actor;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Applies what happened to a text message to its enrollment: lets the process go on when the gateway has it, ends the
 * enrollment on an answer or a STOP as on those by mail.
 */
@Component
class TextEventApplication implements TextEventListener {

    private final EnrollmentContexts contexts;
    private final StepRunRows runs;
    private final Settlement settlement;
    private final Exits exits;
    private final Announcements announcements;

    TextEventApplication(
            EnrollmentContexts contexts,
            StepRunRows runs,
            Settlement settlement,
            Exits exits,
            Announcements announcements) {
        this.contexts = contexts;
        this.runs = runs;
        this.settlement = settlement;
        this.exits = exits;
        this.announcements = announcements;
    }

    @Override
    public void on(TextEvent event) {
        EnrollmentContext context = contexts.lockIfThere(event.enrollment()).orElse(null);
        // Erased meanwhile: nothing is left that the text could move
        if (context == null) {
            return;
        }
        announcements.text(context.enrollment(), event);
        switch (event.kind()) {
            case REPLIED -> exit(context, context.options().exitOnReply(), Reason.REPLIED);
            case STOPPED -> exit(context, context.options().exitOnUnsubscribe(), Reason.UNSUBSCRIBED);
            default ->
                Optional.ofNullable(event.stepRun())
                        .flatMap(runs::find)
                        .ifPresent(run -> happened(event, context, run));
        }
    }

    /** An answer from the inbox belongs to no step: then there is none to move. */
    private void happened(TextEvent event, EnrollmentContext context, StepRun run) {
        switch (event.kind()) {
            case SENT -> settlement.settle(context, run, StepRun.State.DONE, "SENT");
            case REFUSED ->
                settlement.settle(
                        context, run, StepRun.State.SKIPPED, event.refusal().name());
            case FAILED -> settlement.fail(context, run, event.detail());
            case UNCERTAIN ->
                settlement.fail(
                        context,
                        run,
                        "Delivery uncertain: " + event.detail() + " Decide whether it was sent; it is not"
                                + " repeated by itself.");
            default -> arrived(run, event.kind().name());
        }
    }

    /** The step went on when the gateway had the text; it only shows how far that got. */
    private void arrived(StepRun run, String outcome) {
        if (run.state() == StepRun.State.DONE) {
            runs.outcome(run.id(), outcome);
        }
    }

    private void exit(EnrollmentContext context, boolean wanted, Reason reason) {
        if (wanted && !context.enrollment().ended()) {
            exits.end(context.enrollment().id(), reason, Actor.SYSTEM);
        }
    }
}
