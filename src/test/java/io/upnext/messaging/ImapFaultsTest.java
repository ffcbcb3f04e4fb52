package io.upnext.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.upnext.messaging.receiving.Listeners;
import io.upnext.testing.TestMail;
import io.upnext.testing.TestUsers;
import io.upnext.testing.UpnextTest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A real IMAP server behind a wire that misbehaves: every message is stored once, and none blocks the others. */
@UpnextTest
class ImapFaultsTest {

    @Autowired
    private TestMail mail;

    @Autowired
    private TestUsers users;

    @Autowired
    private Receiving receiving;

    @Autowired
    private Listeners listeners;

    @Autowired
    private JdbcClient jdbc;

    private final FaultyImap imap = new FaultyImap();
    private Mailbox mailbox;

    @BeforeEach
    void aMailboxBehindIt() {
        mailbox = mail.mailboxOf(users.seller());
        jdbc.sql("update mailbox set imap = jsonb_set(imap, '{port}', to_jsonb(?::int)) where id = ?")
                .params(imap.port(), mailbox.id().value())
                .update();
    }

    @AfterEach
    void itIsTakenDown() {
        listeners.stop(mailbox.id());
        Awaitility.await().dontCatchUncaughtExceptions().until(() -> !listeners.isListening(mailbox.id()));
        imap.close();
        jdbc.sql("update mailbox set imap = null where id = ?")
                .param(mailbox.id().value())
                .update();
    }

    private void arrives(String... subjects) {
        for (String subject : subjects) {
            mail.deliver(
                    mailbox.address(),
                    "From: a@prospect.example\r\nMessage-ID: <" + TestUsers.next(subject)
                            + "@prospect.example>\r\nSubject: " + subject + "\r\n\r\nText of " + subject + "\r\n");
        }
    }

    /** Subjects of what is stored, read from the raw messages. */
    private List<String> stored() {
        return jdbc.sql("""
                        select coalesce(substring(convert_from(raw, 'UTF8') from 'Subject: ([a-z-]+)'), state)
                        from inbound_mail where mailbox = ? order by uid
                        """).param(mailbox.id().value()).query(String.class).list();
    }

    private String error() {
        return jdbc.sql("select error from mailbox_cursor where mailbox = ?")
                .param(mailbox.id().value())
                .query(String.class)
                .single();
    }

    @Test
    void aConnectionLostInTheMiddleOfAMessageLosesNothing() {
        arrives("one", "two", "three");
        AtomicInteger cuts = new AtomicInteger();
        imap.cut = line -> line.contains("Text of two") && cuts.incrementAndGet() == 1;

        receiving.fetchNow(mailbox.id());
        receiving.fetchNow(mailbox.id());

        assertThat(stored()).containsExactly("one", "two", "three");
    }

    @Test
    void aMessageThatAlwaysBreaksTheConnectionIsSetAsideAndTheOthersComeThrough() {
        arrives("one", "two", "three");
        imap.cut = line -> line.contains("Text of two");

        for (int i = 0; i < 8; i++) {
            receiving.fetchNow(mailbox.id());
            // Real time does not wait for a test.
            jdbc.sql("update inbound_failure set next_try_at = next_try_at - interval '1 day' where mailbox = ?")
                    .param(mailbox.id().value())
                    .update();
        }

        assertThat(stored()).containsExactlyInAnyOrder("one", "KEPT", "three");
    }

    @Test
    void aMessageTheServerRefusesToHandOutIsSetAside() {
        arrives("one", "two", "three");
        imap.instead = command -> command.startsWith("FETCH 2 (BODY") ? "NO message is damaged" : null;

        receiving.fetchNow(mailbox.id());
        imap.instead = command -> null;
        receiving.fetchNow(mailbox.id());

        assertThat(stored()).containsExactly("one", "two", "three");
    }

    @Test
    void aChangeOfUidValidityHasNoDoubleEffect() {
        arrives("one", "two");
        receiving.fetchNow(mailbox.id());
        imap.told = line -> line.replaceAll("UIDVALIDITY \\d+", "UIDVALIDITY 4711");
        arrives("three");

        receiving.fetchNow(mailbox.id());

        assertThat(stored()).containsExactlyInAnyOrder("one", "two", "three");
    }

    @Test
    void theSameMessageUnderAnotherNumberIsTheSame() {
        String message = "From: a@prospect.example\r\nMessage-ID: <" + TestUsers.next("same")
                + "@prospect.example>\r\nSubject: same\r\n\r\nText\r\n";
        mail.deliver(mailbox.address(), message);
        mail.deliver(mailbox.address(), message);

        receiving.fetchNow(mailbox.id());

        assertThat(stored()).containsExactly("same");
    }

    @Test
    void aRefusedLogInSaysSo() {
        imap.instead = command -> command.startsWith("LOGIN") || command.startsWith("AUTHENTICATE")
                ? "NO [AUTHENTICATIONFAILED] Invalid credentials"
                : null;

        receiving.fetchNow(mailbox.id());

        assertThat(error()).contains("refuses the log-in");
    }

    @Test
    void aServerWithoutStartTlsIsNotUsed() {
        jdbc.sql("update mailbox set imap = jsonb_set(imap, '{tls}', '\"STARTTLS\"') where id = ?")
                .param(mailbox.id().value())
                .update();
        arrives("one");

        receiving.fetchNow(mailbox.id());

        assertThat(error()).contains("STARTTLS");
        assertThat(imap.count("LOGIN") + imap.count("AUTHENTICATE")).isZero();
    }

    @Test
    void anAnswerOfNonsenseEndsOnlyThisTurn() {
        arrives("one");
        imap.instead = command -> command.startsWith("EXAMINE") ? "BAD what?" : null;
        receiving.fetchNow(mailbox.id());
        imap.instead = command -> null;

        receiving.fetchNow(mailbox.id());

        assertThat(stored()).containsExactly("one");
    }

    @Test
    void whoListensHearsAtOnceOverOneConnection() {
        arrives("before");
        listen();
        int connections = imap.connections();

        arrives("one");
        awaitStored(2);
        arrives("two");
        awaitStored(3);

        assertThat(stored()).containsExactly("before", "one", "two");
        assertThat(imap.connections()).isEqualTo(connections);
    }

    @Test
    void aConnectionLostWhileListeningIsMadeAgainAndNothingIsLost() {
        listen();
        imap.drop();
        Awaitility.await()
                .dontCatchUncaughtExceptions()
                .atMost(Duration.ofSeconds(20))
                .until(() -> !listeners.isListening(mailbox.id()));
        arrives("meanwhile");

        listen();
        awaitStored(1);

        assertThat(stored()).containsExactly("meanwhile");
    }

    @Test
    void aServerThatCannotSayItIsPolled() {
        imap.told = line -> line.replace(" IDLE", "");
        arrives("one");
        listeners.listen(mailbox.id());
        Awaitility.await()
                .dontCatchUncaughtExceptions()
                .atMost(Duration.ofSeconds(20))
                .until(() -> !stored().isEmpty());

        Awaitility.await()
                .dontCatchUncaughtExceptions()
                .atMost(Duration.ofSeconds(20))
                .until(() -> !listeners.listen(mailbox.id()));

        assertThat(imap.count("IDLE")).isZero();
    }

    private void listen() {
        Awaitility.await()
                .dontCatchUncaughtExceptions()
                .atMost(Duration.ofSeconds(20))
                .until(() -> {
                    listeners.listen(mailbox.id());
                    return listeners.isListening(mailbox.id());
                });
    }

    private void awaitStored(int count) {
        Awaitility.await()
                .dontCatchUncaughtExceptions()
                .atMost(Duration.ofSeconds(20))
                .until(() -> stored().size() == count);
    }
}
