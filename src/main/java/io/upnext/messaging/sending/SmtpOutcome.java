package io.upnext.messaging.sending;

/** What became of one mail that was handed to a server. */
sealed interface SmtpOutcome {

    /** The server took it. */
    record Sent(String response) implements SmtpOutcome {}

    /** Certainly not delivered, worth another try: a 4xx, or the connection broke before the mail was complete. */
    record Later(String cause, boolean connectionLost) implements SmtpOutcome {}

    /** The recipient was refused for good. @param address whether the address itself is at fault */
    record RecipientRefused(String cause, boolean address) implements SmtpOutcome {}

    /** This mail was refused for good, whoever gets it: too big, taken for spam … */
    record MessageRefused(String cause) implements SmtpOutcome {}

    /** The server refuses the log-in or the sender: nothing more can leave through this mailbox. */
    record MailboxRefused(String cause) implements SmtpOutcome {}

    /** No conversation came about: the mailbox rests for a while. */
    record Unreachable(String cause) implements SmtpOutcome {}

    /** The mail was handed over completely, but no answer came. */
    record Uncertain(String cause) implements SmtpOutcome {}
}
