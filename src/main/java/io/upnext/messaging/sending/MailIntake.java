package io.upnext.messaging.sending;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.upnext.messaging.OutgoingMail;
import io.upnext.messaging.Times;
import io.upnext.shared.MailId;
import io.upnext.shared.MailboxId;
import io.upnext.shared.StepRunId;
import io.upnext.shared.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Puts mails into the queue that {@link MailQueue} works off; any number in one statement. */
@Component
public class MailIntake {

    private final JdbcClient jdbc;
    private final ObjectMapper json;
    private final Clock clock;

    MailIntake(JdbcClient jdbc, ObjectMapper json, Clock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
    }

    /** @param window of its sequence, as JSON, or null */
    public record Asked(OutgoingMail mail, String window) {}

    /** @param unplanned it waits for {@link io.upnext.messaging.pacing.MailPlanner} */
    public record Inserted(MailId id, boolean unplanned) {}

    /**
     * What a person wrote leaves whatever the window says; its place in the caps it needs all the same. Its mailbox is the
     * one that was asked for, else the oldest of its sender's; none where there is none yet: the dispatcher looks again
     * and reports it.
     *
     * @param capped is there a cap beyond the mailbox's own limits
     * @return for each the mail in the queue: the first one, where its step run had one
     */
    public List<Inserted> insert(List<Asked> asked, boolean capped) {
        List<Map<String, Object>> rows = asked.stream().map(MailIntake::row).toList();
        Map<UUID, Inserted> inserted = jdbc
                .sql("""
                        with asked as (
                            select * from jsonb_to_recordset(:rows::jsonb) as q (id uuid, step_run uuid, enrollment uuid,
                                step_id text, record uuid, sender uuid, asked_mailbox uuid, template text, language text,
                                written_subject text, written_html text, reply_to_step_run uuid, reply_to_address text,
                                cc text[], bcc text[], track_opens boolean, track_clicks boolean,
                                unsubscribe_link boolean, attachments text[], asked_to text, in_reply_to text,
                                mail_references text, written_by uuid, send_window text, urgent boolean)),
                        placed as (
                            select asked.*, case when asked_mailbox is null
                                then (select b.id from mailbox b where b.owner = sender order by b.created_at, b.id limit 1)
                                else (select b.id from mailbox b where b.id = asked_mailbox) end as mailbox from asked)
                        insert into mail (id, step_run, enrollment, step_id, record, sender, asked_mailbox, template, language,
                            written_subject, written_html, reply_to_step_run, reply_to_address, cc, bcc, track_opens,
                            track_clicks, unsubscribe_link, attachments, asked_to, in_reply_to, mail_references, written_by,
                            state, mailbox, queued_at, next_attempt_at, send_window, urgent, unplanned)
                        select id, step_run, enrollment, step_id, record, sender, asked_mailbox, template, language,
                            written_subject, written_html, reply_to_step_run, reply_to_address, cc, bcc, track_opens,
                            track_clicks, unsubscribe_link, attachments, asked_to, in_reply_to, mail_references, written_by,
                            'QUEUED', mailbox, :now, :now, send_window::jsonb, urgent,
                            mailbox is not null and (:capped or send_window is not null
                                or exists (select 1 from mailbox b where b.id = placed.mailbox and b.limits is not null))
                        from placed
                        on conflict do nothing
                        returning id, unplanned
                        """)
                .param("rows", write(rows))
                .param("capped", capped)
                .param("now", Times.sql(clock.instant()))
                .query(MailIntake::inserted)
                .list()
                .stream()
                .collect(Collectors.toMap(one -> one.id().value(), Function.identity()));
        List<Inserted> all = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            UUID id = (UUID) rows.get(i).get("id");
            Inserted own = inserted.get(id);
            all.add(own == null ? known(asked.get(i).mail(), id) : own);
        }
        return all;
    }

    private Inserted known(OutgoingMail mail, UUID id) {
        return jdbc.sql("select id, unplanned from mail where " + (mail.stepRun() == null ? "id = ?" : "step_run = ?"))
                .param(mail.stepRun() == null ? id : mail.stepRun().value())
                .query(MailIntake::inserted)
                .single();
    }

    private static Inserted inserted(ResultSet row, int number) throws SQLException {
        return new Inserted(new MailId(row.getObject(1, UUID.class)), row.getBoolean(2));
    }

    private static Map<String, Object> row(Asked asked) {
        OutgoingMail mail = asked.mail();
        OutgoingMail.Written written = mail.written();
        OutgoingMail.Answer answer = mail.answer();
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", (answer == null ? MailId.next() : answer.mail()).value());
        row.put("step_run", id(mail.stepRun(), StepRunId::value));
        row.put("enrollment", mail.enrollment().value());
        row.put("step_id", mail.stepId());
        row.put("record", mail.record().value());
        row.put("sender", id(mail.sender(), UserId::value));
        row.put("asked_mailbox", id(mail.mailbox(), MailboxId::value));
        row.put("template", mail.template());
        row.put("language", mail.language());
        row.put("reply_to_step_run", id(mail.replyTo(), StepRunId::value));
        row.put("reply_to_address", mail.replyToAddress());
        row.put("cc", list(mail.cc()));
        row.put("bcc", list(mail.bcc()));
        row.put("track_opens", mail.trackOpens());
        row.put("track_clicks", mail.trackClicks());
        row.put("unsubscribe_link", mail.unsubscribeLink());
        row.put("attachments", list(mail.attachments()));
        row.put("send_window", asked.window());
        row.put("urgent", written != null);
        if (written != null) {
            row.put("written_subject", written.subject());
            row.put("written_html", written.html());
        }
        if (answer != null) {
            row.put("asked_to", answer.to());
            row.put("in_reply_to", answer.inReplyTo());
            row.put("mail_references", answer.references());
            row.put("written_by", id(answer.by(), UserId::value));
        }
        return row;
    }

    private String write(List<Map<String, Object>> rows) {
        try {
            return json.writeValueAsString(rows);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static <T> UUID id(T id, Function<T, UUID> value) {
        return id == null ? null : value.apply(id);
    }

    private static List<String> list(List<String> values) {
        return values == null ? List.of() : values;
    }
}
