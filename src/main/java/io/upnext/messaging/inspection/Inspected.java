package io.upnext.messaging.inspection;

import java.time.LocalDate;
import java.util.List;

/**
 * What a message is.
 *
 * @param recipients of whom a report speaks
 * @param messageIds of the mail that a report is about, or that is answered, the likeliest first
 * @param absent an automatic answer that says that nobody is there, and not only that the mail arrived
 * @param backOn of an out-of-office answer: the first day on which somebody is there again; else null
 * @param complained a person complained: not a report that authentication failed or that it was no spam
 */
public record Inspected(
        ParsedMail mail,
        MailClass mailClass,
        List<Reported> recipients,
        List<String> messageIds,
        boolean absent,
        LocalDate backOn,
        boolean complained) {

    public boolean isReport() {
        return switch (mailClass) {
            case BOUNCE, DELAY, SUCCESS, COMPLAINT, UNKNOWN -> true;
            case REPLY, AUTO_REPLY, UNSUBSCRIBE, UNRELATED -> false;
        };
    }
}
