package io.upnext.messaging;

import io.upnext.shared.TextMessageId;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Port: whoever carries text messages. It is called outside of transactions, and looks after itself: one that is out of
 * reach pauses, one whose log-in is refused stops until a person has put it right.
 */
public interface TextGateway {

    /** Whether anything can be handed over now. */
    Availability availability();

    /** Hands over one message. Nothing is ever tried again in here: one call is one request. */
    Outcome send(Message message);

    /** Tries the log-in without sending anything, and says what is wrong. */
    Check check();

    /**
     * Did the gateway itself sign this request to our webhook?
     *
     * @param url the full address, with its query, as the gateway was given it
     * @param form the fields of the body, in any order
     */
    boolean signed(String url, Map<String, List<String>> form, String signature);

    /**
     * @param to E.164, with a plus
     * @param statusUrl where to tell how far it got; names the message
     */
    record Message(TextMessageId id, String to, String text, String statusUrl) {}

    /** @param until only while it pauses; @param cause a sentence for people, null where it is ready */
    record Availability(State state, Instant until, String cause) {

        public enum State {
            READY,
            /** Out of reach, or it asked for patience: goes on by itself. */
            PAUSED,
            /** Waits for a person. */
            STOPPED,
            NOT_SET_UP
        }

        public boolean ready() {
            return state == State.READY;
        }
    }

    record Check(boolean ok, String message) {}

    /** What became of a message. */
    sealed interface Outcome {

        /** @param gatewayId what the gateway calls it; null where its answer did not say */
        record Accepted(String gatewayId) implements Outcome {}

        /** This recipient gets none; a clean outcome. @param unsubscribed they told the gateway to stop */
        record RecipientRefused(TextEvent.Refusal refusal, String cause, boolean unsubscribed) implements Outcome {}

        /** This message cannot be sent without help. */
        record MessageRefused(String cause) implements Outcome {}

        /** Surely not sent; worth another try after a pause. */
        record Later(String cause) implements Outcome {}

        /** Nothing was said about the message: the gateway is paused or stopped now. */
        record Unavailable(String cause) implements Outcome {}

        /** The request left and no answer came: it may or may not be on its way. */
        record Uncertain(String cause) implements Outcome {}
    }
}
