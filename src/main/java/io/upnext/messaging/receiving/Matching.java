package io.upnext.messaging.receiving;

import io.upnext.messaging.Times;
import io.upnext.messaging.inspection.Headers;
import io.upnext.messaging.inspection.Inspected;
import io.upnext.messaging.inspection.ParsedMail;
import io.upnext.messaging.tracking.Tokens;
import io.upnext.shared.MailId;
import io.upnext.shared.MailboxId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Finds the mail of ours that a received one is about: by thread, by signed plus-address, by address (spec §8.2). The
 * thread counts whoever writes: a mail handed on to a colleague who answers is answered. Without a thread only the very
 * address the mail went to counts, never another of the same company.
 */
@Component
class Matching {

    private static final Duration RECENT = Duration.ofDays(30);
    private static final Pattern REPLY_ADDRESS = Pattern.compile("\\+r-([A-Za-z0-9_-]{1,200})@");
    private static final Pattern UNSUBSCRIBE_ADDRESS = Pattern.compile("\\+u-([A-Za-z0-9_-]{1,200})@");
    private static final Pattern UNSUBSCRIBE_LINK = Pattern.compile("(?:\\+u-|/u/)([A-Za-z0-9_-]{20,200})");
    private static final Pattern UNSUBSCRIBE_SUBJECT =
            Pattern.compile("\\bunsubscribe[: ]{1,5}([A-Za-z0-9_-]{20,200})");

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

    /** @param mailbox where it came in, or null where that is not known */
    Optional<Match> find(Inspected received, MailboxId mailbox) {
        ParsedMail mail = received.mail();
        if (received.isReport()) {
            return byMessageId(received.messageIds())
                    .or(() -> byReturnedToken(mail))
                    .or(() -> byPlusAddress(mail))
                    .or(() -> byAddress(reported(received), mailbox));
        }
        return byMessageId(mail.thread())
                .or(() -> byPlusAddress(mail))
                .or(() -> mail.from() == null ? Optional.empty() : byAddress(List.of(mail.from()), mailbox));
    }

    private static List<String> reported(Inspected received) {
        return received.recipients().stream()
                .flatMap(recipient -> Stream.ofNullable(recipient.original())
                        .map(original -> Stream.of(recipient.address(), original))
                        .findFirst()
                        .orElse(Stream.of(recipient.address())))
                .filter(address -> address.contains("@"))
                .distinct()
                .limit(200)
                .toList();
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
                .param(ids.stream().map(id -> id.replace("\u0000", "")).toArray(String[]::new))
                .query((row, number) -> new Found(row.getString("message_id"), match(row, "MESSAGE_ID")))
                .list()
                .stream()
                .min(Comparator.comparingInt(found -> ids.indexOf(found.messageId())))
                .map(Found::match);
    }

    /** A relay gave the mail another Message-ID; the unsubscribe link in the returned headers is still ours. */
    private Optional<Match> byReturnedToken(ParsedMail received) {
        return received.returned().stream()
                .map((Headers headers) -> headers.first("list-unsubscribe"))
                .flatMap(link -> token(UNSUBSCRIBE_LINK, link).stream())
                .flatMap(token -> tokens.unsubscribed(token).stream())
                .findFirst()
                .flatMap(mail -> byId(mail, "RETURNED_TOKEN"));
    }

    private Optional<Match> byPlusAddress(ParsedMail received) {
        return received.recipients().stream()
                .flatMap(address -> token(REPLY_ADDRESS, address).stream())
                .flatMap(token -> tokens.replied(token).stream())
                .findFirst()
                .flatMap(mail -> byId(mail, "PLUS_ADDRESS"));
    }

    Optional<Match> byId(MailId mail, String matchedBy) {
        return jdbc.sql("select * from mail where id = ?")
                .param(mail.value())
                .query((row, number) -> match(row, matchedBy))
                .optional();
    }

    /** The newest mail that left through this mailbox to one of these addresses, if it is not long ago. */
    private Optional<Match> byAddress(List<String> addresses, MailboxId mailbox) {
        if (addresses.isEmpty()) {
            return Optional.empty();
        }
        return jdbc.sql("""
                        select * from mail where lower(to_address) = any(:addresses) and state = 'SENT' and sent_at > :since
                            and (:mailbox::uuid is null or mailbox = :mailbox)
                        order by sent_at desc limit 1
                        """)
                .param(
                        "addresses",
                        addresses.stream()
                                .map(address -> address.toLowerCase(Locale.ROOT).replace("\u0000", ""))
                                .toArray(String[]::new))
                .param("mailbox", mailbox == null ? null : mailbox.value())
                .param("since", Times.sql(clock.instant().minus(RECENT)))
                .query((row, number) -> match(row, "ADDRESS"))
                .optional();
    }

    /** Is it one of our own mailboxes? What they write is no answer. */
    boolean isOurs(String address) {
        return jdbc.sql("select exists (select 1 from mailbox where lower(address) = ?)")
                .param(address.replace("\u0000", ""))
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
