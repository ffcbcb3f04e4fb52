package io.upnext.messaging.texting;

import io.upnext.messaging.Times;
import io.upnext.messaging.event.StoredRows;
import io.upnext.messaging.texting.Keywords.Meaning;
import io.upnext.operation.Workers;
import io.upnext.shared.TextMessageId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table of what the gateway told: stored first, applied after. */
@Component
class InboundTexts extends StoredRows<InboundTexts.Stored> {

    private static final int LONGEST = 2_000;

    private final Workers workers;

    InboundTexts(JdbcClient jdbc, Workers workers, Clock clock) {
        super(jdbc, clock, "text_inbound", "select * from text_inbound e", "e.applied_at is null");
        this.workers = workers;
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
            int tries)
            implements Row {

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
    protected Stored read(ResultSet row, int number) throws SQLException {
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
