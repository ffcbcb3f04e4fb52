package io.upnext.messaging.sending;

import io.upnext.messaging.MailEvent;
import io.upnext.messaging.Mailbox;
import io.upnext.messaging.Mailboxes;
import io.upnext.messaging.Suppressions;
import io.upnext.messaging.Times;
import io.upnext.messaging.event.MailEvents;
import io.upnext.messaging.event.MailEvents.Happened;
import io.upnext.shared.Actor;
import io.upnext.shared.MailId;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Writes down what became of claimed mails, each with its event in one transaction. */
@Component
class SentMails {

    private final JdbcClient jdbc;
    private final MailEvents events;
    private final Suppressions suppressions;
    private final Mailboxes mailboxes;
    private final TransactionTemplate transaction;
    private final Clock clock;

    SentMails(
            JdbcClient jdbc,
            MailEvents events,
            Suppressions suppressions,
            Mailboxes mailboxes,
            TransactionTemplate transaction,
            Clock clock) {
        this.jdbc = jdbc;
        this.events = events;
        this.suppressions = suppressions;
        this.mailboxes = mailboxes;
        this.transaction = transaction;
        this.clock = clock;
    }

    void record(Composed mail, SmtpOutcome outcome, int node) {
        transaction.executeWithoutResult(status -> {
            if (outcome instanceof SmtpOutcome.Sent) {
                sentAndBegin(mail, null, node);
            } else if (outcome instanceof SmtpOutcome.Later later) {
                later(mail, later.cause(), node);
            } else if (outcome instanceof SmtpOutcome.RecipientRefused refused) {
                bounced(mail, refused, node);
            } else if (outcome instanceof SmtpOutcome.MessageRefused refused) {
                failed(mail, refused.cause(), node);
            } else if (outcome instanceof SmtpOutcome.Uncertain uncertain) {
                if (end(mail.id(), "UNCERTAIN", uncertain.cause(), node)) {
                    events.add(Happened.to(mail.id(), MailEvent.Kind.UNCERTAIN).detail(uncertain.cause()));
                }
            } else if (outcome instanceof SmtpOutcome.MailboxRefused refused) {
                mailboxes.stop(mail.mailbox(), refused.cause());
                giveBack(mail.id(), refused.cause(), node);
            } else if (outcome instanceof SmtpOutcome.Unreachable unreachable) {
                mailboxes.pause(mail.mailbox(), unreachable.cause());
                giveBack(mail.id(), unreachable.cause(), node);
            }
        });
    }

    /**
     * The last thing before the server hears of a mail; committed to disk.
     *
     * @return false where the claim is no longer ours: somebody took this process for dead, so the mail is theirs
     */
    boolean begin(MailId mail, int node) {
        return jdbc.sql("update mail set begun = true where id = ? and claimed_by = ? and state = 'CLAIMED'")
                        .params(mail.value(), node)
                        .update()
                > 0;
    }

    /**
     * By far the most common end of a mail and beginning of the next: one statement for both.
     *
     * @param next the mail whose turn it is, or null
     * @return whether the next one has begun, as by {@link #begin}
     */
    boolean sentAndBegin(Composed mail, MailId next, int node) {
        boolean begun = jdbc.sql("""
                        with sent as (
                            update mail set state = 'SENT', sent_at = :now, error = null
                            where id = :mail and claimed_by = :node and state in ('CLAIMED', 'UNCERTAIN')
                            returning id, step_run, enrollment, step_id, record),
                        event as (
                            insert into mail_event (mail, step_run, enrollment, step_id, record, kind, at, human, detail,
                                next_try_at)
                            select id, step_run, enrollment, step_id, record, 'SENT', :now, true, :subject, :now from sent),
                        next as (
                            update mail set begun = true where id = :next and claimed_by = :node and state = 'CLAIMED'
                            returning id)
                        select exists (select 1 from next)
                        """)
                .param("now", Times.sql(clock.instant()))
                .param("mail", mail.id().value())
                .param("next", next == null ? null : next.value(), Types.OTHER)
                .param("node", node)
                .param("subject", mail.subject())
                .query(Boolean.class)
                .single();
        events.wake();
        if (mail.mailbox().error() != null) {
            mailboxes.works(mail.mailbox().id());
        }
        return begun;
    }

    /** The server keeps breaking off: it is left alone for a while. */
    void rest(Mailbox mailbox, String cause) {
        mailboxes.pause(mailbox, cause);
    }

    private void later(Composed mail, String cause, int node) {
        int attempts = mail.queued().attempts() + 1;
        Instant next = Backoff.next(attempts, clock.instant()).orElse(null);
        if (next == null) {
            failed(mail, "Given up after " + attempts + " attempts: " + cause, node);
            return;
        }
        jdbc.sql("""
                        update mail set state = 'QUEUED', claimed_by = null, claimed_at = null, next_attempt_at = ?, error = ?,
                            unplanned = planned_at is not null, urgent = false, planned_at = null, planned_until = null,
                            slot_day = null, organisation_day = null
                        where id = ? and claimed_by = ? and state = 'CLAIMED'
                        """).params(Times.sql(next), cause, mail.id().value(), node).update();
    }

    private void bounced(Composed mail, SmtpOutcome.RecipientRefused refused, int node) {
        if (end(mail.id(), "BOUNCED", refused.cause(), node)) {
            events.add(Happened.to(mail.id(), MailEvent.Kind.BOUNCED_HARD).detail(refused.cause()));
            if (refused.address()) {
                suppressions.add(mail.to(), Suppressions.Reason.BOUNCED, refused.cause(), Actor.SYSTEM);
            }
        }
    }

    private void failed(Composed mail, String cause, int node) {
        if (end(mail.id(), "FAILED", cause, node)) {
            events.add(Happened.to(mail.id(), MailEvent.Kind.FAILED).detail(cause));
        }
    }

    private boolean end(MailId mail, String state, String cause, int node) {
        return jdbc.sql("update mail set state = ?, error = ? where id = ? and claimed_by = ? and state = 'CLAIMED'")
                        .params(state, cause, mail.value(), node)
                        .update()
                > 0;
    }

    /** Back into the queue as if it had not been taken: nothing was said about it to the server. */
    void giveBack(MailId mail, String cause, int node) {
        jdbc.sql("""
                        update mail set state = 'QUEUED', claimed_by = null, claimed_at = null, begun = false, error = ?,
                            attempts = greatest(attempts - 1, 0),
                            slot_day = case when planned_at is null then null else slot_day end,
                            organisation_day = case when planned_at is null then null else organisation_day end
                        where id = ? and claimed_by = ? and state = 'CLAIMED'
                        """).params(cause, mail.value(), node).update();
    }
}
