package io.upnext.messaging;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.upnext.shared.Actor;
import io.upnext.shared.ConflictException;
import io.upnext.shared.NotFoundException;
import io.upnext.shared.PageQuery;
import io.upnext.shared.Paged;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Addresses, domains and phone numbers that get no mail or text, whatever the records say; without regard to case. */
@Component
public class Suppressions {

    public enum Reason {
        UNSUBSCRIBED,
        BOUNCED,
        COMPLAINED,
        MANUAL,
        /** By a text message that said STOP; START takes it back. */
        STOPPED
    }

    /** One entry: an address, a domain or a number (E.164) is set. @param by who entered it */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Suppression(
            UUID id,
            String address,
            String domain,
            String number,
            Reason reason,
            String detail,
            Instant at,
            String by) {}

    private final JdbcClient jdbc;
    private final Clock clock;

    Suppressions(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Suppresses an address or domain; doing so again changes nothing.
     *
     * @return false where it already was
     */
    public boolean add(String addressOrDomain, Reason reason, String detail, Actor by) {
        return jdbc.sql("""
                        insert into suppression (id, value, reason, detail, at, by_name) values (?, ?, ?, ?, ?, ?)
                        on conflict (value) do nothing
                        """)
                        .params(
                                UUID.randomUUID(),
                                normal(addressOrDomain),
                                reason.name(),
                                detail,
                                Times.sql(clock.instant()),
                                by.name())
                        .update()
                > 0;
    }

    /** Takes an entry away if it was made for that reason and no other. */
    public void takeBack(String value, Reason reason) {
        jdbc.sql("delete from suppression where value = ? and reason = ?")
                .params(normal(value), reason.name())
                .update();
    }

    public boolean contains(String address) {
        return !among(List.of(address)).isEmpty();
    }

    /** Which of these addresses are suppressed, themselves or by their domain or one above it. */
    public Set<String> among(Collection<String> addresses) {
        Map<String, List<String>> byValue = new HashMap<>();
        for (String address : addresses) {
            for (String value : values(normal(address))) {
                byValue.computeIfAbsent(value, v -> new ArrayList<>()).add(address);
            }
        }
        Set<String> suppressed = new HashSet<>();
        if (!byValue.isEmpty()) {
            jdbc
                    .sql("select value from suppression where value = any(?)")
                    .param(byValue.keySet().toArray(String[]::new))
                    .query(String.class)
                    .list()
                    .stream()
                    .map(byValue::get)
                    .forEach(suppressed::addAll);
        }
        return suppressed;
    }

    public Paged<Suppression> list(String search, PageQuery page) {
        String where = " from suppression where position(:search in value) > 0 ";
        String direction = page.sort().isEmpty() ? "desc" : SortOrder.direction(page, "at");
        List<Suppression> items = jdbc.sql(
                        "select *" + where + "order by at " + direction + ", id limit :size offset :offset")
                .param("search", normal(search == null ? "" : search))
                .param("size", page.size())
                .param("offset", page.offset())
                .query(Suppressions::suppression)
                .list();
        long total = jdbc.sql("select count(*)" + where)
                .param("search", normal(search == null ? "" : search))
                .query(Long.class)
                .single();
        return Paged.of(items, page, total);
    }

    public Optional<Suppression> find(UUID id) {
        return jdbc.sql("select * from suppression where id = ?")
                .param(id)
                .query(Suppressions::suppression)
                .optional();
    }

    /** @throws ConflictException where it is already suppressed */
    public Suppression create(String addressOrDomain, Reason reason, String detail, Actor by) {
        if (!add(addressOrDomain, reason, detail, by)) {
            throw new ConflictException("'" + normal(addressOrDomain) + "' is already suppressed.");
        }
        return jdbc.sql("select * from suppression where value = ?")
                .param(normal(addressOrDomain))
                .query(Suppressions::suppression)
                .single();
    }

    public void delete(UUID id) {
        if (jdbc.sql("delete from suppression where id = ?").param(id).update() == 0) {
            throw new NotFoundException("There is no suppression '" + id + "'.");
        }
    }

    private static List<String> values(String address) {
        List<String> values = new ArrayList<>(List.of(address));
        String domain = address.substring(address.lastIndexOf('@') + 1);
        while (domain.indexOf('.') > 0) {
            values.add(domain);
            domain = domain.substring(domain.indexOf('.') + 1);
        }
        return values;
    }

    private static String normal(String value) {
        return value.strip().toLowerCase(Locale.ROOT);
    }

    private static Suppression suppression(ResultSet row, int number) throws SQLException {
        String value = row.getString("value");
        boolean address = value.indexOf('@') >= 0;
        boolean phone = value.startsWith("+") && !address;
        return new Suppression(
                row.getObject("id", UUID.class),
                address ? value : null,
                address || phone ? null : value,
                phone ? value : null,
                Reason.valueOf(row.getString("reason")),
                row.getString("detail"),
                Times.read(row, "at"),
                row.getString("by_name"));
    }
}
