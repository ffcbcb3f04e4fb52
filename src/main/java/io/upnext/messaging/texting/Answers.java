package io.upnext.messaging.texting;

import io.upnext.messaging.TextEvent;
import io.upnext.messaging.Times;
import io.upnext.messaging.texting.TextEvents.Happened;
import io.upnext.record.Timeline;
import io.upnext.shared.Actor;
import io.upnext.shared.RecordId;
import io.upnext.shared.TextMessageId;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds the messages that a received text answers: it names nothing but the number it comes from. */
@Component
class Answers {

    private static final Duration RECENT = Duration.ofDays(30);

    private final JdbcClient jdbc;
    private final TextEvents events;
    private final SentTexts sentTexts;
    private final Timeline timeline;
    private final Clock clock;

    Answers(JdbcClient jdbc, TextEvents events, SentTexts sentTexts, Timeline timeline, Clock clock) {
        this.jdbc = jdbc;
        this.events = events;
        this.sentTexts = sentTexts;
        this.timeline = timeline;
        this.clock = clock;
    }

    private record Texted(TextMessageId id, RecordId record) {}

    /** Answers the last text of the last 30 days to that number. @return false where there is none */
    boolean reply(String from, String body) {
        List<Texted> newest = texted("""
                select id, record from text_message
                where to_number = ? and state in ('SENT', 'UNCERTAIN', 'CLAIMED') and coalesce(sent_at, next_attempt_at) >= ?
                order by claimed_at desc, id desc limit 1
                """, from, Times.sql(clock.instant().minus(RECENT)));
        newest.forEach(text -> {
            sentTexts.proved(text.id());
            events.add(Happened.to(text.id(), TextEvent.Kind.REPLIED).detail(body == null ? "" : body));
        });
        return !newest.isEmpty();
    }

    /** Concerns every enrollment that ever texted the number; one event of each record speaks to people. */
    boolean stop(String from, String body) {
        List<Texted> ofEachEnrollment = texted("""
                select id, record from (
                    select distinct on (enrollment) id, record, claimed_at from text_message
                    where to_number = ? and claimed_at is not null order by enrollment, claimed_at desc) newest
                order by claimed_at desc, id
                """, from);
        Set<RecordId> told = new HashSet<>();
        ofEachEnrollment.forEach(text -> events.add(
                Happened.to(text.id(), TextEvent.Kind.STOPPED).detail(told.add(text.record()) ? body : null)));
        return !ofEachEnrollment.isEmpty();
    }

    boolean start(String from) {
        List<Texted> ofEachRecord = texted("""
                select distinct on (record) id, record from text_message where to_number = ?
                order by record, claimed_at desc
                """, from);
        timeline.add(ofEachRecord.stream()
                .map(text -> new Timeline.Entry(text.record(), clock.instant(), "text.started", Actor.SYSTEM, Map.of()))
                .toList());
        return !ofEachRecord.isEmpty();
    }

    private List<Texted> texted(String sql, Object... parameters) {
        return jdbc.sql(sql)
                .params(parameters)
                .query((row, number) -> new Texted(
                        new TextMessageId(row.getObject(1, UUID.class)), new RecordId(row.getObject(2, UUID.class))))
                .list();
    }
}
