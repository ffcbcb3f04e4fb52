package io.upnext.messaging.mailbox;

import jakarta.mail.MessagingException;

/** There is nothing to log in with; the message is a sentence for people. */
public final class LogInException extends MessagingException {

    private final boolean lasting;

    private LogInException(String sentence, boolean lasting, Exception cause) {
        super(sentence, cause);
        this.lasting = lasting;
    }

    /** A person has to put it right: the grant was withdrawn, a secret is wrong. */
    public static LogInException lasting(String sentence, Exception cause) {
        return new LogInException(sentence, true, cause);
    }

    /** Worth another try: whoever gives the tokens cannot be reached. */
    public static LogInException passing(String sentence, Exception cause) {
        return new LogInException(sentence, false, cause);
    }

    public boolean lasting() {
        return lasting;
    }
}
