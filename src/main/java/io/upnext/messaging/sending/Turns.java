package io.upnext.messaging.sending;

import io.upnext.messaging.Times;
import io.upnext.shared.MailboxId;
import java.time.Clock;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Whose turn it is to send through a mailbox with a gap: one row each, so that any number of nodes keeps it. */
@Component
class Turns {

    private final JdbcClient jdbc;
    private final Clock clock;

    Turns(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Holds the turn until the caller's transaction ends; false where the gap is not over or another has it. */
    boolean take(MailboxId mailbox) {
        Instant now = clock.instant();
        jdbc.sql("insert into mailbox_pace (mailbox, next_at) values (?, ?) on conflict do nothing")
                .params(mailbox.value(), Times.sql(now))
                .update();
        return jdbc.sql("select next_at from mailbox_pace where mailbox = ? and next_at <= ? for update skip locked")
                .params(mailbox.value(), Times.sql(now))
                .query((row, number) -> true)
                .optional()
                .orElse(false);
    }

    void next(MailboxId mailbox, int gapSeconds) {
        jdbc.sql("update mailbox_pace set next_at = ? where mailbox = ?")
                .params(Times.sql(clock.instant().plusSeconds(gapSeconds)), mailbox.value())
                .update();
    }
}
