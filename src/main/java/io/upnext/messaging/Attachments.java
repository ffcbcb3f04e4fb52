package io.upnext.messaging;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.upnext.security.AuditLog;
import io.upnext.security.CurrentUser;
import io.upnext.security.Right;
import io.upnext.shared.ConflictException;
import io.upnext.shared.ForbiddenException;
import io.upnext.shared.InvalidException;
import io.upnext.shared.NotFoundException;
import io.upnext.shared.PageQuery;
import io.upnext.shared.Paged;
import io.upnext.shared.UnprocessableException;
import io.upnext.shared.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Files that go with mails, kept in the database. Everybody sees them; who may create sequences or manage mail templates
 * adds them; who added one, or manages mail templates, deletes it. Steps name them.
 */
@Component
public class Attachments {

    public static final int MAX_BYTES = 10 * 1024 * 1024;
    public static final int MAX_BYTES_OF_A_MAIL = 20 * 1024 * 1024;
    public static final int MAX_OF_A_MAIL = 10;
    private static final long MAX_BYTES_OF_ALL = 2L * 1024 * 1024 * 1024;

    private static final String COLUMNS = "id, name, content_type, size, owner, created_at";

    private final JdbcClient jdbc;
    private final AuditLog audit;
    private final Clock clock;

    Attachments(JdbcClient jdbc, AuditLog audit, Clock clock) {
        this.jdbc = jdbc;
        this.audit = audit;
        this.clock = clock;
    }

    /** A file without its content. @param size in bytes @param owner who added it */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Attachment(UUID id, String name, String contentType, int size, UserId owner, Instant createdAt) {}

    public Paged<Attachment> list(String search, PageQuery page) {
        String direction = SortOrder.direction(page, "name");
        String where = " from mail_attachment where position(:search in lower(name)) > 0";
        String wanted = search == null ? "" : search.strip().toLowerCase(Locale.ROOT);
        List<Attachment> items = jdbc.sql("select " + COLUMNS + where + " order by lower(name) " + direction
                        + ", id limit :size offset :offset")
                .param("search", wanted)
                .param("size", page.size())
                .param("offset", page.offset())
                .query(Attachments::attachment)
                .list();
        long total = jdbc.sql("select count(*)" + where)
                .param("search", wanted)
                .query(Long.class)
                .single();
        return Paged.of(items, page, total);
    }

    /** Every name, for lists to choose from. */
    public List<String> names() {
        return jdbc.sql("select name from mail_attachment order by lower(name)")
                .query(String.class)
                .list();
    }

    public Attachment get(UUID id) {
        return jdbc.sql("select " + COLUMNS + " from mail_attachment where id = ?")
                .param(id)
                .query(Attachments::attachment)
                .optional()
                .orElseThrow(() -> new NotFoundException("There is no attachment '" + id + "'."));
    }

    /** By name without regard to case, or by id. */
    public Optional<Attachment> find(String nameOrId) {
        return among(List.of(nameOrId)).find(nameOrId);
    }

    /** Those of these names or ids that exist, in one statement. */
    public Known among(Collection<String> namesOrIds) {
        Map<String, Attachment> known = new HashMap<>();
        if (!namesOrIds.isEmpty()) {
            jdbc.sql("select " + COLUMNS + " from mail_attachment where lower(name) = any(?) or id = any(?)")
                    .params(
                            namesOrIds.stream().map(Attachments::key).toArray(String[]::new),
                            namesOrIds.stream()
                                    .map(Attachments::id)
                                    .filter(Objects::nonNull)
                                    .toArray(UUID[]::new))
                    .query(Attachments::attachment)
                    .list()
                    .forEach(found -> {
                        known.put(key(found.name()), found);
                        known.put(found.id().toString(), found);
                    });
        }
        return new Known(known);
    }

    /** Attachments read at one moment. */
    public record Known(Map<String, Attachment> byKey) {

        public Optional<Attachment> find(String nameOrId) {
            return Optional.ofNullable(byKey.get(key(nameOrId)));
        }

        /**
         * The attachments of one mail, in order.
         *
         * @throws UnprocessableException where one does not exist or they are too many or too large together
         */
        public List<Attachment> all(List<String> namesOrIds) {
            List<Attachment> found = namesOrIds.stream()
                    .map(name -> find(name)
                            .orElseThrow(() -> new UnprocessableException(
                                    "There is no attachment '" + name + "'; upload it or take it out of the mail.")))
                    .distinct()
                    .toList();
            if (found.size() > MAX_OF_A_MAIL) {
                throw new UnprocessableException("A mail has at most " + MAX_OF_A_MAIL + " attachments, not "
                        + found.size() + "; take some out.");
            }
            if (found.stream().mapToLong(Attachment::size).sum() > MAX_BYTES_OF_A_MAIL) {
                throw new UnprocessableException("The attachments of a mail may have 20 MB together; take some out.");
            }
            return found;
        }
    }

    public Optional<byte[]> content(UUID id) {
        return jdbc.sql("select content from mail_attachment where id = ?")
                .param(id)
                .query((row, number) -> row.getBytes(1))
                .optional();
    }

    /** @param fileName as the browser says; a path is cut off and what could do harm is taken out */
    @Transactional
    public Attachment create(CurrentUser user, String fileName, byte[] content) {
        if (!user.may(Right.MANAGE_MAIL_TEMPLATES) && !user.may(Right.CREATE_SEQUENCES)) {
            throw new ForbiddenException("You may not add attachments; ask an administrator.");
        }
        String name = FileNames.safe(fileName);
        if (content.length == 0) {
            throw new InvalidException("The file '" + name + "' is empty; choose another.");
        }
        if (content.length > MAX_BYTES) {
            throw new InvalidException("The file '" + name + "' has more than 10 MB; make it smaller or send a link.");
        }
        if (usedBytes() + content.length > MAX_BYTES_OF_ALL) {
            throw new UnprocessableException("All attachments together have 2 GB; delete those no longer needed.");
        }
        Attachment attachment = new Attachment(
                UUID.randomUUID(), name, FileNames.contentType(name), content.length, user.id(), clock.instant());
        insert(attachment, content);
        audit.add(user.actor(), "attachment.create", "attachment:" + name, null, attachment);
        return attachment;
    }

    private void insert(Attachment attachment, byte[] content) {
        try {
            jdbc.sql("""
                            insert into mail_attachment (id, name, content_type, size, content, owner, created_at)
                            values (?, ?, ?, ?, ?, ?, ?)
                            """)
                    .params(
                            attachment.id(),
                            attachment.name(),
                            attachment.contentType(),
                            attachment.size(),
                            content,
                            attachment.owner().value(),
                            Times.sql(attachment.createdAt()))
                    .update();
        } catch (DuplicateKeyException e) {
            throw new ConflictException("There is already an attachment '" + attachment.name()
                    + "'; delete it first or give the file another name.");
        }
    }

    /** Links to it in mails that have left no longer work; steps that name it are reported by their checks. */
    @Transactional
    public void delete(CurrentUser user, UUID id) {
        Attachment attachment = get(id);
        if (!user.may(Right.MANAGE_MAIL_TEMPLATES) && !user.id().equals(attachment.owner())) {
            throw new ForbiddenException(
                    "Only who added '" + attachment.name() + "' or manages mail templates may delete it.");
        }
        jdbc.sql("delete from mail_attachment where id = ?").param(id).update();
        audit.add(user.actor(), "attachment.delete", "attachment:" + attachment.name(), attachment, null);
    }

    private long usedBytes() {
        return jdbc.sql("select coalesce(sum(size), 0) from mail_attachment")
                .query(Long.class)
                .single();
    }

    private static String key(String nameOrId) {
        return nameOrId.strip().toLowerCase(Locale.ROOT);
    }

    private static UUID id(String text) {
        try {
            return text.length() == 36 ? UUID.fromString(text) : null;
        } catch (IllegalArgumentException aName) {
            return null;
        }
    }

    private static Attachment attachment(ResultSet row, int number) throws SQLException {
        return new Attachment(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getString("content_type"),
                row.getInt("size"),
                new UserId(row.getObject("owner", UUID.class)),
                Times.read(row, "created_at"));
    }
}
