package io.upnext.messaging.receiving;

import io.upnext.messaging.Times;
import io.upnext.shared.MailboxId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Messages that could not be fetched. They are set aside at once, so that none of them blocks its mailbox, tried again by
 * themselves, and given up after {@value #MAX_TRIES} times; in real time, as all reading is.
 */
@Component
class FetchFailures {

    static final int MAX_TRIES = 5;
    private static final Duration PAUSE = Duration.ofSeconds(30);

    private final JdbcClient jdbc;
    private final Clock realTime;

    FetchFailures(JdbcClient jdbc, @Qualifier("realTime") Clock realTime) {
        this.jdbc = jdbc;
        this.realTime = realTime;
    }

    /**
     * The first time it is tried again as soon as the mailbox is read next: mostly only the connection was lost.
     *
     * @return whether it is given up now
     */
    boolean add(MailboxId mailbox, long validity, long uid, String error) {
        Instant now = realTime.instant();
        int tries = jdbc.sql("""
                        insert into inbound_failure (mailbox, uid_validity, uid, tries, next_try_at, first_at, error)
                        values (:mailbox, :validity, :uid, 1, :now, :now, :error)
                        on conflict (mailbox, uid_validity, uid)
                            do update set tries = inbound_failure.tries + 1, error = excluded.error
                        returning tries
                        """)
                .param("mailbox", mailbox.value())
                .param("validity", validity)
                .param("uid", uid)
                .param("now", Times.sql(now))
                .param("error", InboundMails.clean(error))
                .query(Integer.class)
                .single();
        if (tries > 1) {
            Instant next = tries >= MAX_TRIES ? null : now.plus(PAUSE.multipliedBy(1L << tries));
            jdbc.sql("update inbound_failure set next_try_at = ? where mailbox = ? and uid_validity = ? and uid = ?")
                    .params(Times.sql(next), mailbox.value(), validity, uid)
                    .update();
        }
        return tries >= MAX_TRIES;
    }

    Instant now() {
        return realTime.instant();
    }

    /** @param before the beginning of this reading: what failed since is for the next one */
    List<Long> due(MailboxId mailbox, long validity, Instant before) {
        return jdbc.sql("""
                        select uid from inbound_failure where mailbox = ? and uid_validity = ? and next_try_at < ?
                        order by uid limit 20
                        """)
                .params(mailbox.value(), validity, Times.sql(before))
                .query(Long.class)
                .list();
    }

    void solved(MailboxId mailbox, long validity, long uid) {
        jdbc.sql("delete from inbound_failure where mailbox = ? and uid_validity = ? and uid = ?")
                .params(mailbox.value(), validity, uid)
                .update();
    }
}
