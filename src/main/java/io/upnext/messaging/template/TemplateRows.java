package io.upnext.messaging.template;

import io.upnext.messaging.Times;
import io.upnext.shared.RecordType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table of mail templates; names are compared without regard to case. */
@Component
public class TemplateRows {

    private final JdbcClient jdbc;
    private final Clock clock;

    TemplateRows(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Every language of the templates with these names. */
    public List<StoredTemplate> named(Collection<String> names) {
        return jdbc.sql("select * from mail_template where lower(name) = any(?) order by lower(name), language")
                .param(names.stream()
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .distinct()
                        .toArray(String[]::new))
                .query(TemplateRows::template)
                .list();
    }

    public Optional<StoredTemplate> find(String name, String language) {
        return named(List.of(name)).stream()
                .filter(template -> template.language().equals(language))
                .findFirst();
    }

    public List<String> names() {
        return jdbc.sql("select distinct name from mail_template order by name")
                .query(String.class)
                .list();
    }

    /** One page by name and language. @param search part of the name or subject, or empty for all */
    public List<StoredTemplate> list(String search, String direction, int size, long offset) {
        return jdbc.sql("select * from mail_template where position(:search in lower(name || ' ' || subject)) > 0"
                        + " order by lower(name) " + ("desc".equals(direction) ? "desc" : "asc")
                        + ", language, id limit :size offset :offset")
                .param("search", search.toLowerCase(Locale.ROOT))
                .param("size", size)
                .param("offset", offset)
                .query(TemplateRows::template)
                .list();
    }

    public long count(String search) {
        return jdbc.sql("select count(*) from mail_template where position(? in lower(name || ' ' || subject)) > 0")
                .param(search.toLowerCase(Locale.ROOT))
                .query(Long.class)
                .single();
    }

    public void insert(StoredTemplate template) {
        bind("""
                insert into mail_template (id, name, language, record_type, subject, html, text, updated_at)
                values (:id, :name, :language, :recordType, :subject, :html, :text, :now)
                """, template).update();
    }

    /** False where it is gone. */
    public boolean update(StoredTemplate template) {
        return bind("""
                update mail_template set record_type = :recordType, subject = :subject, html = :html, text = :text,
                    updated_at = :now, version = version + 1
                where id = :id
                """, template).update() > 0;
    }

    public void delete(UUID id) {
        jdbc.sql("delete from mail_template where id = ?").param(id).update();
    }

    private JdbcClient.StatementSpec bind(String sql, StoredTemplate template) {
        return jdbc.sql(sql)
                .param("id", template.id())
                .param("name", template.name())
                .param("language", template.language())
                .param("recordType", template.recordType().name())
                .param("subject", template.subject())
                .param("html", template.html())
                .param("text", template.text())
                .param("now", Times.sql(clock.instant()));
    }

    private static StoredTemplate template(ResultSet row, int number) throws SQLException {
        return new StoredTemplate(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getString("language"),
                RecordType.valueOf(row.getString("record_type")),
                row.getString("subject"),
                row.getString("html"),
                row.getString("text"),
                row.getLong("version"));
    }
}
