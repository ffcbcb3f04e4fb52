package io.upnext.messaging.texting;

import io.upnext.messaging.Times;
import io.upnext.security.KnownSetting;
import io.upnext.security.Settings;
import io.upnext.shared.TextMessageId;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The most texts the organisation sends on one of its days. The row of a text is its place in a day, so it is given back by
 * whatever ends the text. Whoever asks holds the text's row, so nobody waits for a text while the cap is locked.
 */
@Component
class TextCap {

    static final String NAME = "dailyTextCap";

    private static final String TAKEN = "state in ('QUEUED', 'CLAIMED', 'SENT', 'UNCERTAIN') and id <> :id";

    private final JdbcClient jdbc;
    private final Settings settings;
    private final Clock clock;
    /** As of this node's last look; a node that starts looks anew. */
    private volatile int known = -1;

    TextCap(JdbcClient jdbc, Settings settings, Clock clock) {
        this.jdbc = jdbc;
        this.settings = settings;
        this.clock = clock;
    }

    @Configuration(proxyBeanMethods = false)
    static class Known {

        @Bean
        KnownSetting dailyTextCap() {
            return KnownSetting.number(NAME, 0);
        }
    }

    /** 0: any number. */
    int most() {
        return settings.number(NAME, 0);
    }

    /**
     * Where the cap is another than at the last look, what waits for a later day's place asks anew, in its old order. That
     * every node does so changes nothing.
     */
    void noticeAnother() {
        int most = most();
        if (most == known) {
            return;
        }
        jdbc.sql("""
                        update text_message set cap_day = null, next_attempt_at = :now where id in
                            (select id from text_message where state = 'QUEUED' and cap_day > :today for update skip locked)
                        """)
                .param("now", Times.sql(clock.instant()))
                .param("today", day())
                .update();
        known = most;
    }

    /** Takes a place of today, with the caller's transaction. @return false where the day is full */
    boolean today(TextMessageId text) {
        LocalDate today = day();
        if (most() <= 0) {
            // Counted all the same, for a cap that is set later in the day
            take(text, today);
            return true;
        }
        lock();
        boolean free = count(text, today, TAKEN) < most()
                // What has its place already only has to see that the cap was not lowered meanwhile
                || (today.equals(placeOf(text)) && count(text, today, TAKEN + " and state <> 'QUEUED'") < most());
        if (free) {
            take(text, today);
        }
        return free;
    }

    /**
     * Takes a place of the first day after today that has one.
     *
     * @param anyTime whether a window chooses the time of that day; else it is that of now, for nobody wants texts at midnight
     * @return the beginning of that day, or the same time of it
     */
    Instant later(TextMessageId text, boolean anyTime) {
        LocalDate day = jdbc.sql("""
                        select day::date from generate_series(:from::date, :from::date + 3650, interval '1 day') day
                        where (select count(*) from text_message where cap_day = day::date and
                        """ + TAKEN + ") < :most order by day limit 1")
                .param("from", day().plusDays(1))
                .param("id", text.value())
                .param("most", most())
                .query(LocalDate.class)
                .single();
        take(text, day);
        LocalTime time = anyTime
                ? LocalTime.MIN
                : clock.instant().atZone(settings.timeZone()).toLocalTime();
        return day.atTime(time).atZone(settings.timeZone()).toInstant();
    }

    private void lock() {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended('text cap', 77))::text")
                .query(String.class)
                .single();
    }

    private LocalDate day() {
        return clock.instant().atZone(settings.timeZone()).toLocalDate();
    }

    private LocalDate placeOf(TextMessageId text) {
        return jdbc.sql("select cap_day from text_message where id = ?")
                .param(text.value())
                .query((row, number) -> Optional.ofNullable(row.getObject(1, LocalDate.class)))
                .single()
                .orElse(null);
    }

    private long count(TextMessageId but, LocalDate day, String which) {
        return jdbc.sql("select count(*) from text_message where cap_day = :day and " + which)
                .param("day", day)
                .param("id", but.value())
                .query(Long.class)
                .single();
    }

    private void take(TextMessageId text, LocalDate day) {
        jdbc.sql("update text_message set cap_day = ? where id = ?")
                .params(day, text.value())
                .update();
    }
}
