package io.upnext.messaging.receiving;

import io.upnext.messaging.Times;
import io.upnext.security.Settings;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Counts how many of the newest mails to an address came back softly, one after another. */
@Component
class SoftBounces {

    static final String SETTING = "softBounces";
    static final int BY_DEFAULT = 3;

    private static final Duration LOOK_BACK = Duration.ofDays(180);

    private final JdbcClient jdbc;
    private final Settings settings;
    private final Clock clock;

    SoftBounces(JdbcClient jdbc, Settings settings, Clock clock) {
        this.jdbc = jdbc;
        this.settings = settings;
        this.clock = clock;
    }

    int limit() {
        return Math.max(1, settings.number(SETTING, BY_DEFAULT));
    }

    /** Whether the one that is about to be noted is the last that is put up with. A mail that came back twice counts once. */
    boolean enough(Matching.Match now) {
        int before = limit() - 1;
        List<Boolean> bounced = jdbc.sql("""
                        select exists (select 1 from mail_event e where e.mail = m.id and e.kind = 'BOUNCED_SOFT')
                        from mail m
                        where lower(m.to_address) = ? and m.state = 'SENT' and m.sent_at > ? and m.id <> ?
                        order by m.sent_at desc limit ?
                        """)
                .params(
                        now.to().toLowerCase(Locale.ROOT),
                        Times.sql(clock.instant().minus(LOOK_BACK)),
                        now.mail().value(),
                        before)
                .query(Boolean.class)
                .list();
        return bounced.size() >= before && !bounced.contains(false);
    }
}
