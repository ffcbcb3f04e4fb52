package io.upnext.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.upnext.shared.MailboxId;
import io.upnext.shared.SequenceId;
import io.upnext.testing.Api;
import io.upnext.testing.MutableClock;
import io.upnext.testing.TestMail;
import io.upnext.testing.TestMail.Received;
import jakarta.mail.MessagingException;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jsoup.Jsoup;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Prospects who read what has arrived since the last time: of a hundred mails three are answered, one comes back, one is
 * unsubscribed from, seven are opened, five are clicked in, and two meet somebody who is away. The rest stay silent.
 */
final class Prospects {

    private static final String BROWSER = "Mozilla/5.0 (X11; Linux x86_64) Firefox/130.0";
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);

    private final Collection<MailboxId> mailboxes;
    private final Set<SequenceId> endedByReplies;
    private final TestMail mail;
    private final Api api;
    private final JdbcClient jdbc;
    private final MutableClock clock;
    private final Set<UUID> read = new HashSet<>();
    private final Map<UUID, String> ended = new HashMap<>();
    private int turn;

    Prospects(
            Collection<MailboxId> mailboxes,
            Set<SequenceId> endedByReplies,
            TestMail mail,
            Api api,
            JdbcClient jdbc,
            MutableClock clock) {
        this.mailboxes = mailboxes;
        this.endedByReplies = endedByReplies;
        this.mail = mail;
        this.api = api;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    private record Sent(
            UUID mail, UUID enrollment, SequenceId sequence, boolean running, String to, String messageId) {}

    /** The enrollments that what they did has to have ended, and the reason. */
    Map<UUID, String> ended() {
        return ended;
    }

    void react() {
        for (Sent sent : arrived()) {
            read.add(sent.mail());
            react(sent, turn++ % 100);
        }
    }

    /** By mailbox, so that no mailbox meets more bounces than others. */
    private List<Sent> arrived() {
        return jdbc
                .sql("""
                        select m.id, m.enrollment, e.sequence_id, e.ended_at is null as running, m.to_address, m.message_id
                        from mail m join enrollment e on e.id = m.enrollment
                        where m.mailbox = any(?) and m.state = 'SENT' and m.sent_at > ?::timestamptz
                        order by m.mailbox, m.sent_at, m.id
                        """)
                .params(
                        mailboxes.stream().map(MailboxId::value).toArray(UUID[]::new),
                        clock.instant().minus(Duration.ofDays(2)).toString())
                .query((row, number) -> new Sent(
                        row.getObject("id", UUID.class),
                        row.getObject("enrollment", UUID.class),
                        new SequenceId(row.getObject("sequence_id", UUID.class)),
                        row.getBoolean("running"),
                        row.getString("to_address"),
                        row.getString("message_id")))
                .list()
                .stream()
                .filter(sent -> !read.contains(sent.mail()))
                .toList();
    }

    private void react(Sent sent, int chance) {
        if (chance < 3) {
            mail.answer(received(sent), "Thank you. Please call me.");
            if (endedByReplies.contains(sent.sequence())) {
                expect(sent, "REPLIED");
            }
        } else if (chance < 4) {
            mail.bounce(received(sent), "5.1.1");
            expect(sent, "BOUNCED");
        } else if (chance < 5) {
            unsubscribe(received(sent));
            expect(sent, "UNSUBSCRIBED");
        } else if (chance < 12) {
            visit(Jsoup.parse(received(sent).html()).select("img[src*=/t/o/]").attr("src"));
        } else if (chance < 17) {
            TestMail.links(received(sent)).stream()
                    .filter(link -> link.contains("/t/c/"))
                    .findFirst()
                    .ifPresent(this::visit);
        } else if (chance < 19) {
            away(received(sent));
        }
    }

    private void expect(Sent sent, String reason) {
        if (sent.running()) {
            ended.putIfAbsent(sent.enrollment(), reason);
        }
    }

    private Received received(Sent sent) {
        return mail.at(sent.to()).stream()
                .filter(one -> one.messageId().equals(sent.messageId()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("Nothing has arrived at " + sent.to()));
    }

    private void away(Received received) {
        String back = DAY.format(clock.instant().plus(Duration.ofDays(3)).atZone(ZoneOffset.UTC));
        mail.answer(received, "I am out of the office and back on " + back + ".", answer -> {
            try {
                answer.setHeader("Auto-Submitted", "auto-replied");
            } catch (MessagingException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** As a mail program does it (RFC 8058). */
    private void unsubscribe(Received received) {
        String offered = received.header("List-Unsubscribe");
        String link = offered.substring(offered.indexOf("<http") + 1, offered.indexOf('>', offered.indexOf("<http")));
        Api.Answer answer = api.anonymous()
                .send("POST", path(link), "application/x-www-form-urlencoded", "List-Unsubscribe=One-Click");
        assertThat(answer.status()).as(link + ": " + answer).isLessThan(400);
    }

    private void visit(String link) {
        Api.Answer answer = api.anonymous().with("User-Agent", BROWSER).get(path(link));
        assertThat(answer.status()).as(link + ": " + answer).isLessThan(400);
    }

    private static String path(String link) {
        return "/" + URI.create(link).getPath();
    }
}
