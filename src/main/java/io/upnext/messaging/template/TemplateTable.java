package io.upnext.messaging.template;

import io.upnext.messaging.Times;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A table of templates; names are compared without regard to case. */
public abstract class TemplateTable<T extends AnyTemplate> {

    private final JdbcClient jdbc;
    private final Clock clock;
    private final String table;
    private final String found;
    private final RowMapper<T> mapper;

    /** @param searched the column that a search looks at besides the name */
    TemplateTable(JdbcClient jdbc, Clock clock, String table, String searched, RowMapper<T> mapper) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.table = table;
        this.found = " from " + table + " where position(:search in lower(name || ' ' || " + searched + ")) > 0";
        this.mapper = mapper;
    }

    /** Every language of the templates with these names. */
    public List<T> named(Collection<String> names) {
        return jdbc.sql("select * from " + table + " where lower(name) = any(?) order by lower(name), language")
                .param(names.stream()
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .distinct()
                        .toArray(String[]::new))
                .query(mapper)
                .list();
    }

    /** Every language of the template with this name. */
    public List<T> named(String name) {
        return named(List.of(name));
    }

    Optional<T> find(String name, String language) {
        return named(name).stream()
                .filter(template -> template.language().equals(language))
                .findFirst();
    }

    public List<String> names() {
        return jdbc.sql("select distinct name from " + table + " order by name")
                .query(String.class)
                .list();
    }

    /** One page by name and language. @param search part of the name or of what is searched, or empty for all */
    List<T> list(String search, boolean ascending, int size, long offset) {
        return jdbc.sql("select *" + found + " order by lower(name) " + (ascending ? "asc" : "desc")
                        + ", language, id limit :size offset :offset")
                .param("search", search.toLowerCase(Locale.ROOT))
                .param("size", size)
                .param("offset", offset)
                .query(mapper)
                .list();
    }

    long count(String search) {
        return jdbc.sql("select count(*)" + found)
                .param("search", search.toLowerCase(Locale.ROOT))
                .query(Long.class)
                .single();
    }

    abstract void insert(T template);

    /** Name and language stay. */
    abstract void update(T template);

    void delete(UUID id) {
        jdbc.sql("delete from " + table + " where id = ?").param(id).update();
    }

    /** A statement with the parameters that every template has. */
    JdbcClient.StatementSpec bound(String sql, T template) {
        return jdbc.sql(sql)
                .param("id", template.id())
                .param("name", template.name())
                .param("language", template.language())
                .param("recordType", template.recordType().name())
                .param("now", Times.sql(clock.instant()));
    }
}
