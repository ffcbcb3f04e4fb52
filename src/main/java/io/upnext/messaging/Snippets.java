package io.upnext.messaging;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.upnext.messaging.template.TemplateCatalogue;
import io.upnext.security.AuditLog;
import io.upnext.security.CurrentUser;
import io.upnext.security.Right;
import io.upnext.shared.ConflictException;
import io.upnext.shared.ForbiddenException;
import io.upnext.shared.InvalidException;
import io.upnext.shared.NotFoundException;
import io.upnext.shared.PageQuery;
import io.upnext.shared.Paged;
import io.upnext.shared.Problem;
import io.upnext.shared.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Pieces of text that people put into mails and templates. Everybody has own ones; those shared by everybody need {@link
 * Right#MANAGE_MAIL_TEMPLATES}.
 */
@Component
public class Snippets {

    private static final int LONGEST_NAME = 100;
    private static final int LONGEST = 100_000;
    private static final String VISIBLE =
            " from mail_snippet where (owner is null or owner = :user)" + " and position(:search in lower(name)) > 0";

    private final JdbcClient jdbc;
    private final AuditLog audit;
    private final Clock clock;

    Snippets(JdbcClient jdbc, AuditLog audit, Clock clock) {
        this.jdbc = jdbc;
        this.audit = audit;
        this.clock = clock;
    }

    /** @param html may hold placeholders @param shared by everybody, else only the owner's */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Snippet(UUID id, String name, String html, boolean shared, UserId owner) {}

    /** As people write it. @param shared null is false */
    public record Draft(String name, String html, Boolean shared) {

        boolean forAll() {
            return Boolean.TRUE.equals(shared);
        }
    }

    public Paged<Snippet> list(CurrentUser user, String search, PageQuery page) {
        String direction = SortOrder.direction(page, "name");
        String wanted = search == null ? "" : search.strip().toLowerCase(Locale.ROOT);
        List<Snippet> items = jdbc.sql(
                        "select *" + VISIBLE + " order by lower(name) " + direction + ", id limit :size offset :offset")
                .param("user", user.id().value())
                .param("search", wanted)
                .param("size", page.size())
                .param("offset", page.offset())
                .query(Snippets::snippet)
                .list();
        long total = jdbc.sql("select count(*)" + VISIBLE)
                .param("user", user.id().value())
                .param("search", wanted)
                .query(Long.class)
                .single();
        return Paged.of(items, page, total);
    }

    /** @throws NotFoundException where there is none that the user may see */
    public Snippet get(CurrentUser user, UUID id) {
        return jdbc.sql("select * from mail_snippet where id = ? and (owner is null or owner = ?)")
                .params(id, user.id().value())
                .query(Snippets::snippet)
                .optional()
                .orElseThrow(() -> new NotFoundException("There is no snippet '" + id + "' that you may see."));
    }

    @Transactional
    public Snippet create(CurrentUser user, Draft draft) {
        mayChange(user, draft.forAll());
        Snippet snippet = checked(UUID.randomUUID(), user, draft);
        try {
            jdbc.sql("insert into mail_snippet (id, name, html, owner, updated_at) values (?, ?, ?, ?, ?)")
                    .params(snippet.id(), snippet.name(), snippet.html(), owner(snippet), Times.sql(clock.instant()))
                    .update();
        } catch (DuplicateKeyException e) {
            throw taken(snippet);
        }
        audit.add(user.actor(), "snippet.create", "snippet:" + snippet.id(), null, snippet);
        return snippet;
    }

    @Transactional
    public Snippet update(CurrentUser user, UUID id, Draft draft) {
        Snippet before = get(user, id);
        mayChange(user, before.shared() || draft.forAll());
        Snippet after = checked(id, user, draft);
        try {
            jdbc.sql("update mail_snippet set name = ?, html = ?, owner = ?, updated_at = ? where id = ?")
                    .params(after.name(), after.html(), owner(after), Times.sql(clock.instant()), id)
                    .update();
        } catch (DuplicateKeyException e) {
            throw taken(after);
        }
        audit.add(user.actor(), "snippet.update", "snippet:" + id, before, after);
        return after;
    }

    @Transactional
    public void delete(CurrentUser user, UUID id) {
        Snippet snippet = get(user, id);
        mayChange(user, snippet.shared());
        jdbc.sql("delete from mail_snippet where id = ?").param(id).update();
        audit.add(user.actor(), "snippet.delete", "snippet:" + id, snippet, null);
    }

    private static void mayChange(CurrentUser user, boolean shared) {
        if (shared && !user.may(Right.MANAGE_MAIL_TEMPLATES)) {
            throw new ForbiddenException("Only who manages mail templates may change snippets that are shared.");
        }
    }

    private static Snippet checked(UUID id, CurrentUser user, Draft draft) {
        List<Problem> problems = new ArrayList<>();
        String name = draft.name() == null ? "" : draft.name().strip();
        if (name.isEmpty() || name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
            problems.add(Problem.error("name", "A name of 1 to 100 characters on one line is needed."));
        }
        if (draft.html() == null
                || draft.html().isBlank()
                || draft.html().length() > LONGEST
                || draft.html().indexOf('\0') >= 0) {
            problems.add(Problem.error("html", "A text of 1 to 100,000 characters is needed."));
        } else {
            TemplateCatalogue.mistakes(draft.html()).forEach(mistake -> problems.add(Problem.error("html", mistake)));
        }
        if (!problems.isEmpty()) {
            throw new InvalidException(
                    "The snippet cannot be saved: " + problems.get(0).message(), problems);
        }
        return new Snippet(
                id, name, TemplateCatalogue.clean(draft.html()), draft.forAll(), draft.forAll() ? null : user.id());
    }

    private static UUID owner(Snippet snippet) {
        return snippet.owner() == null ? null : snippet.owner().value();
    }

    private static ConflictException taken(Snippet snippet) {
        return new ConflictException(
                "There is already a snippet '" + snippet.name() + "'; change that one or choose another name.");
    }

    private static Snippet snippet(ResultSet row, int number) throws SQLException {
        UUID owner = row.getObject("owner", UUID.class);
        return new Snippet(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getString("html"),
                owner == null,
                owner == null ? null : new UserId(owner));
    }
}
