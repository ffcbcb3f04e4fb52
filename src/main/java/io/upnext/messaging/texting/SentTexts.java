package io.upnext.messaging.texting;

import io.upnext.messaging.Suppressions;
import io.upnext.messaging.TextEvent;
import io.upnext.messaging.TextGateway.Outcome;
import io.upnext.messaging.Times;
import io.upnext.messaging.sending.Backoff;
import io.upnext.messaging.texting.TextEvents.Happened;
import io.upnext.shared.Actor;
import io.upnext.shared.TextMessageId;
import java.time.Clock;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Writes down what became of claimed texts, each with its event in one transaction. The webhook may have been faster
 * and proved a text sent; then the answer changes nothing.
 */
@Component
class SentTexts {

    private final JdbcClient jdbc;
    private final TextEvents events;
    private final Suppressions suppressions;
    private final TransactionTemplate transaction;
    private final Clock clock;

    SentTexts(
            JdbcClient jdbc,
            TextEvents events,
            Suppressions suppressions,
            TransactionTemplate transaction,
            Clock clock) {
        this.jdbc = jdbc;
        this.events = events;
        this.suppressions = suppressions;
        this.transaction = transaction;
        this.clock = clock;
    }

    void record(ClaimedText text, Outcome outcome, int node) {
        transaction.executeWithoutResult(status -> {
            if (outcome instanceof Outcome.Accepted accepted) {
                accepted(text, accepted.gatewayId(), node);
            } else if (outcome instanceof Outcome.RecipientRefused refused) {
                refused(text, refused, node);
            } else if (outcome instanceof Outcome.MessageRefused refused) {
                failed(text, refused.cause(), node);
            } else if (outcome instanceof Outcome.Later later) {
                later(text, later.cause(), node);
            } else if (outcome instanceof Outcome.Unavailable unavailable) {
                giveBack(text, unavailable.cause(), node);
            } else if (outcome instanceof Outcome.Uncertain uncertain
                    && end(text.id(), "UNCERTAIN", uncertain.cause(), node)) {
                events.add(Happened.to(text.id(), TextEvent.Kind.UNCERTAIN).detail(uncertain.cause()));
            }
        });
    }

    /** Whoever took the process for dead has made it uncertain meanwhile; the answer knows better. */
    private void accepted(ClaimedText text, String gatewayId, int node) {
        jdbc.sql("update text_message set gateway_id = coalesce(gateway_id, ?) where id = ?")
                .params(gatewayId, text.id().value())
                .update();
        boolean sent = jdbc.sql("""
                        update text_message set state = 'SENT', sent_at = ?, error = null
                        where id = ? and claimed_by = ? and state in ('CLAIMED', 'UNCERTAIN')
                        """).params(now(), text.id().value(), node).update() > 0;
        if (sent) {
            events.add(Happened.to(text.id(), TextEvent.Kind.SENT).detail(text.text()));
        }
    }

    /**
     * The gateway has it, as something else than its answer proves: a word about its delivery, an answer, a person.
     *
     * @return false where that is no news
     */
    boolean proved(TextMessageId id) {
        boolean news = jdbc.sql("""
                        update text_message set state = 'SENT', sent_at = ?, error = null
                        where id = ? and (state in ('CLAIMED', 'UNCERTAIN') or (state = 'QUEUED' and attempts > 0))
                        """).params(now(), id.value()).update() > 0;
        if (news) {
            events.add(Happened.to(id, TextEvent.Kind.SENT));
        }
        return news;
    }

    private void refused(ClaimedText text, Outcome.RecipientRefused refused, int node) {
        if (end(text.id(), "REFUSED", refused.cause(), node)) {
            events.add(Happened.to(text.id(), TextEvent.Kind.REFUSED)
                    .refusal(refused.refusal())
                    .detail(refused.cause()));
        }
        if (refused.unsubscribed()) {
            suppressions.add(text.to(), Suppressions.Reason.STOPPED, refused.cause(), Actor.SYSTEM);
        }
    }

    private void failed(ClaimedText text, String cause, int node) {
        if (end(text.id(), "FAILED", cause, node)) {
            events.add(Happened.to(text.id(), TextEvent.Kind.FAILED).detail(cause));
        }
    }

    private void later(ClaimedText text, String cause, int node) {
        Instant next = Backoff.next(text.attempts(), clock.instant()).orElse(null);
        if (next == null) {
            failed(text, "Given up after " + text.attempts() + " attempts: " + cause, node);
            return;
        }
        jdbc.sql("""
                        update text_message set state = 'QUEUED', claimed_by = null, claimed_at = null,
                            next_attempt_at = ?, error = ?
                        where id = ? and claimed_by = ? and state = 'CLAIMED'
                        """).params(Times.sql(next), cause, text.id().value(), node).update();
    }

    /** Back into the queue as if it had not been taken: nothing was said about it to the gateway. */
    private void giveBack(ClaimedText text, String cause, int node) {
        jdbc.sql("""
                        update text_message set state = 'QUEUED', claimed_by = null, claimed_at = null, error = ?,
                            attempts = greatest(attempts - 1, 0)
                        where id = ? and claimed_by = ? and state = 'CLAIMED'
                        """).params(cause, text.id().value(), node).update();
    }

    private boolean end(TextMessageId id, String state, String cause, int node) {
        return jdbc.sql(
                                "update text_message set state = ?, error = ? where id = ? and claimed_by = ? and state = 'CLAIMED'")
                        .params(state, cause, id.value(), node)
                        .update()
                > 0;
    }

    private Object now() {
        return Times.sql(clock.instant());
    }
}
