package io.upnext.messaging.inbox;

import io.upnext.messaging.Attachments;
import io.upnext.messaging.Conversation;
import io.upnext.messaging.MailEvent;
import io.upnext.messaging.Mailbox;
import io.upnext.messaging.Mailboxes;
import io.upnext.messaging.Outbox;
import io.upnext.messaging.OutgoingMail;
import io.upnext.messaging.OutgoingMail.Answer;
import io.upnext.messaging.OutgoingMail.Written;
import io.upnext.messaging.sending.Addresses;
import io.upnext.security.CurrentUser;
import io.upnext.shared.MailId;
import io.upnext.shared.MailboxId;
import io.upnext.shared.Problem;
import io.upnext.shared.UnprocessableException;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Answers a reply in its thread, from the mailbox it came to, as one person to another: no footer, no tracking. */
@Component
public class Answering {

    private static final int LONGEST_SUBJECT = 998;
    private static final int LONGEST_HTML = 1_000_000;

    private final Conversations conversations;
    private final Mailboxes mailboxes;
    private final Attachments attachments;
    private final Outbox outbox;

    Answering(Conversations conversations, Mailboxes mailboxes, Attachments attachments, Outbox outbox) {
        this.conversations = conversations;
        this.mailboxes = mailboxes;
        this.attachments = attachments;
        this.outbox = outbox;
    }

    /**
     * Queues the answer; doing so again with the same id changes nothing.
     *
     * @throws UnprocessableException where the text is unfit or the person may not be mailed
     */
    @Transactional
    public MailId answer(CurrentUser user, Conversation conversation, MailId id, Written written) {
        if (conversation.textOnly()) {
            throw refused("inbox", "These answers came by text: there is no mail to answer. Answer with 'text'.");
        }
        Written checked = checked(conversation, written);
        Conversations.Newest newest = conversations
                .newest(conversation.inbound())
                .orElseThrow(() -> refused("inbox", "The mail to be answered is no longer there."));
        String to = to(conversation, newest.message());
        outbox.refusal(conversation.record(), to).ifPresent(refusal -> {
            throw refused("email", "This answer cannot be sent: " + sentence(refusal));
        });
        Mailbox mailbox = mailbox(user, newest.mailbox());
        String inReplyTo = newest.message().messageId();
        boolean known = inReplyTo != null;
        String ours = known ? null : conversations.lastMessageId(conversation.enrollment());
        Answer answer = new Answer(
                id, to, known ? inReplyTo : ours, known ? newest.message().referencesOfAnswer() : ours, user.id());
        MailId queued = outbox.queue(OutgoingMail.of(null, conversation.enrollment(), null, conversation.record())
                .from(user.id(), mailbox.id())
                .written(checked)
                .attachments(checked.attachments())
                .answer(answer)
                .mail());
        conversations.answered(conversation.id());
        return queued;
    }

    /** The address an answer would go to. */
    public String to(Conversation conversation) {
        return conversations
                .newest(conversation.inbound())
                .map(newest -> to(conversation, newest.message()))
                .orElse(conversation.from());
    }

    /** "Re: " and the subject, once; always one that an answer may have, whatever the other side wrote. */
    public static String subject(Conversation conversation) {
        String subject = conversation.subject() == null
                ? ""
                : conversation.subject().replaceAll("[\\p{Cc}]+", " ").strip();
        String answer = subject.matches("(?is)(re|aw|antw|sv|rv)\\s*:.*") ? subject : ("Re: " + subject).strip();
        return answer.length() <= LONGEST_SUBJECT
                ? answer
                : answer.substring(0, LONGEST_SUBJECT).strip();
    }

    private Written checked(Conversation conversation, Written written) {
        String subject = written.subject() == null || written.subject().isBlank()
                ? subject(conversation)
                : written.subject().strip();
        if (subject.length() > LONGEST_SUBJECT || subject.chars().anyMatch(Character::isISOControl)) {
            throw refused("subject", "The subject is one line of at most " + LONGEST_SUBJECT + " characters.");
        }
        if (written.html() == null || written.html().isBlank()) {
            throw refused("html", "The answer needs a text.");
        }
        if (written.html().length() > LONGEST_HTML || written.html().indexOf('\0') >= 0) {
            throw refused("html", "The answer is too long or holds a zero character.");
        }
        List<String> names = written.attachments() == null ? List.of() : written.attachments();
        attachments.among(names).all(names);
        return new Written(subject, written.html(), names);
    }

    private static String to(Conversation conversation, ReceivedMessage message) {
        return Optional.ofNullable(message.replyTo())
                .filter(Addresses::valid)
                .or(() -> Optional.ofNullable(conversation.from()).filter(Addresses::valid))
                .orElseThrow(() -> refused("inbox", "The reply names no address that could be answered."));
    }

    /** The mailbox it came to where it is the user's own or shared, else the user's own: never another's. */
    private Mailbox mailbox(CurrentUser user, MailboxId cameTo) {
        return mailboxes
                .find(cameTo)
                .filter(mailbox -> mailbox.owner() == null || mailbox.owner().equals(user.id()))
                .or(() -> mailboxes.of(user.id()).flatMap(mailboxes::find))
                .orElseThrow(() -> refused("mailbox", "You have no mailbox to answer from; set one up first."));
    }

    private static String sentence(MailEvent.Refusal refusal) {
        return switch (refusal) {
            case DO_NOT_EMAIL -> "the person is marked 'do not email'.";
            case SUPPRESSED -> "the address is on the suppression list.";
            default -> "the address is missing or not valid.";
        };
    }

    private static UnprocessableException refused(String rule, String message) {
        return new UnprocessableException(message, List.of(Problem.error(rule, message)));
    }
}
