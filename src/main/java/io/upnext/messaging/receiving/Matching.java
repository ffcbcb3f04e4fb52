package io.upnext.messaging.receiving;

import io.upnext.messaging.Times;
import io.upnext.messaging.tracking.Tokens;
import io.upnext.shared.MailId;
import io.upnext.shared.MailboxId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds the mail of ours that a received one is about: by thread, by signed plus-address, by address (spec §8.2). */
@Component
class Matching {

    private static final Duration RECENT = Duration.ofDays(30);
    private static final Pattern REPLY_ADDRESS = Pattern.compile("\\+r-([A-Za-z0-9_-]+)@");
    private static final Pattern UNSUBSCRIBE_ADDRESS = Pattern.compile("\\+u-([A-Za-z0-9_-]+)@");
    private static final Pattern UNSUBSCRIBE_SUBJECT = Pattern.compile("\\bunsubscribe[: ]+([A-Za-z0-9_-]{20,})");

    private final JdbcClient jdbc;
    private final Tokens tokens;
    private final Clock clock;

    Matching(JdbcClient jdbc, Tokens tokens, Clock clock) {
        this.jdbc = jdbc;
        this.tokens = tokens;
        this.clock = clock;
    }

    /** @param to whom it was for @param copies whether others got it too */
    record Match(MailId mail, String state, String to, boolean copies, String matchedBy) {}

    Optional<Match> reply(ParsedMail received, MailboxId mailbox) {
        return byMessageId(received.thread())
                .or(() -> byPlusAddress(received))
                .or(() -> received.from() == null ? Optional.empty() : byAddress(List.of(received.from()), mailbox));
    }

    Optional<Match> report(ParsedMail received, MailboxId mailbox) {
        DeliveryReport report = received.report();
        return byMessageId(report.messageIds())
                .or(() -> byMessageId(received.thread()))
                .or(() -> byPlusAddress(received))
                .or(() -> byAddress(
                        report.recipients().stream()
                                .map(DeliveryReport.Recipient::address)
                                .toList(),
                        mailbox));
    }

    /** The mail whose unsubscribe address or subject this is. */
    Optional<MailId> unsubscribe(ParsedMail received) {
        return received.recipients().stream()
                .flatMap(address -> token(UNSUBSCRIBE_ADDRESS, address).stream())
                .findFirst()
                .or(() -> token(UNSUBSCRIBE_SUBJECT, received.subject()))
                .flatMap(tokens::unsubscribed);
    }

    private static Optional<String> token(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private Optional<Match> byMessageId(List<String> ids) {
        if (ids.isEmpty()) {
            return Optional.empty();
        }
        record Found(String messageId, Match match) {}
        return jdbc
                .sql(
                        "select * from mail where message_id = any(?) and state in ('CLAIMED', 'SENT', 'UNCERTAIN', 'BOUNCED')")
                .param(ids.toArray(String[]::new))
                .query((row, number) -> new Found(row.getString("message_id"), match(row, "MESSAGE_ID")))
                .list()
                .stream()
                .min(Comparator.comparingInt(found -> ids.indexOf(found.messageId())))
                .map(Found::match);
    }

    private Optional<Match> byPlusAddress(ParsedMail received) {
        return received.recipients().stream()
                .flatMap(address -> token(REPLY_ADDRESS, address).stream())
                .flatMap(token -> tokens.replied(token).stream())
                .findFirst()
                .flatMap(mail -> jdbc.sql("select * from mail where id = ?")
                        .param(mail.value())
                        .query((row, number) -> match(row, "PLUS_ADDRESS"))
                        .optional());
    }

    /** The newest mail that left through this mailbox to one of these addresses, if it is not long ago. */
    private Optional<Match> byAddress(List<String> addresses, MailboxId mailbox) {
        return jdbc.sql("""
                        select * from mail where lower(to_address) = any(?) and mailbox = ? and state = 'SENT' and sent_at > ?
                        order by sent_at desc limit 1
                        """)
                .params(
                        addresses.toArray(String[]::new),
                        mailbox.value(),
                        Times.sql(clock.instant().minus(RECENT)))
                .query((row, number) -> match(row, "ADDRESS"))
                .optional();
    }

    /** Is it one of our own mailboxes? What they write is no answer. */
    boolean isOurs(String address) {
        return jdbc.sql("select exists (select 1 from mailbox where lower(address) = ?)")
                .param(address)
                .query(Boolean.class)
                .single();
    }

    private static Match match(ResultSet row, String matchedBy) throws SQLException {
        Object[] cc = (Object[]) row.getArray("cc").getArray();
        Object[] bcc = (Object[]) row.getArray("bcc").getArray();
        return new Match(
                new MailId(row.getObject("id", UUID.class)),
                row.getString("state"),
                row.getString("to_address"),
                cc.length + bcc.length > 0,
                matchedBy);
    }
}
