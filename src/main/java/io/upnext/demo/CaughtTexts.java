package io.upnext.demo;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.upnext.messaging.TextGateway;
import io.upnext.shared.NotFoundException;
import io.upnext.shared.PageQuery;
import io.upnext.shared.Paged;
import io.upnext.shared.TextMessageId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The text messages that left; kept in the table {@code demo_text}. */
@Repository
@Profile(DemoByDefault.PROFILE)
public class CaughtTexts {

    private static final String SELECT = """
            select d.*, m.enrollment, m.step_id, m.delivery from demo_text d left join text_message m on m.id = d.id
            """;

    private final JdbcClient jdbc;
    private final Clock clock;

    CaughtTexts(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** @param delivery how far the gateway said it got; null where it said nothing yet */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record CaughtText(
            String id,
            String to,
            String text,
            Instant at,
            String delivery,
            String enrollment,
            String step,
            @JsonIgnore String statusUrl) {}

    void keep(TextGateway.Message message) {
        jdbc.sql(
                        "insert into demo_text (id, to_number, text, status_url, at) values (?, ?, ?, ?, ?) on conflict do nothing")
                .params(
                        message.id().value(),
                        message.to(),
                        message.text(),
                        message.statusUrl(),
                        clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    /** @param to part of a number; null or empty for all */
    public Paged<CaughtText> list(String to, PageQuery page) {
        String part = to == null ? "" : to.replaceAll("[^0-9+]", "");
        List<CaughtText> items = jdbc.sql(
                        SELECT + " where strpos(d.to_number, :to) > 0 order by d.n desc limit :size offset :offset")
                .param("to", part)
                .param("size", page.size())
                .param("offset", page.offset())
                .query(CaughtTexts::caught)
                .list();
        long total = jdbc.sql("select count(*) from demo_text where strpos(to_number, ?) > 0")
                .param(part)
                .query(Long.class)
                .single();
        return Paged.of(items, page, total);
    }

    /** @throws NotFoundException where there is none */
    public CaughtText get(TextMessageId id) {
        return jdbc.sql(SELECT + " where d.id = ?")
                .param(id.value())
                .query(CaughtTexts::caught)
                .optional()
                .orElseThrow(() -> new NotFoundException("There is no caught text '" + id + "'."));
    }

    private static CaughtText caught(ResultSet row, int number) throws SQLException {
        return new CaughtText(
                row.getString("id"),
                row.getString("to_number"),
                row.getString("text"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getString("delivery"),
                row.getString("enrollment"),
                row.getString("step_id"),
                row.getString("status_url"));
    }
}
