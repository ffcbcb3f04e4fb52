package io.upnext.messaging;

import io.upnext.shared.MailId;
import io.upnext.shared.StepRunId;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * The queue of mails to send. A mail is queued in the transaction of its step and sent after it by the dispatcher,
 * which commits a claim before it talks SMTP; what became of it comes back as a {@link MailEvent}.
 */
@Component
public class Outbox {

    /**
     * Queues a mail. Doing so again for the same step run returns the first one: one visit of one step is one mail.
     */
    public MailId queue(OutgoingMail mail) {
        throw new UnsupportedOperationException("stub");
    }

    /** Takes back the mails of an enrollment that are not yet claimed for SMTP; used when an enrollment ends. */
    public void cancel(io.upnext.shared.EnrollmentId enrollment) {
        throw new UnsupportedOperationException("stub");
    }

    /** Takes back the mail of a step run if it is not yet claimed; true where it will not be sent. */
    public boolean cancel(StepRunId stepRun) {
        throw new UnsupportedOperationException("stub");
    }

    /** Puts a failed mail (refused log-in, missing placeholder) back in the queue. */
    public void retry(StepRunId stepRun) {
        throw new UnsupportedOperationException("stub");
    }

    /** Why a mail to this person would be refused now (do not email, suppressed, no or invalid address); empty if it may go. */
    public Optional<MailEvent.Refusal> refusal(io.upnext.shared.RecordId person) {
        throw new UnsupportedOperationException("stub");
    }
}
