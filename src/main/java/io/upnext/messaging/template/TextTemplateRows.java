package io.upnext.messaging.template;

import io.upnext.messaging.Times;
import io.upnext.shared.RecordType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table of text templates; names are compared without regard to case. */
@Component
public class TextTemplateRows {

    private static final String FOUND = " from text_template where position(:search in lower(name || ' ' || text)) > 0";

    private final JdbcClient jdbc;
    private final Clock clock;

    TextTemplateRows(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Every language of the template with this name. */
    public List<StoredTextTemplate> named(String name) {
        return jdbc.sql("select * from text_template where lower(name) = ? order by language")
                .param(name.toLowerCase(Locale.ROOT))
                .query(TextTemplateRows::template)
                .list();
    }

    Optional<StoredTextTemplate> find(String name, String language) {
        return named(name).stream()
                .filter(template -> template.language().equals(language))
                .findFirst();
    }

    public List<String> names() {
        return jdbc.sql("select distinct name from text_template order by name")
                .query(String.class)
                .list();
    }

    /** One page by name and language. @param search part of the name or text, or empty for all */
    List<StoredTextTemplate> list(String search, boolean ascending, int size, long offset) {
        return jdbc.sql("select *" + FOUND + " order by lower(name) " + (ascending ? "asc" : "desc")
                        + ", language, id limit :size offset :offset")
                .param("search", search.toLowerCase(Locale.ROOT))
                .param("size", size)
                .param("offset", offset)
                .query(TextTemplateRows::template)
                .list();
    }

    long count(String search) {
        return jdbc.sql("select count(*)" + FOUND)
                .param("search", search.toLowerCase(Locale.ROOT))
                .query(Long.class)
                .single();
    }

    void insert(StoredTextTemplate template) {
        bind("""
                insert into text_template (id, name, language, record_type, text, updated_at)
                values (:id, :name, :language, :recordType, :text, :now)
                """, template).update();
    }

    void update(StoredTextTemplate template) {
        bind("""
                update text_template set record_type = :recordType, text = :text, updated_at = :now,
                    version = version + 1
                where id = :id
                """, template).update();
    }

    void delete(UUID id) {
        jdbc.sql("delete from text_template where id = ?").param(id).update();
    }

    private JdbcClient.StatementSpec bind(String sql, StoredTextTemplate template) {
        return jdbc.sql(sql)
                .param("id", template.id())
                .param("name", template.name())
                .param("language", template.language())
                .param("recordType", template.recordType().name())
                .param("text", template.text())
                .param("now", Times.sql(clock.instant()));
    }

    private static StoredTextTemplate template(ResultSet row, int number) throws SQLException {
        return new StoredTextTemplate(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getString("language"),
                RecordType.valueOf(row.getString("record_type")),
                row.getString("text"),
                row.getLong("version"));
    }
}
