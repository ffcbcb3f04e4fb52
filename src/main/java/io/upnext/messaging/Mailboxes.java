package io.upnext.messaging;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.upnext.security.Secrets;
import io.upnext.shared.ConflictException;
import io.upnext.shared.MailboxId;
import io.upnext.shared.PageQuery;
import io.upnext.shared.Paged;
import io.upnext.shared.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The mailboxes mail leaves through and replies arrive in. */
@Component
public class Mailboxes {

    private static final String SECRET_PURPOSE = "mailbox";
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(15);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);

    private final JdbcClient jdbc;
    private final ObjectMapper json;
    private final Secrets secrets;
    private final Clock clock;

    Mailboxes(JdbcClient jdbc, ObjectMapper json, Secrets secrets, Clock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.secrets = secrets;
        this.clock = clock;
    }

    /** The mailbox a user sends from: the oldest of the own ones. */
    public Optional<MailboxId> of(UserId owner) {
        return jdbc.sql("select id from mailbox where owner = ? order by created_at, id limit 1")
                .param(owner.value())
                .query(UUID.class)
                .optional()
                .map(MailboxId::new);
    }

    public boolean exists(String id) {
        try {
            return find(MailboxId.of(id)).isPresent();
        } catch (IllegalArgumentException noId) {
            return false;
        }
    }

    /** At least one mailbox is switched on and not stopped by an error. */
    public boolean anyWorking() {
        return jdbc.sql("select exists (select 1 from mailbox where not stopped)")
                .query(Boolean.class)
                .single();
    }

    public Optional<Mailbox> find(MailboxId id) {
        return jdbc.sql("select * from mailbox where id = ?")
                .param(id.value())
                .query(this::mailbox)
                .optional();
    }

    public Map<MailboxId, Mailbox> findAll(Collection<MailboxId> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        return jdbc
                .sql("select * from mailbox where id = any(?)")
                .param(ids.stream().map(MailboxId::value).toArray(UUID[]::new))
                .query(this::mailbox)
                .list()
                .stream()
                .collect(Collectors.toMap(Mailbox::id, Function.identity()));
    }

    public List<Mailbox> all() {
        return jdbc.sql("select * from mailbox order by id")
                .query(this::mailbox)
                .list();
    }

    /** The one with the address, without regard to case. */
    public Optional<Mailbox> at(String address) {
        return jdbc.sql("select * from mailbox where lower(address) = lower(?)")
                .param(address)
                .query(this::mailbox)
                .optional();
    }

    /** The mailboxes of one owner, or all where the owner is null, by address. */
    public Paged<Mailbox> list(UserId owner, PageQuery page) {
        String where = owner == null ? "" : " where owner = :owner";
        List<Mailbox> items = jdbc.sql("select * from mailbox" + where + " order by lower(address) "
                        + SortOrder.direction(page, "address") + ", id limit :size offset :offset")
                .param("owner", owner == null ? null : owner.value())
                .param("size", page.size())
                .param("offset", page.offset())
                .query(this::mailbox)
                .list();
        long total = jdbc.sql("select count(*) from mailbox" + where)
                .param("owner", owner == null ? null : owner.value())
                .query(Long.class)
                .single();
        return Paged.of(items, page, total);
    }

    /** The mailboxes of an owner that are stopped or warned about. */
    public List<Mailbox> inTrouble(UserId owner) {
        return jdbc.sql("select * from mailbox where owner = ? and (stopped or warning is not null) order by address")
                .param(owner.value())
                .query(this::mailbox)
                .list();
    }

    /** Ids of all mailboxes that receive. */
    public List<MailboxId> receiving() {
        return jdbc.sql("select id from mailbox where imap is not null order by id").query(UUID.class).list().stream()
                .map(MailboxId::new)
                .toList();
    }

    /**
     * @throws ConflictException where another mailbox has the address
     */
    public void create(Mailbox mailbox) {
        try {
            bind("""
                    insert into mailbox (id, address, name, owner, smtp, smtp_password, imap, imap_password, tracking, limits,
                        created_at, updated_at)
                    values (:id, :address, :name, :owner, :smtp::jsonb, :smtpPassword, :imap::jsonb, :imapPassword, :tracking,
                        :limits::jsonb, :now, :now)
                    """, mailbox).update();
        } catch (DuplicateKeyException e) {
            throw addressTaken(mailbox, e);
        }
    }

    /** Saves what people may change; that also starts a stopped mailbox again. */
    public void update(Mailbox mailbox) {
        try {
            bind("""
                    update mailbox set address = :address, name = :name, owner = :owner, smtp = :smtp::jsonb,
                        smtp_password = :smtpPassword, imap = :imap::jsonb, imap_password = :imapPassword, tracking = :tracking,
                        limits = :limits::jsonb, updated_at = :now, stopped = false, error = null, warning = null,
                        paused_until = null, failures = 0,
                        version = version + 1
                    where id = :id
                    """, mailbox).update();
        } catch (DuplicateKeyException e) {
            throw addressTaken(mailbox, e);
        }
    }

    /** Mails queued for it are reported by the dispatcher: they never leave through another one silently. */
    @Transactional
    public void delete(MailboxId id) {
        jdbc.sql("update mail set mailbox = null, unplanned = false, planned_at = null, planned_until = null,"
                        + " slot_day = null, organisation_day = null where mailbox = ? and state = 'QUEUED'")
                .param(id.value())
                .update();
        jdbc.sql("delete from mailbox where id = ?").param(id.value()).update();
    }

    /** The server refused the log-in or the sender: nothing leaves through it until a person has put it right. */
    public void stop(Mailbox mailbox, String error) {
        jdbc.sql("update mailbox set stopped = true, error = ?, version = version + 1 where id = ? and version = ?")
                .params(error, mailbox.id().value(), mailbox.version())
                .update();
    }

    /** The server cannot be reached: left alone for a pause that grows with every failure in a row. */
    public Instant pause(Mailbox mailbox, String error) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(mailbox.failures(), 6));
        Instant until = clock.instant().plus(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
        jdbc.sql("update mailbox set paused_until = ?, failures = failures + 1, error = ? where id = ?")
                .params(Times.sql(until), error, mailbox.id().value())
                .update();
        return until;
    }

    /** It works (again). */
    public void works(MailboxId id) {
        jdbc.sql("""
                        update mailbox set stopped = false, paused_until = null, failures = 0, error = null
                        where id = ? and (stopped or failures > 0 or error is not null)
                        """).param(id.value()).update();
    }

    /** The password in clear, for the conversation with the server only. */
    public String password(MailServer server) {
        return server.secret() == null ? null : secrets.decrypt(SECRET_PURPOSE, server.secret());
    }

    public String encrypt(String password) {
        return secrets.encrypt(SECRET_PURPOSE, password);
    }

    private JdbcClient.StatementSpec bind(String sql, Mailbox mailbox) {
        return jdbc.sql(sql)
                .param("id", mailbox.id().value())
                .param("address", mailbox.address())
                .param("name", mailbox.name())
                .param("owner", mailbox.owner() == null ? null : mailbox.owner().value())
                .param("smtp", write(mailbox.smtp()))
                .param("smtpPassword", mailbox.smtp().secret())
                .param("imap", mailbox.imap() == null ? null : write(mailbox.imap()))
                .param(
                        "imapPassword",
                        mailbox.imap() == null ? null : mailbox.imap().secret())
                .param("tracking", mailbox.tracking())
                .param("limits", mailbox.limits().isNone() ? null : write(mailbox.limits()))
                .param("now", Times.sql(clock.instant()));
    }

    private static ConflictException addressTaken(Mailbox mailbox, DuplicateKeyException cause) {
        ConflictException conflict =
                new ConflictException("There is already a mailbox for '" + mailbox.address() + "'; change that one.");
        conflict.initCause(cause);
        return conflict;
    }

    private Mailbox mailbox(ResultSet row, int number) throws SQLException {
        UUID owner = row.getObject("owner", UUID.class);
        return new Mailbox(
                new MailboxId(row.getObject("id", UUID.class)),
                row.getString("address"),
                row.getString("name"),
                owner == null ? null : new UserId(owner),
                read(row.getString("smtp"), row.getString("smtp_password")),
                read(row.getString("imap"), row.getString("imap_password")),
                limits(row.getString("limits")),
                row.getBoolean("stopped"),
                row.getString("error"),
                row.getString("warning"),
                Times.read(row, "paused_until"),
                row.getInt("failures"),
                row.getLong("version"),
                row.getBoolean("tracking"));
    }

    private String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private MailLimits limits(String stored) {
        try {
            return stored == null ? MailLimits.NONE : json.readValue(stored, MailLimits.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Stored limits of a mailbox cannot be read.", e);
        }
    }

    private MailServer read(String stored, String secret) {
        if (stored == null) {
            return null;
        }
        try {
            return json.readValue(stored, MailServer.class).withSecret(secret);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A stored mail server cannot be read.", e);
        }
    }
}
