package io.upnext.messaging.sending;

import io.upnext.messaging.MailEvent.Refusal;
import io.upnext.messaging.WaitingPreview;
import io.upnext.shared.ConflictException;
import io.upnext.shared.StepRunId;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What a queued mail would look like if it left now; nothing is kept of it. */
@Component
public class MailPreviews {

    private final MailQueue queue;
    private final Composer composer;

    MailPreviews(MailQueue queue, Composer composer) {
        this.queue = queue;
        this.composer = composer;
    }

    @Transactional(readOnly = true)
    public WaitingPreview of(StepRunId stepRun) {
        QueuedMail mail = queue.find(stepRun)
                .orElseThrow(() -> new ConflictException("The mail no longer waits to be sent; reload to see it."));
        Composer.Result result = composer.load(List.of(mail)).compose(mail);
        if (result instanceof Composer.Result.Ready ready) {
            Composed composed = ready.mail();
            return new WaitingPreview(
                    composed.mailbox().address(),
                    composed.to(),
                    composed.subject(),
                    composed.html(),
                    composed.text(),
                    null);
        }
        if (result instanceof Composer.Result.Refused refused) {
            return WaitingPreview.refused(refused.address(), sentence(refused.refusal()));
        }
        return WaitingPreview.refused(
                null,
                result instanceof Composer.Result.Failed failed ? failed.cause() : "The record no longer exists.");
    }

    private static String sentence(Refusal refusal) {
        return switch (refusal) {
            case DO_NOT_EMAIL -> "This person does not want mail: the step will be skipped.";
            case SUPPRESSED -> "The address is on the suppression list: the step will be skipped.";
            case NO_ADDRESS -> "There is no mail address: the step will be skipped.";
            case INVALID_ADDRESS -> "The mail address is not valid: the step will be skipped.";
            case GIVEN_UP -> "It was given up.";
        };
    }
}
