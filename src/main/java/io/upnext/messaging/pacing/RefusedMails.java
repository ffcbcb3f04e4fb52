package io.upnext.messaging.pacing;

import io.upnext.messaging.MailEvent.Refusal;
import io.upnext.security.CurrentUser;
import io.upnext.security.Right;
import io.upnext.shared.RecordId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What was not sent in the last week because it was refused at the moment of sending, for administrators. */
@Component
public class RefusedMails {

    private static final Duration LATELY = Duration.ofDays(7);
    private static final int NEWEST = 20;

    private final JdbcClient jdbc;
    private final SenderZones zones;
    private final Clock clock;

    RefusedMails(JdbcClient jdbc, SenderZones zones, Clock clock) {
        this.jdbc = jdbc;
        this.zones = zones;
        this.clock = clock;
    }

    public record Refused(RecordId record, Instant at, Refusal reason) {}

    /** How many for each reason, the most frequent first. */
    public Map<Refusal, Long> counts(CurrentUser by) {
        by.require(Right.ADMINISTER);
        Map<Refusal, Long> counts = new LinkedHashMap<>();
        jdbc.sql("""
                        select refusal, count(*) from mail_event where kind = 'REFUSED' and at >= ? and refusal is not null
                        group by refusal order by count(*) desc, refusal
                        """).param(since()).query(row -> {
            counts.put(Refusal.valueOf(row.getString(1)), row.getLong(2));
        });
        return counts;
    }

    /** How many for each reason on each day of the organisation, the newest last. */
    public SortedMap<LocalDate, Map<Refusal, Long>> byDay(CurrentUser by) {
        by.require(Right.ADMINISTER);
        SortedMap<LocalDate, Map<Refusal, Long>> days = new TreeMap<>();
        jdbc.sql("""
                        select (at at time zone ?)::date as day, refusal, count(*) from mail_event
                        where kind = 'REFUSED' and at >= ? and refusal is not null group by day, refusal
                        """).params(zones.organisation().getId(), since()).query(row -> {
            days.computeIfAbsent(row.getObject(1, LocalDate.class), day -> new TreeMap<>())
                    .put(Refusal.valueOf(row.getString(2)), row.getLong(3));
        });
        return days;
    }

    public List<Refused> newest(CurrentUser by) {
        by.require(Right.ADMINISTER);
        return jdbc.sql("""
                        select record, at, refusal from mail_event
                        where kind = 'REFUSED' and at >= ? and refusal is not null order by at desc, id desc limit ?
                        """)
                .params(since(), NEWEST)
                .query((row, n) -> new Refused(
                        new RecordId(row.getObject(1, UUID.class)),
                        row.getObject(2, OffsetDateTime.class).toInstant(),
                        Refusal.valueOf(row.getString(3))))
                .list();
    }

    private OffsetDateTime since() {
        return clock.instant().minus(LATELY).atOffset(ZoneOffset.UTC);
    }
}
