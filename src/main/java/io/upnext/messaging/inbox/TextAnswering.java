package io.upnext.messaging.inbox;

import io.upnext.messaging.Conversation;
import io.upnext.messaging.OutgoingText;
import io.upnext.messaging.TextEvent;
import io.upnext.messaging.TextOutbox;
import io.upnext.messaging.TextRecipient;
import io.upnext.security.CurrentUser;
import io.upnext.shared.Problem;
import io.upnext.shared.TextMessageId;
import io.upnext.shared.UnprocessableException;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Answers a text by a text, to the number it came from; it belongs to no step and leaves at once. */
@Component
public class TextAnswering {

    private final Conversations conversations;
    private final TextOutbox outbox;

    TextAnswering(Conversations conversations, TextOutbox outbox) {
        this.conversations = conversations;
        this.outbox = outbox;
    }

    /**
     * Queues the answer; doing so again with the same id changes nothing.
     *
     * @throws UnprocessableException where the text is unfit or the person may not be texted
     */
    @Transactional
    public void answer(CurrentUser user, Conversation conversation, TextMessageId id, String text) {
        if (!conversation.textOnly()) {
            throw refused("This conversation is by mail; answer with 'html'.");
        }
        String written = text == null ? "" : text.strip().replace("\r\n", "\n");
        if (written.isEmpty() || written.length() > TextOutbox.LONGEST || written.indexOf('\0') >= 0) {
            throw refused("A text of 1 to 1,600 characters without a zero character is needed.");
        }
        outbox.recipient(conversation.record(), conversation.from())
                .map(TextRecipient::refusal)
                .ifPresent(refusal -> {
                    throw refused("This answer cannot be sent: " + sentence(refusal));
                });
        outbox.answer(
                id,
                OutgoingText.answer(
                        conversation.enrollment(), conversation.record(), conversation.from(), user.id(), written));
        conversations.answered(conversation.id());
    }

    private static String sentence(TextEvent.Refusal refusal) {
        return switch (refusal) {
            case DO_NOT_TEXT -> "the person is marked 'do not text'.";
            case SUPPRESSED -> "the number is on the suppression list.";
            default -> "the number is missing or not valid.";
        };
    }

    private static UnprocessableException refused(String message) {
        return new UnprocessableException(message, List.of(Problem.error("text", message)));
    }
}
