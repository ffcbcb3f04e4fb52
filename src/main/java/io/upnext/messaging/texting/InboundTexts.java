package io.upnext.messaging.texting;

import io.upnext.messaging.Times;
import io.upnext.messaging.event.StoredFirst;
import io.upnext.messaging.texting.Keywords.Meaning;
import io.upnext.operation.Workers;
import io.upnext.shared.TextMessageId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table of what the gateway told: stored first, applied after. */
@Component
class InboundTexts implements StoredFirst.Table<InboundTexts.Stored> {

    private static final String DUE = "applied_at is null and next_try_at <= ?";
    private static final int LONGEST = 2_000;

    private final JdbcClient jdbc;
    private final Workers workers;
    private final Clock clock;

    InboundTexts(JdbcClient jdbc, Workers workers, Clock clock) {
        this.jdbc = jdbc;
        this.workers = workers;
        this.clock = clock;
    }

    enum Kind {
        STATUS,
        MESSAGE,
        STOP,
        START
    }

    /** Something the gateway told a moment ago. @param text our message, where the address named it */
    record Arrived(
            Kind kind,
            String key,
            String gatewayId,
            TextMessageId text,
            String from,
            String body,
            String status,
            String errorCode) {

        static Arrived status(String gatewayId, TextMessageId text, String status, String errorCode) {
            return new Arrived(
                    Kind.STATUS, "status:" + gatewayId + ":" + status, gatewayId, text, null, null, status, errorCode);
        }

        static Arrived message(String gatewayId, String from, String body, Meaning meaning) {
            Kind kind =
                    switch (meaning) {
                        case STOP -> Kind.STOP;
                        case START -> Kind.START;
                        case NONE -> Kind.MESSAGE;
                    };
            return new Arrived(kind, "message:" + gatewayId, gatewayId, null, from, body, null, null);
        }

        Meaning meaning() {
            return switch (kind) {
                case STOP -> Meaning.STOP;
                case START -> Meaning.START;
                case MESSAGE, STATUS -> Meaning.NONE;
            };
        }
    }

    record Stored(
            long id,
            Kind kind,
            String gatewayId,
            TextMessageId text,
            String from,
            String body,
            String status,
            String errorCode,
            int tries) {

        /** Without what people wrote: this goes into logs. */
        @Override
        public String toString() {
            return "Inbound text " + id + " (" + kind + ")";
        }
    }

    /** False where it is known already. */
    boolean store(Arrived arrived) {
        Object now = Times.sql(clock.instant());
        boolean news = jdbc.sql("""
                        insert into text_inbound (key, kind, text_message, gateway_id, from_number, status, error_code,
                            body, at, next_try_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (key) do nothing
                        """)
                        .params(
                                cut(arrived.key()),
                                arrived.kind().name(),
                                arrived.text() == null ? null : arrived.text().value(),
                                cut(arrived.gatewayId()),
                                arrived.from(),
                                arrived.status(),
                                arrived.errorCode(),
                                cut(arrived.body()),
                                now,
                                now)
                        .update()
                > 0;
        if (news) {
            workers.wake(InboundTextApplier.NAME);
        }
        return news;
    }

    private static String cut(String text) {
        return text == null || text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }

    void matched(Stored stored, boolean matched) {
        jdbc.sql("update text_inbound set matched = ? where id = ?")
                .params(matched, stored.id())
                .update();
    }

    @Override
    public List<Stored> lockDue(int limit, Instant now) {
        return jdbc.sql("select * from text_inbound where " + DUE + " order by id limit ? for update skip locked")
                .params(Times.sql(now), limit)
                .query(InboundTexts::stored)
                .list();
    }

    @Override
    public Optional<Stored> lock(Stored stored) {
        return jdbc.sql("select * from text_inbound where id = ? and applied_at is null for update skip locked")
                .param(stored.id())
                .query(InboundTexts::stored)
                .optional();
    }

    @Override
    public void applied(List<Stored> rows) {
        jdbc.sql("update text_inbound set applied_at = ?, error = null where id = any(?)")
                .params(
                        Times.sql(clock.instant()),
                        rows.stream().map(Stored::id).toArray(Long[]::new))
                .update();
    }

    @Override
    public int tries(Stored stored) {
        return stored.tries();
    }

    @Override
    public void failed(Stored stored, Instant next, String error) {
        jdbc.sql("""
                        update text_inbound set tries = tries + 1, next_try_at = ?, error = ?
                        where id = ? and applied_at is null
                        """).params(Times.sql(next), error, stored.id()).update();
    }

    @Override
    public boolean anyDue(Instant now) {
        return jdbc.sql("select exists (select 1 from text_inbound where " + DUE + ")")
                .param(Times.sql(now))
                .query(Boolean.class)
                .single();
    }

    @Override
    public Optional<Instant> nextDue(Instant now) {
        return jdbc.sql(
                        "select min(next_try_at) as next from text_inbound where applied_at is null and next_try_at > ?")
                .param(Times.sql(now))
                .query((row, number) -> Optional.ofNullable(Times.read(row, "next")))
                .single();
    }

    private static Stored stored(ResultSet row, int number) throws SQLException {
        UUID text = row.getObject("text_message", UUID.class);
        return new Stored(
                row.getLong("id"),
                Kind.valueOf(row.getString("kind")),
                row.getString("gateway_id"),
                text == null ? null : new TextMessageId(text),
                row.getString("from_number"),
                row.getString("body"),
                row.getString("status"),
                row.getString("error_code"),
                row.getInt("tries"));
    }
}
