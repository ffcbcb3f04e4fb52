package io.upnext.demo;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.upnext.shared.NotFoundException;
import io.upnext.shared.PageQuery;
import io.upnext.shared.Paged;
import jakarta.mail.Address;
import jakarta.mail.Header;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The mails to people outside, as they arrived; kept in the table {@code demo_mail}, never in memory. */
@Repository
@Profile(DemoByDefault.PROFILE)
public class CaughtMails {

    private static final Session SESSION = Session.getInstance(new Properties());
    private static final String SELECT = """
            select d.*, m.enrollment, m.step_id from demo_mail d left join mail m on m.message_id = d.message_id
            """;

    private final JdbcClient jdbc;
    private final Clock clock;

    CaughtMails(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** @param from and {@code to} are bare addresses; @param headers by name, unfolded and decoded */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Caught(
            String id,
            String from,
            String to,
            String subject,
            Instant at,
            String text,
            String html,
            Map<String, String> headers,
            String enrollment,
            String step) {}

    void keep(MimeMessage message, String envelopeFrom, String to) throws MessagingException {
        var raw = new ByteArrayOutputStream();
        try {
            message.writeTo(raw);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        jdbc.sql("""
                        insert into demo_mail (id, from_address, to_address, subject, at, message_id, raw)
                        values (?, ?, ?, ?, ?, ?, ?)
                        """)
                .params(
                        UUID.randomUUID(),
                        clean(from(message, envelopeFrom)),
                        clean(to),
                        clean(message.getSubject()),
                        clock.instant().atOffset(ZoneOffset.UTC),
                        message.getMessageID(),
                        raw.toByteArray())
                .update();
    }

    /** @param to an address, without regard to case; null for all */
    public Paged<Caught> list(String to, PageQuery page) {
        return list(to == null ? "" : " where lower(d.to_address) = lower(:to)", to, page);
    }

    /** @param part any part of an address */
    public Paged<Caught> search(String part, PageQuery page) {
        return list(
                part == null || part.isBlank()
                        ? ""
                        : " where strpos(lower(d.to_address), lower(:to)) > 0 or strpos(lower(d.from_address), lower(:to)) > 0",
                part == null ? null : part.strip(),
                page);
    }

    private Paged<Caught> list(String where, String to, PageQuery page) {
        List<Caught> items = jdbc.sql(SELECT + where + " order by d.n desc limit :size offset :offset")
                .param("to", to)
                .param("size", page.size())
                .param("offset", page.offset())
                .query(CaughtMails::caught)
                .list();
        long total = jdbc.sql("select count(*) from demo_mail d" + where)
                .param("to", to)
                .query(Long.class)
                .single();
        return Paged.of(items, page, total);
    }

    /** @throws NotFoundException where there is none */
    public Caught get(String id) {
        return jdbc.sql(SELECT + " where d.id = ?")
                .param(uuid(id))
                .query(CaughtMails::caught)
                .optional()
                .orElseThrow(() -> missing(id));
    }

    MimeMessage message(String id) throws MessagingException {
        byte[] raw = jdbc.sql("select raw from demo_mail where id = ?")
                .param(uuid(id))
                .query(byte[].class)
                .optional()
                .orElseThrow(() -> missing(id));
        return parse(raw);
    }

    private static Caught caught(ResultSet row, int number) throws SQLException {
        try {
            MimeMessage message = parse(row.getBytes("raw"));
            return new Caught(
                    row.getString("id"),
                    row.getString("from_address"),
                    row.getString("to_address"),
                    row.getString("subject"),
                    row.getObject("at", OffsetDateTime.class).toInstant(),
                    MailText.of(message, "text/plain"),
                    MailText.of(message, "text/html"),
                    headers(message),
                    row.getString("enrollment"),
                    row.getString("step_id"));
        } catch (MessagingException e) {
            throw new SQLException("A caught mail cannot be read", e);
        }
    }

    private static Map<String, String> headers(MimeMessage message) throws MessagingException {
        Map<String, String> headers = new LinkedHashMap<>();
        for (Header header : Collections.list(message.getAllHeaders())) {
            headers.merge(header.getName(), decoded(header.getValue()), (a, b) -> a + ", " + b);
        }
        return headers;
    }

    private static String decoded(String value) {
        String line = MimeUtility.unfold(value).replaceAll("\\s+", " ");
        try {
            return MimeUtility.decodeText(line);
        } catch (java.io.UnsupportedEncodingException e) {
            return line;
        }
    }

    private static String from(MimeMessage message, String envelopeFrom) throws MessagingException {
        Address[] from = message.getFrom();
        return from != null && from.length > 0 && from[0] instanceof InternetAddress address
                ? address.getAddress()
                : envelopeFrom;
    }

    private static MimeMessage parse(byte[] raw) throws MessagingException {
        return new MimeMessage(SESSION, new ByteArrayInputStream(raw));
    }

    private static UUID uuid(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException noId) {
            throw missing(id);
        }
    }

    private static NotFoundException missing(String id) {
        return new NotFoundException("There is no caught mail '" + id + "'.");
    }

    /** PostgreSQL's text holds anything but the character 0. */
    private static String clean(String text) {
        return text == null ? "" : text.replace("\u0000", "");
    }
}
