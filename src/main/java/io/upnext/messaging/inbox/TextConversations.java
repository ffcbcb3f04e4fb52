package io.upnext.messaging.inbox;

import io.upnext.messaging.Conversation.Message;
import io.upnext.messaging.TextEvent;
import io.upnext.messaging.Times;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.TextMessageId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The text messages of conversations: what was sent, and what was answered to it. */
@Component
class TextConversations {

    private static final int SNIPPET = 300;

    private final JdbcClient jdbc;

    TextConversations(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param sender whose text it was; null where nobody's */
    record Answered(String number, UUID sender) {}

    Optional<Answered> answered(TextMessageId text) {
        return jdbc.sql("select to_number, sender from text_message where id = ?")
                .param(text.value())
                .query((row, number) -> new Answered(row.getString("to_number"), row.getObject("sender", UUID.class)))
                .optional();
    }

    /** Where mails were received before, the conversation stays one that is answered by mail. */
    void add(TextEvent answer, String from, UUID owner) {
        jdbc.sql("""
                        insert into inbox_conversation (id, enrollment, record, owner, received_at, from_address, snippet,
                            unread)
                        values (:id, :enrollment, :record, :owner, :at, :from, :snippet, 1)
                        on conflict (enrollment) do update set received_at = excluded.received_at,
                            snippet = excluded.snippet, unread = inbox_conversation.unread + 1
                        """)
                .param("id", UUID.randomUUID())
                .param("enrollment", answer.enrollment().value())
                .param("record", answer.record().value())
                .param("owner", owner)
                .param("at", Times.sql(answer.at()))
                .param("from", from)
                .param("snippet", snippet(answer.detail()))
                .update();
    }

    private static String snippet(String text) {
        String line = text == null ? "" : text.replaceAll("\\s+", " ").strip();
        return line.length() <= SNIPPET ? line : line.substring(0, SNIPPET) + "…";
    }

    /** Both ways, the newest of each. */
    List<Message> messages(EnrollmentId enrollment, int limit) {
        List<Message> messages = new ArrayList<>(jdbc.sql("""
                        select id, coalesce(sent_at, queued_at) as at, coalesce(to_number, asked_to) as to_number,
                            coalesce(text, written) as text, state, error,
                            case when state = 'QUEUED' and not held then next_attempt_at end as leaves_at from text_message
                        where enrollment = ? and (state in ('SENT', 'UNCERTAIN')
                            or (step_run is null and state <> 'CANCELLED'))
                        order by queued_at desc limit ?
                        """)
                .params(enrollment.value(), limit)
                .query(TextConversations::sent)
                .list());
        messages.addAll(jdbc.sql("""
                        select e.id, e.at, m.to_number, e.detail, null::timestamptz as leaves_at from text_event e join text_message m on m.id = e.text_message
                        where e.enrollment = ? and e.kind in ('REPLIED', 'STOPPED') and e.detail is not null
                        order by e.id desc limit ?
                        """)
                .params(enrollment.value(), limit)
                .query(TextConversations::received)
                .list());
        return messages;
    }

    private static Message sent(ResultSet row, int number) throws SQLException {
        return message(
                row.getObject("id", UUID.class),
                Message.Direction.SENT,
                row.getString("state"),
                row,
                null,
                row.getString("to_number"),
                row.getString("text"),
                row.getString("error"));
    }

    private static Message received(ResultSet row, int number) throws SQLException {
        return message(
                // Its own number, in the form that all messages have
                new UUID(0, row.getLong("id")),
                Message.Direction.RECEIVED,
                "REPLY",
                row,
                row.getString("to_number"),
                null,
                row.getString("detail"),
                null);
    }

    private static Message message(
            UUID id,
            Message.Direction direction,
            String state,
            ResultSet row,
            String from,
            String to,
            String text,
            String error)
            throws SQLException {
        FoldedText whole = new FoldedText(text == null ? "" : text, "");
        return new Message(
                id,
                direction,
                state,
                Times.read(row, "at"),
                from,
                to,
                null,
                whole,
                error,
                Times.read(row, "leaves_at"));
    }
}
