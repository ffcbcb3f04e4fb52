package io.upnext.messaging;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.http.Fault;
import io.upnext.messaging.template.TemplateCatalogue;
import io.upnext.operation.Worker;
import io.upnext.record.Records;
import io.upnext.shared.MailboxId;
import io.upnext.shared.StepRunId;
import io.upnext.testing.Api;
import io.upnext.testing.Api.Answer;
import io.upnext.testing.MutableClock;
import io.upnext.testing.TestMail;
import io.upnext.testing.TestUsers;
import io.upnext.testing.TestUsers.Person;
import io.upnext.testing.UpnextTest;
import java.time.Duration;
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

/** Log-in by OAuth 2 against a stub token server, and SMTP and IMAP peers that take access tokens. */
@UpnextTest
class OAuthTest {

    private static final WireMockServer tokens =
            new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));

    @Autowired
    private Api api;

    @Autowired
    private TestUsers users;

    @Autowired
    private Mailboxes mailboxes;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private TestMail mail;

    @Autowired
    private Receiving receiving;

    @Autowired
    private MutableClock clock;

    private final ScriptedSmtp smtp = new ScriptedSmtp();
    private TokenImap imap;
    private MailTests tests;
    private Person seller;
    private String address;

    @BeforeAll
    static void startTokens() {
        tokens.start();
    }

    @AfterAll
    static void stopTokens() {
        tokens.stop();
    }

    @Autowired
    void set(Records records, TemplateCatalogue catalogue, Outbox outbox, List<Worker> workers) {
        tests = new MailTests(records, catalogue, users, outbox, jdbc, workers);
    }

    @BeforeEach
    void people() {
        tokens.resetAll();
        seller = users.seller();
        address = seller.user().email();
        smtp.acceptOnlyTokens("first");
        TestMail.server().setUser(address, address, "nobody-knows");
        imap = new TokenImap(address, "nobody-knows", "first");
    }

    @AfterEach
    void goneForTheNextTest() {
        tests.forgetEnrollments();
        mailboxes.of(seller.id()).ifPresent(mailboxes::delete);
        smtp.close();
        imap.close();
    }

    private static String token(String token, int seconds, String more) {
        return "{\"token_type\":\"Bearer\",\"access_token\":\"" + token + "\",\"expires_in\":" + seconds + more + "}";
    }

    private static void gives(String refreshToken, String body) {
        tokens.stubFor(post(urlEqualTo("/token"))
                .withRequestBody(containing("refresh_token=" + refreshToken))
                .willReturn(aResponse()
                        .withHeader("Content-Type", "application/json")
                        .withBody(body)));
    }

    private static void refuses(int status, String body) {
        tokens.stubFor(post(urlEqualTo("/token"))
                .willReturn(aResponse().withStatus(status).withBody(body)));
    }

    private static int asked() {
        return tokens.findAll(postRequestedFor(urlEqualTo("/token"))).size();
    }

    private Map<String, Object> server(int port) {
        return new HashMap<>(
                Map.of("host", "127.0.0.1", "port", port, "user", address, "tls", "NONE", "auth", "XOAUTH2"));
    }

    private Map<String, Object> body() {
        Map<String, Object> out = server(smtp.port());
        out.put(
                "oauth",
                Map.of(
                        "tokenEndpoint", tokens.url("/token"),
                        "clientId", "upnext",
                        "clientSecret", "client-secret",
                        "refreshToken", "refresh-1",
                        "scope", "SMTP.Send IMAP.AccessAsUser.All offline_access"));
        return new HashMap<>(
                Map.of("address", address, "owner", seller.id().toString(), "smtp", out, "imap", server(imap.port())));
    }

    private String mailbox() {
        Answer created = api.as(seller).post("/mailboxes", body());
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        assertThat(created.text()).doesNotContain("client-secret", "refresh-1");
        return created.body().path("id").asText();
    }

    private Answer test(String mailbox) {
        return api.as(seller).post("/mailboxes/" + mailbox + "/test", Map.of());
    }

    private StepRunId send() {
        StepRunId stepRun = tests.queue(tests.lead(seller), seller.id(), tests.template("Hello", "<p>Hello</p>"));
        tests.dispatch();
        return stepRun;
    }

    @Test
    void mailLeavesByATokenThatIsAskedForOnce() {
        gives("refresh-1", token("first", 3600, ""));
        mailbox();

        StepRunId one = send();
        StepRunId two = send();

        assertThat(tests.state(one)).isEqualTo("SENT");
        assertThat(tests.state(two)).isEqualTo("SENT");
        tokens.verify(
                1,
                postRequestedFor(urlEqualTo("/token"))
                        .withRequestBody(containing("grant_type=refresh_token"))
                        .withRequestBody(containing("client_secret=client-secret"))
                        .withRequestBody(containing("scope=SMTP.Send+IMAP.AccessAsUser.All")));
    }

    @Test
    void imapLogsInWithTheSameToken() {
        gives("refresh-1", token("first", 3600, ""));
        Answer result = test(mailbox());

        assertThat(result.body().path("ok").asBoolean()).as(result.text()).isTrue();
        assertThat(asked()).isEqualTo(1);
    }

    @Test
    void aMailLeavesAndItsReplyComesInAlsoWhenTheTokenExpiresInBetween() {
        gives("refresh-1", token("first", 3600, ""));
        MailboxId mailbox = MailboxId.of(mailbox());
        StepRunId before = send();
        repliesTo(smtp.accepted().get(0));
        receiving.fetchNow(mailbox);

        gives("refresh-1", token("second", 3600, ""));
        expired();
        smtp.acceptOnlyTokens("second");
        smtp.on("MAIL", "421 4.7.0 the token has expired, log in again");
        imap.accept("second");
        StepRunId after = send();
        assertThat(tests.state(after)).isEqualTo("QUEUED");
        smtp.behave();
        clock.advance(Duration.ofMinutes(2));
        tests.dispatch();
        repliesTo(smtp.accepted().get(1));
        receiving.fetchNow(mailbox);
        tests.run("mail-inbound");

        for (StepRunId stepRun : List.of(before, after)) {
            assertThat(tests.state(stepRun)).isEqualTo("SENT");
            assertThat(tests.events(stepRun)).containsExactly(MailEvent.Kind.SENT, MailEvent.Kind.REPLIED);
        }
        assertThat(asked()).isEqualTo(2);
    }

    private void repliesTo(String sent) {
        mail.deliver(
                address,
                "From: ada@prospect.example\r\nMessage-ID: <" + TestUsers.next("reply")
                        + "@prospect.example>\r\nIn-Reply-To: "
                        + sent.replaceAll("(?s).*\r\nMessage-ID: (<[^>]+>).*", "$1")
                        + "\r\nSubject: Re: Hello\r\n\r\nYes.\r\n");
    }

    /** Real time does not wait for a test. */
    private void expired() {
        jdbc.sql("update mailbox_oauth set expires_at = expires_at - interval '1 hour'")
                .update();
    }

    @Test
    void aRefusedTokenIsNamedWhereMailIsReadToo() {
        gives("refresh-1", token("withdrawn", 3600, ""));
        String mailbox = mailbox();

        receiving.fetchNow(MailboxId.of(mailbox));

        assertThat(jdbc.sql("select error from mailbox_cursor where mailbox = ?::uuid")
                        .param(mailbox)
                        .query(String.class)
                        .single())
                .contains("refuses the log-in", "token refused", "scope");
    }

    @Test
    void aTokenAboutToExpireIsNotUsedAndANewRefreshTokenIsKept() {
        gives("refresh-1", token("first", 30, ",\"refresh_token\":\"refresh-2\""));
        gives("refresh-2", token("second", 3600, ""));
        String mailbox = mailbox();
        smtp.acceptOnlyTokens("first", "second");
        imap.accept("second");

        assertThat(test(mailbox).body().path("ok").asBoolean()).isTrue();

        assertThat(asked()).isEqualTo(2);
        assertThat(jdbc.sql("select refresh_token from mailbox_oauth where mailbox = ?::uuid")
                        .param(mailbox)
                        .query(String.class)
                        .single())
                .startsWith("v1:")
                .doesNotContain("refresh-2");
    }

    @Test
    void aTokenThatTheServerRefusesIsReplacedOnce() {
        gives("refresh-1", token("withdrawn", 3600, ",\"refresh_token\":\"refresh-2\""));
        gives("refresh-2", token("first", 3600, ""));
        mailbox();

        assertThat(tests.state(send())).isEqualTo("SENT");
        assertThat(asked()).isEqualTo(2);
    }

    @Test
    void aServerThatRefusesEveryTokenStopsTheMailbox() {
        gives("refresh-1", token("withdrawn", 3600, ""));
        Mailbox stopped = sendAndFind(mailbox());

        assertThat(stopped.stopped()).isTrue();
        assertThat(stopped.error()).contains("refuses the log-in", "token refused");
    }

    private Mailbox sendAndFind(String mailbox) {
        assertThat(tests.state(send())).isEqualTo("QUEUED");
        return mailboxes.find(MailboxId.of(mailbox)).orElseThrow();
    }

    @Test
    void aWithdrawnPermissionStopsTheMailboxAndSaysSo() {
        refuses(400, "{\"error\":\"invalid_grant\",\"error_description\":\"AADSTS700082: expired\\r\\n\"}");
        String mailbox = mailbox();
        Mailbox stopped = sendAndFind(mailbox);

        assertThat(stopped.stopped()).isTrue();
        assertThat(stopped.error()).contains("invalid_grant", "AADSTS700082", "give it again");
        assertThat(test(mailbox).body().at("/smtp/message").asText()).contains("invalid_grant");
    }

    @Test
    void aTokenServerInTroublePausesTheMailbox() {
        refuses(503, "<html>try later</html>");
        Mailbox paused = sendAndFind(mailbox());

        assertThat(paused.stopped()).isFalse();
        assertThat(paused.pausedUntil()).isNotNull();
        assertThat(paused.error()).contains("HTTP 503").doesNotContain("try later");
    }

    @Test
    void aTokenServerThatDropsTheConnectionPausesTheMailbox() {
        tokens.stubFor(post(urlEqualTo("/token")).willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));
        Mailbox paused = sendAndFind(mailbox());

        assertThat(paused.stopped()).isFalse();
        assertThat(paused.error()).contains("cannot be reached");
    }

    @Test
    void redirectsAreNotFollowed() {
        tokens.stubFor(post(urlEqualTo("/token"))
                .willReturn(aResponse().withStatus(307).withHeader("Location", tokens.url("/elsewhere"))));
        sendAndFind(mailbox());

        tokens.verify(0, postRequestedFor(urlEqualTo("/elsewhere")));
    }

    @Test
    void secretsStayWithTheHostsTheyWereEnteredFor() {
        gives("refresh-1", token("first", 3600, ""));
        String mailbox = mailbox();
        Map<String, Object> again = body();
        Map<String, Object> out = new HashMap<>(cast(again.get("smtp")));
        Map<String, Object> oauth = new HashMap<>(cast(out.get("oauth")));
        oauth.remove("clientSecret");
        oauth.remove("refreshToken");
        out.put("oauth", oauth);
        again.put("smtp", out);

        assertThat(api.as(seller).put("/mailboxes/" + mailbox, again).status()).isEqualTo(200);
        assertThat(tests.state(send())).isEqualTo("SENT");

        oauth.put("tokenEndpoint", tokens.url("/other"));
        assertThat(api.as(seller).put("/mailboxes/" + mailbox, again).text()).contains("must be entered again");
        oauth.put("tokenEndpoint", "http://tokens.example/token");
        assertThat(api.as(seller).put("/mailboxes/" + mailbox, again).text()).contains("must be an https address");
        oauth.put("tokenEndpoint", tokens.url("/token"));
        out.put("host", "other.example");
        assertThat(api.as(seller).put("/mailboxes/" + mailbox, again).text()).contains("must be entered again");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> cast(Object map) {
        return (Map<String, Object>) map;
    }
}
