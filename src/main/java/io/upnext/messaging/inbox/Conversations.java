package io.upnext.messaging.inbox;

import io.upnext.messaging.Conversation;
import io.upnext.messaging.Conversation.Message;
import io.upnext.messaging.Times;
import io.upnext.messaging.template.PlainText;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.MailId;
import io.upnext.shared.MailboxId;
import io.upnext.shared.PageQuery;
import io.upnext.shared.RecordId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The tables of conversations: one row per enrollment that somebody answered in, for whom the reply is meant. */
@Component
public class Conversations {

    private static final int LONGEST = 200;

    private final JdbcClient jdbc;
    private final TextConversations texts;
    private final Clock clock;

    Conversations(JdbcClient jdbc, TextConversations texts, Clock clock) {
        this.jdbc = jdbc;
        this.texts = texts;
        this.clock = clock;
    }

    /** A reply that no conversation holds yet. @param owner whose mail it answers; null where nobody's */
    record Reply(
            UUID inbound,
            EnrollmentId enrollment,
            RecordId record,
            UUID owner,
            Instant at,
            String from,
            String subject,
            String snippet) {}

    /** Replies to a mail that are not in a conversation yet. */
    List<Reply> newReplies(MailId mail) {
        return jdbc.sql("""
                        select i.id, i.received_at, i.from_address, i.subject, i.snippet, m.enrollment, m.record,
                            coalesce(m.sender, b.owner) as owner
                        from inbound_mail i join mail m on m.id = i.mail left join mailbox b on b.id = i.mailbox
                        where i.mail = ? and i.class = 'REPLY'
                            and not exists (select 1 from inbox_message x where x.inbound = i.id)
                        order by i.received_at, i.id
                        """).param(mail.value()).query(Conversations::reply).list();
    }

    void add(Reply reply, UUID owner) {
        UUID conversation = jdbc.sql("""
                        insert into inbox_conversation (id, enrollment, record, owner, received_at, inbound, from_address,
                            subject, snippet, unread)
                        values (:id, :enrollment, :record, :owner, :at, :inbound, :from, :subject, :snippet, 1)
                        on conflict (enrollment) do update set received_at = excluded.received_at,
                            inbound = excluded.inbound, from_address = excluded.from_address,
                            subject = excluded.subject, snippet = excluded.snippet, unread = inbox_conversation.unread + 1
                        returning id
                        """)
                .param("id", UUID.randomUUID())
                .param("enrollment", reply.enrollment().value())
                .param("record", reply.record().value())
                .param("owner", owner)
                .param("at", Times.sql(reply.at()))
                .param("inbound", reply.inbound())
                .param("from", reply.from())
                .param("subject", reply.subject())
                .param("snippet", reply.snippet())
                .query(UUID.class)
                .single();
        jdbc.sql("insert into inbox_message (inbound, conversation) values (?, ?) on conflict do nothing")
                .params(reply.inbound(), conversation)
                .update();
    }

    /** @param owners whose; null is everybody's */
    public List<Conversation> list(Collection<UUID> owners, boolean unread, PageQuery page) {
        return filtered("select *", owners, unread, " order by received_at desc, id limit :size offset :offset")
                .param("size", page.size())
                .param("offset", page.offset())
                .query(Conversations::conversation)
                .list();
    }

    public long count(Collection<UUID> owners, boolean unread) {
        return filtered("select count(*)", owners, unread, "").query(Long.class).single();
    }

    private JdbcClient.StatementSpec filtered(String what, Collection<UUID> owners, boolean unread, String end) {
        String sql = what + " from inbox_conversation where " + (owners == null ? "true" : "owner = any(:owners)")
                + (unread ? " and unread > 0" : "") + end;
        JdbcClient.StatementSpec statement = jdbc.sql(sql);
        return owners == null ? statement : statement.param("owners", owners.toArray(UUID[]::new));
    }

    public Optional<Conversation> find(UUID id) {
        return jdbc.sql("select * from inbox_conversation where id = ?")
                .param(id)
                .query(Conversations::conversation)
                .optional();
    }

    /** Everything written to and fro in the enrollment, oldest first; of a long conversation the newest. */
    public List<Message> messages(EnrollmentId enrollment) {
        List<Message> messages = new ArrayList<>(sent(enrollment));
        messages.addAll(received(enrollment));
        messages.addAll(texts.messages(enrollment, LONGEST));
        messages.sort(Comparator.comparing(Message::at));
        return messages.subList(Math.max(0, messages.size() - LONGEST), messages.size());
    }

    private List<Message> sent(EnrollmentId enrollment) {
        return jdbc.sql("""
                        select id, coalesce(sent_at, queued_at) as at, from_address, coalesce(to_address, asked_to) as to_address,
                            coalesce(subject, written_subject) as subject, text, written_html, state, error, step_id,
                            case when state = 'QUEUED' and not held and not unplanned
                                then coalesce(planned_at, next_attempt_at) end as leaves_at
                        from mail where enrollment = ? and (state in ('SENT', 'BOUNCED', 'UNCERTAIN')
                            or (step_run is null and state <> 'CANCELLED'))
                        order by queued_at desc limit ?
                        """)
                .params(enrollment.value(), LONGEST)
                .query(Conversations::sent)
                .list();
    }

    private List<Message> received(EnrollmentId enrollment) {
        return jdbc.sql("""
                        select i.id, i.received_at, i.from_address, b.address, i.subject, i.raw, i.class
                        from inbound_mail i join mail m on m.id = i.mail left join mailbox b on b.id = i.mailbox
                        where m.enrollment = ? and i.class in ('REPLY', 'AUTO_REPLY')
                        order by i.received_at desc limit ?
                        """)
                .params(enrollment.value(), LONGEST)
                .query(Conversations::received)
                .list();
    }

    /** The newest reply as it came, and the mailbox it came to. */
    record Newest(ReceivedMessage message, MailboxId mailbox) {}

    Optional<Newest> newest(UUID inbound) {
        return jdbc.sql("select raw, mailbox from inbound_mail where id = ?")
                .param(inbound)
                .query((row, number) -> new Newest(
                        ReceivedMessage.read(row.getBytes("raw")), new MailboxId(row.getObject("mailbox", UUID.class))))
                .optional();
    }

    /** Message-ID of the newest of our mails in the enrollment, or null. */
    String lastMessageId(EnrollmentId enrollment) {
        return jdbc.sql("select message_id from mail where enrollment = ? and state = 'SENT' and message_id is not null"
                        + " order by sent_at desc limit 1")
                .param(enrollment.value())
                .query(String.class)
                .optional()
                .orElse(null);
    }

    public void read(UUID id, boolean read) {
        jdbc.sql("update inbox_conversation set unread = ? where id = ? and (unread > 0) = ?")
                .params(read ? 0 : 1, id, read)
                .update();
    }

    void answered(UUID id) {
        jdbc.sql("update inbox_conversation set answered_at = ?, unread = 0 where id = ?")
                .params(Times.sql(clock.instant()), id)
                .update();
    }

    private static Reply reply(ResultSet row, int number) throws SQLException {
        return new Reply(
                row.getObject("id", UUID.class),
                new EnrollmentId(row.getObject("enrollment", UUID.class)),
                new RecordId(row.getObject("record", UUID.class)),
                row.getObject("owner", UUID.class),
                Times.read(row, "received_at"),
                row.getString("from_address"),
                row.getString("subject"),
                row.getString("snippet"));
    }

    private static Conversation conversation(ResultSet row, int number) throws SQLException {
        return new Conversation(
                row.getObject("id", UUID.class),
                new EnrollmentId(row.getObject("enrollment", UUID.class)),
                new RecordId(row.getObject("record", UUID.class)),
                row.getObject("owner", UUID.class),
                row.getObject("inbound", UUID.class),
                row.getString("from_address"),
                row.getString("subject"),
                row.getString("snippet"),
                Times.read(row, "received_at"),
                row.getInt("unread"),
                Times.read(row, "answered_at"));
    }

    private static Message sent(ResultSet row, int number) throws SQLException {
        String text = row.getString("text");
        String html = row.getString("written_html");
        return new Message(
                row.getObject("id", UUID.class),
                Message.Direction.SENT,
                row.getString("state"),
                Times.read(row, "at"),
                row.getString("from_address"),
                row.getString("to_address"),
                row.getString("subject"),
                FoldedText.of(text != null ? text : html == null ? "" : PlainText.of(html)),
                row.getString("error"),
                Times.read(row, "leaves_at"));
    }

    private static Message received(ResultSet row, int number) throws SQLException {
        return new Message(
                row.getObject("id", UUID.class),
                Message.Direction.RECEIVED,
                row.getString("class"),
                Times.read(row, "received_at"),
                row.getString("from_address"),
                row.getString("address"),
                row.getString("subject"),
                FoldedText.of(ReceivedMessage.read(row.getBytes("raw")).text()),
                null,
                null);
    }
}
