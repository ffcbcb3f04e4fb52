package io.upnext.enrollment;

import io.upnext.messaging.OutgoingMail;
import io.upnext.shared.UserId;

/**
 * How somebody finished a manual step.
 *
 * @param by null where the engine's own web app does not say
 * @param outcome of a call; null otherwise
 * @param email what the seller wrote, to be sent; null where nothing is sent by Upnext
 * @param text what the seller wrote as a text message, to be sent; null where nothing is sent by Upnext
 * @param doneElsewhere the mail or text was sent by other means
 * @param skipped the step was skipped: a condition on it takes its No branch
 */
public record Completion(
        UserId by,
        String outcome,
        String note,
        OutgoingMail.Written email,
        String text,
        boolean doneElsewhere,
        boolean skipped) {

    public Completion(
            UserId by,
            String outcome,
            String note,
            OutgoingMail.Written email,
            boolean doneElsewhere,
            boolean skipped) {
        this(by, outcome, note, email, null, doneElsewhere, skipped);
    }

    public static Completion skipped(UserId by, String note) {
        return new Completion(by, null, note, null, null, false, true);
    }
}
