package io.upnext.security;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.upnext.shared.InvalidException;
import io.upnext.shared.PageQuery;
import io.upnext.shared.Paged;
import io.upnext.shared.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads the audit log. */
@Repository
public class AuditTrail {

    private final JdbcClient jdbc;
    private final ObjectMapper json;

    AuditTrail(JdbcClient jdbc, ObjectMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** One change. @param user null where the product itself did it */
    public record Entry(
            UUID id,
            Instant at,
            UserId user,
            String actor,
            String action,
            String subject,
            JsonNode before,
            JsonNode after) {}

    /** What to look for; null matches everything. @param action also the beginning of one, such as {@code user.} */
    public record Search(UserId user, String action, String subject, Instant from, Instant to) {}

    public Paged<Entry> find(Search search, PageQuery page) {
        var conditions = new ArrayList<String>();
        var values = new LinkedHashMap<String, Object>();
        conditions(search, conditions, values);
        var where = conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
        var total = jdbc.sql("select count(*) from audit" + where)
                .params(values)
                .query(Long.class)
                .single();
        var items = jdbc.sql("select * from audit" + where + order(page) + " limit :size offset :offset")
                .params(values)
                .param("size", page.size())
                .param("offset", page.offset())
                .query((row, n) -> read(row))
                .list();
        return Paged.of(items, page, total);
    }

    public Optional<Entry> find(UUID id) {
        return jdbc.sql("select * from audit where id = ?")
                .param(id)
                .query((row, n) -> read(row))
                .optional();
    }

    private static void conditions(Search search, java.util.List<String> conditions, Map<String, Object> values) {
        if (search.user() != null) {
            conditions.add("app_user = :user");
            values.put("user", search.user().value());
        }
        if (search.action() != null) {
            conditions.add("starts_with(action, :action)");
            values.put("action", search.action());
        }
        if (search.subject() != null) {
            conditions.add("subject = :subject");
            values.put("subject", search.subject());
        }
        if (search.from() != null) {
            conditions.add("at >= :from");
            values.put("from", search.from().atOffset(ZoneOffset.UTC));
        }
        if (search.to() != null) {
            conditions.add("at < :to");
            values.put("to", search.to().atOffset(ZoneOffset.UTC));
        }
    }

    private static String order(PageQuery page) {
        var order = new StringBuilder(" order by ");
        for (var sort : page.sort()) {
            order.append(
                    switch (sort.property()) {
                        case "at", "action", "subject", "actor" -> sort.property();
                        default ->
                            throw new InvalidException("One cannot sort by '" + sort.property()
                                    + "'; known are at, action, subject, actor.");
                    });
            order.append(sort.ascending() ? ", " : " desc, ");
        }
        return order + (page.sort().isEmpty() ? "at desc, id desc" : "id");
    }

    private Entry read(ResultSet row) throws SQLException {
        var user = row.getObject("app_user", UUID.class);
        return new Entry(
                row.getObject("id", UUID.class),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                user == null ? null : new UserId(user),
                row.getString("actor"),
                row.getString("action"),
                row.getString("subject"),
                state(row.getString("before")),
                state(row.getString("after")));
    }

    private JsonNode state(String text) {
        try {
            return text == null ? null : json.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
