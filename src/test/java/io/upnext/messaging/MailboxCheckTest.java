package io.upnext.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.upnext.messaging.template.TemplateCatalogue;
import io.upnext.operation.Worker;
import io.upnext.record.Records;
import io.upnext.shared.MailboxId;
import io.upnext.shared.StepRunId;
import io.upnext.testing.Api;
import io.upnext.testing.TestUsers;
import io.upnext.testing.TestUsers.Person;
import io.upnext.testing.UpnextTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The test button names what is wrong, for sending and receiving. */
@UpnextTest
class MailboxCheckTest {

    /** Its certificate is its own work. */
    private static final GreenMail untrusted = new GreenMail(new ServerSetup[] {
        new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS),
        new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAPS)
    });

    @Autowired
    private Api api;

    @Autowired
    private TestUsers users;

    @Autowired
    private Mailboxes mailboxes;

    @Autowired
    private JdbcClient jdbc;

    private final ScriptedSmtp server = new ScriptedSmtp();
    private MailTests tests;
    private Person seller;

    @BeforeAll
    static void start() {
        untrusted.start();
    }

    @AfterAll
    static void stop() {
        untrusted.stop();
    }

    @Autowired
    void set(Records records, TemplateCatalogue catalogue, Outbox outbox, List<Worker> workers) {
        tests = new MailTests(records, catalogue, users, outbox, jdbc, workers);
    }

    @BeforeEach
    void aSeller() {
        seller = users.seller();
    }

    @AfterEach
    void goneForTheNextTest() {
        tests.forgetEnrollments();
        mailboxes.of(seller.id()).ifPresent(mailboxes::delete);
        server.close();
    }

    private Map<String, Object> at(String host, int port, String tls) {
        return Map.of("host", host, "port", port, "user", "ada", "password", "secret", "tls", tls);
    }

    private JsonNode test(Map<String, Object> smtp, Map<String, Object> imap) {
        Map<String, Object> body = new HashMap<>(
                Map.of("address", seller.user().email(), "owner", seller.id().toString(), "smtp", smtp));
        if (imap != null) {
            body.put("imap", imap);
        }
        String id = api.as(seller).post("/mailboxes", body).body().path("id").asText();
        JsonNode result = api.as(seller).post("/mailboxes/" + id + "/test").body();
        mailboxes.delete(MailboxId.of(id));
        return result;
    }

    private String smtp(Map<String, Object> smtp) {
        JsonNode result = test(smtp, null);
        assertThat(result.path("ok").asBoolean()).isFalse();
        return result.at("/smtp/message").asText();
    }

    private static int nobodysPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    @Test
    void aServerThatDoesWhatItShouldIsOk() {
        JsonNode result = test(at("127.0.0.1", server.port(), "NONE"), null);

        assertThat(result.path("ok").asBoolean()).as(result.toString()).isTrue();
        assertThat(result.at("/smtp/message").asText()).contains("logged in", "sender accepted");
        assertThat(server.seen()).isEmpty();
    }

    @Test
    void aHostThatDoesNotExist() {
        assertThat(smtp(at("nowhere.invalid", 25, "NONE"))).contains("There is no host 'nowhere.invalid'");
    }

    @Test
    void aPortWhereNothingListens() throws IOException {
        int port = nobodysPort();
        JsonNode result = test(at("127.0.0.1", port, "NONE"), at("127.0.0.1", port, "NONE"));

        assertThat(result.at("/smtp/message").asText()).contains("Nothing listens at '127.0.0.1' port " + port);
        assertThat(result.at("/imap/message").asText()).contains("Nothing listens at '127.0.0.1' port " + port);
    }

    @Test
    void aServerWithoutTls() {
        assertThat(smtp(at("127.0.0.1", server.port(), "STARTTLS"))).contains("does not offer STARTTLS");
    }

    @Test
    void aCertificateNobodyTrusts() {
        JsonNode result = test(
                at("127.0.0.1", untrusted.getSmtps().getPort(), "IMPLICIT"),
                at("127.0.0.1", untrusted.getImaps().getPort(), "IMPLICIT"));

        assertThat(result.at("/smtp/message").asText()).contains("certificate of '127.0.0.1'");
        assertThat(result.at("/imap/message").asText()).contains("certificate of '127.0.0.1'");
    }

    @Test
    void aServerThatSpeaksNoTlsWhereTlsIsExpected() {
        assertThat(smtp(at("127.0.0.1", server.port(), "IMPLICIT"))).contains("TLS with '127.0.0.1'");
    }

    @Test
    void aRefusedLogIn() {
        server.on("AUTH", "535 5.7.8 bad credentials");

        assertThat(smtp(at("127.0.0.1", server.port(), "NONE")))
                .contains("refuses the log-in as 'ada'", "535 5.7.8 bad credentials", "user name and password");
    }

    @Test
    void aRefusedSender() {
        server.on("MAIL", "550 5.7.60 may not send as this sender");

        assertThat(smtp(at("127.0.0.1", server.port(), "NONE"))).contains("refuses the sender: 550 5.7.60");
    }

    @Test
    void aServerThatClosesTheConnection() {
        server.on("GREETING", ScriptedSmtp.DROP);

        assertThat(smtp(at("127.0.0.1", server.port(), "NONE"))).contains("check port and TLS mode");
    }

    @Test
    void whatAServerSaysIsShownOnOneShortLine() {
        server.on("GREETING", "554 " + "no".repeat(5_000) + "\u0007");

        assertThat(smtp(at("127.0.0.1", server.port(), "NONE")))
                .contains("554 nono")
                .hasSizeLessThan(500)
                .doesNotContain("\u0007");
    }

    @Test
    void mailWaitsWhereTlsIsMissingOrTheCertificateIsBad() {
        MailboxId plain = mailbox(server.port(), "STARTTLS");
        StepRunId first = tests.queue(tests.lead(seller), seller.id(), tests.template("x", "<p>x</p>"));
        tests.dispatch();
        assertThat(tests.state(first)).isEqualTo("QUEUED");
        assertThat(mailboxes.find(plain).orElseThrow().stopped()).isTrue();
        mailboxes.delete(plain);

        MailboxId selfMade = mailbox(untrusted.getSmtps().getPort(), "IMPLICIT");
        StepRunId second = tests.queue(tests.lead(seller), seller.id(), tests.template("x", "<p>x</p>"));
        tests.dispatch();
        assertThat(tests.state(second)).isEqualTo("QUEUED");
        assertThat(mailboxes.find(selfMade).orElseThrow().pausedUntil()).isNotNull();
        assertThat(untrusted.getReceivedMessages()).isEmpty();
        assertThat(server.seen()).isEmpty();
    }

    private MailboxId mailbox(int port, String tls) {
        return MailboxId.of(api.as(seller)
                .post(
                        "/mailboxes",
                        Map.of(
                                "address",
                                seller.user().email(),
                                "owner",
                                seller.id().toString(),
                                "smtp",
                                at("127.0.0.1", port, tls)))
                .body()
                .path("id")
                .asText());
    }
}
