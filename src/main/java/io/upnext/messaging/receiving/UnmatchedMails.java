package io.upnext.messaging.receiving;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.upnext.messaging.Times;
import io.upnext.security.CurrentUser;
import io.upnext.security.Right;
import io.upnext.shared.InvalidException;
import io.upnext.shared.MailboxId;
import io.upnext.shared.PageQuery;
import io.upnext.shared.Paged;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Received mails that could not be understood, kept for a person: the own mailbox's, or all for who manages them. */
@Component
public class UnmatchedMails {

    private static final String FROM = """
             from inbound_mail i join mailbox b on b.id = i.mailbox
            where i.state = 'KEPT' and (:all or b.owner = :user)
            """;

    private final JdbcClient jdbc;

    UnmatchedMails(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param mailbox the address it came to @param why what could not be understood */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Unmatched(
            UUID id,
            MailboxId mailboxId,
            String mailbox,
            Instant at,
            String from,
            String subject,
            String kind,
            String why) {}

    public Paged<Unmatched> list(CurrentUser user, PageQuery page) {
        if (!page.sort().isEmpty()) {
            throw new InvalidException("Unmatched mails are listed newest first; leave 'sort' out.");
        }
        boolean all = user.may(Right.MANAGE_MAILBOXES);
        List<Unmatched> items = jdbc.sql("select i.*, b.address" + FROM
                        + " order by i.received_at desc, i.id limit :size offset :offset")
                .param("all", all)
                .param("user", user.id().value())
                .param("size", page.size())
                .param("offset", page.offset())
                .query(UnmatchedMails::unmatched)
                .list();
        long total = jdbc.sql("select count(*)" + FROM)
                .param("all", all)
                .param("user", user.id().value())
                .query(Long.class)
                .single();
        return Paged.of(items, page, total);
    }

    private static Unmatched unmatched(ResultSet row, int number) throws SQLException {
        return new Unmatched(
                row.getObject("id", UUID.class),
                new MailboxId(row.getObject("mailbox", UUID.class)),
                row.getString("address"),
                Times.read(row, "received_at"),
                row.getString("from_address"),
                row.getString("subject"),
                row.getString("class"),
                row.getString("error"));
    }
}
