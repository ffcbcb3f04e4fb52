package io.upnext.messaging.sending;

import io.upnext.messaging.MailServer;
import io.upnext.messaging.mailbox.ConnectionCause;
import io.upnext.messaging.mailbox.LogInException;
import io.upnext.messaging.sending.SmtpOutcome.Later;
import io.upnext.messaging.sending.SmtpOutcome.MailboxRefused;
import io.upnext.messaging.sending.SmtpOutcome.MessageRefused;
import io.upnext.messaging.sending.SmtpOutcome.RecipientRefused;
import io.upnext.messaging.sending.SmtpOutcome.Sent;
import io.upnext.messaging.sending.SmtpOutcome.Uncertain;
import io.upnext.messaging.sending.SmtpOutcome.Unreachable;
import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;

/**
 * Reads what the mail library throws. It tells the cases apart like this (Angus Mail 2.0):
 *
 * <ul>
 *   <li>An answer that is not the expected one is an {@link SMTPSendFailedException} with its code; a connection the
 *       server closed is the same with code -1 and text {@code [EOF]}.
 *   <li>A refused recipient is an {@link SMTPAddressFailedException} for each address, chained below a
 *       {@code SendFailedException}; a connection closed there is one with code -1.
 *   <li>A time-out or reset is a {@link MessagingException} whose next exception is the {@link IOException}.
 *   <li>A refused log-in is an {@link AuthenticationFailedException}, whether the code was 4xx or 5xx; the code stands
 *       in the transport's last return code.
 * </ul>
 *
 * None of that says whether the body was complete: that is {@link StagedTransport#stage()}.
 */
final class SmtpFailure {

    private static final Pattern ENHANCED_STATUS = Pattern.compile("\\b5\\.(\\d{1,3})\\.(\\d{1,3})\\b");

    private SmtpFailure() {}

    /**
     * While connecting: greeting, TLS, log-in. A connection that breaks during the log-in is no refused log-in.
     *
     * @param code the last code the server answered; 334 asks a refused access token for more
     */
    static SmtpOutcome connecting(MailServer server, MessagingException failure, int code) {
        String cause = ConnectionCause.sentence(server, failure);
        if (failure instanceof LogInException nothing) {
            return nothing.lasting() ? new MailboxRefused(cause) : new Unreachable(cause);
        }
        boolean answered = code >= 200 && !temporary(code);
        boolean logIn = failure instanceof AuthenticationFailedException && answered;
        boolean noTls = String.valueOf(failure.getMessage()).contains("STARTTLS is required");
        return logIn || noTls ? new MailboxRefused(cause) : new Unreachable(cause);
    }

    /** While sending one mail. @param recipient the one the mail is for */
    static SmtpOutcome sending(MessagingException failure, StagedTransport.Stage stage, Address recipient) {
        String cause = sentence(failure);
        int code = code(failure);
        return switch (stage) {
            case IDLE -> new Later(cause, lost(failure, code));
            case SENDER ->
                permanent(code)
                        ? code == 552
                                ? new MessageRefused(cause)
                                : new MailboxRefused("The server refuses the sender: " + cause)
                        : new Later(cause, lost(failure, code));
            case RECIPIENTS -> recipients(failure, recipient, cause);
            case BODY -> permanent(code) ? new MessageRefused(cause) : new Later(cause, lost(failure, code));
            case END -> atTheEnd(cause, code);
            case ACCEPTED -> new Sent(cause);
        };
    }

    private static SmtpOutcome atTheEnd(String cause, int code) {
        if (temporary(code)) {
            return new Later(cause, code == 421);
        }
        if (permanent(code)) {
            return unknownAddress(cause) ? new RecipientRefused(cause, true) : new MessageRefused(cause);
        }
        return new Uncertain("The mail was handed over, but the server gave no answer (" + cause + ").");
    }

    private static SmtpOutcome recipients(MessagingException failure, Address recipient, String cause) {
        for (SMTPAddressFailedException refused : refusedAddresses(failure)) {
            if (!refused.getAddress().equals(recipient)) {
                continue;
            }
            String answer = sentence(refused);
            if (permanent(refused.getReturnCode())) {
                return new RecipientRefused(answer, !policy(answer));
            }
            return new Later(answer, refused.getReturnCode() < 400 || refused.getReturnCode() == 421);
        }
        return new Later(cause, lost(failure, code(failure)));
    }

    /** Copies that were refused for good while the recipient was not: the mail can go without them. */
    static List<Address> refusedCopies(MessagingException failure, Address recipient) {
        List<Address> copies = new ArrayList<>();
        for (SMTPAddressFailedException refused : refusedAddresses(failure)) {
            if (refused.getAddress().equals(recipient) || !permanent(refused.getReturnCode())) {
                return List.of();
            }
            copies.add(refused.getAddress());
        }
        return copies;
    }

    private static List<SMTPAddressFailedException> refusedAddresses(MessagingException failure) {
        List<SMTPAddressFailedException> found = new ArrayList<>();
        for (Exception e = failure; e instanceof MessagingException next; e = next.getNextException()) {
            if (e instanceof SMTPAddressFailedException refused) {
                found.add(refused);
            }
        }
        return found;
    }

    /** RFC 3463: 5.1.1 and its like say that the address does not exist, whatever step of the conversation says it. */
    private static boolean unknownAddress(String answer) {
        Matcher status = ENHANCED_STATUS.matcher(answer);
        return status.find() && status.group(1).equals("1");
    }

    /** RFC 3463 §3.8: refused by policy, or a full mailbox; the address may be fine tomorrow. */
    private static boolean policy(String answer) {
        Matcher status = ENHANCED_STATUS.matcher(answer);
        return status.find() && (status.group(1).equals("7") || status.group().equals("5.2.2"));
    }

    private static int code(MessagingException failure) {
        if (failure instanceof SMTPSendFailedException refused) {
            return refused.getReturnCode();
        }
        return failure instanceof SMTPAddressFailedException refused ? refused.getReturnCode() : -1;
    }

    private static boolean lost(MessagingException failure, int code) {
        return code < 400 || code == 421 || ConnectionCause.has(failure, IOException.class);
    }

    private static boolean temporary(int code) {
        return code >= 400 && code < 500;
    }

    private static boolean permanent(int code) {
        return code >= 500 && code < 600;
    }

    /** The innermost text, on one line: for people. */
    static String sentence(Throwable failure) {
        String text = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        if (failure instanceof MessagingException && failure.getCause() != null && failure.getCause() != failure) {
            String inner = sentence(failure.getCause());
            text = text.contains(inner) ? text : text.strip() + " (" + inner + ")";
        }
        String line = text.replaceAll("\\s*\\R\\s*", " ").strip();
        return line.length() <= 500 ? line : line.substring(0, 500) + "…";
    }
}
