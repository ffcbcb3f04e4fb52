package io.upnext.enrollment.webhook;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.temporaryRedirect;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.upnext.enrollment.Completion;
import io.upnext.enrollment.Enrollments;
import io.upnext.enrollment.StepRuns;
import io.upnext.operation.Worker;
import io.upnext.security.Secrets;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.RecordId;
import io.upnext.shared.SequenceId;
import io.upnext.testing.Api;
import io.upnext.testing.Api.Answer;
import io.upnext.testing.Journey;
import io.upnext.testing.Journey.SalesTeam;
import io.upnext.testing.MutableClock;
import io.upnext.testing.TestUsers;
import io.upnext.testing.TestUsers.Person;
import io.upnext.testing.UpnextTest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Receivers elsewhere learn what happens: signed, in order, however they behave. */
@UpnextTest
class WebhookTest {

    private static final WireMockServer receiver =
            new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));

    @Autowired
    private Api api;

    @Autowired
    private TestUsers users;

    @Autowired
    private Journey journey;

    @Autowired
    private StepRuns stepRuns;

    @Autowired
    private MutableClock clock;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private ObjectMapper json;

    @Autowired
    private Enrollments enrollments;

    @Autowired
    private List<Worker> workers;

    @Autowired
    private Webhooks webhooks;

    @Autowired
    private WebhookDeliveries deliveries;

    @Autowired
    private DeliveryOutcomes outcomes;

    @Autowired
    private ReceiverAddresses addresses;

    @Autowired
    private Secrets secrets;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    @Qualifier("realTime")
    private Clock realTime;

    private final List<String> made = new ArrayList<>();
    private Person administrator;
    private SalesTeam team;
    private SequenceId sequence;

    @BeforeAll
    static void start() {
        receiver.start();
    }

    @AfterAll
    static void stop() {
        receiver.stop();
    }

    @BeforeEach
    void aSequence() {
        receiver.resetAll();
        answers("/ok", 204);
        administrator = users.administrator();
        team = journey.team();
        sequence = journey.sequence(team, "[{'id':'meet','type':'TASK','name':'Meet'}]".replace('\'', '"'));
    }

    @AfterEach
    void nobodyListensAnyMore() {
        made.forEach(id -> api.as(administrator).delete("/webhooks/" + id));
    }

    @Test
    void what_happens_to_an_enrollment_arrives_signed_and_in_order() throws Exception {
        JsonNode webhook = webhook("/ok");
        String secret = webhook.get("secret").asText();

        EnrollmentId enrollment = connect();
        api.as(team.manager()).post("/enrollments/" + enrollment + "/pause");
        api.as(team.manager()).post("/enrollments/" + enrollment + "/resume");
        complete(enrollment);
        journey.run();

        assertThat(events("/ok", enrollment))
                .containsExactly(
                        "enrollment.connected",
                        "step.entered",
                        "enrollment.paused",
                        "enrollment.resumed",
                        "step.done",
                        "enrollment.ended");
        LoggedRequest last = requests("/ok").get(5);
        JsonNode body = json.readTree(last.getBodyAsString());
        assertThat(body.at("/data/state").asText()).isEqualTo("COMPLETED");
        assertThat(body.at("/data/sequence").asText()).isEqualTo(sequence.toString());
        assertThat(last.getHeader("Upnext-Event-Id")).isEqualTo(body.get("id").asText());
        assertSigned(last, secret);
        assertThat(api.as(administrator).get("/webhooks/" + id(webhook)).text()).doesNotContain(secret);
        assertThat(jdbc.sql("select secret from webhook where id = ?::uuid")
                        .param(id(webhook))
                        .query(String.class)
                        .single())
                .doesNotContain(secret);
    }

    private static void assertSigned(LoggedRequest request, String secret) throws Exception {
        String[] parts = request.getHeader("Upnext-Signature").split("[=,]");
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        byte[] expected = mac.doFinal((parts[1] + "." + request.getBodyAsString()).getBytes(StandardCharsets.UTF_8));
        assertThat(parts[3]).isEqualTo(HexFormat.of().formatHex(expected));
    }

    @Test
    void a_refused_event_is_tried_again_and_only_its_own_enrollment_waits() {
        answers("/picky", 204);
        EnrollmentId one = connect();
        EnrollmentId other = connect();
        webhook("/picky");
        receiver.stubFor(post(urlEqualTo("/picky"))
                .withRequestBody(containing(one.toString()))
                .willReturn(aResponse().withStatus(500)));
        complete(one);
        complete(other);
        journey.run();

        assertThat(events("/picky", other)).containsExactly("step.done", "enrollment.ended");
        assertThat(events("/picky", one)).containsExactly("step.done");

        answers("/picky", 204);
        journey.advance(Duration.ofSeconds(10));

        assertThat(events("/picky", one)).containsExactly("step.done", "step.done", "enrollment.ended");
    }

    @Test
    void a_receiver_that_hangs_delays_nobody_else_and_is_switched_off_after_days() {
        receiver.stubFor(
                post(urlEqualTo("/dead")).willReturn(aResponse().withStatus(200).withFixedDelay(30_000)));
        String dead = id(webhook("/dead"));
        webhook("/ok");
        List<EnrollmentId> enrollments = List.of(connectImpatiently(), connectImpatiently(), connectImpatiently());

        assertThat(enrollments).allSatisfy(enrollment -> assertThat(events("/ok", enrollment))
                .containsExactly("enrollment.connected", "step.entered"));
        assertThat(get(dead).get("lastError").asText()).contains("did not answer");
        assertThat(deliveries(dead).get("total").asInt()).isEqualTo(6);

        receiver.stubFor(post(urlEqualTo("/dead")).willReturn(aResponse().withStatus(503)));
        String failingSince = get(dead).get("failingSince").asText();
        journey.advance(Duration.ofDays(6));

        assertThat(get(dead).get("enabled").asBoolean()).isFalse();
        assertThat(get(dead).path("failingSince").asText()).isEqualTo(failingSince);
        assertThat(api.browser()
                        .logIn(administrator.username(), administrator.password())
                        .get("/admin/webhooks/" + dead)
                        .body())
                .contains("It is switched off.", "Nothing was delivered since")
                .doesNotContain("next try");
        assertThat(api.as(administrator)
                        .get("/audit?action=webhook.disable&subject=webhook:" + dead)
                        .body()
                        .at("/items/0/actor")
                        .asText())
                .isEqualToIgnoringCase("upnext");
        connect();
        assertThat(deliveries(dead).get("total").asInt()).isEqualTo(6);
    }

    @Test
    void redirects_are_not_followed_and_a_delivery_can_be_made_again() {
        receiver.stubFor(post(urlEqualTo("/moved")).willReturn(temporaryRedirect("/ok")));
        String moved = id(webhook("/moved", "enrollment.connected"));

        connect();

        assertThat(requests("/ok")).isEmpty();
        JsonNode delivery = deliveries(moved).at("/items/0");
        assertThat(delivery.get("status").asInt()).isEqualTo(302);
        assertThat(delivery.get("error").asText()).contains("Redirects are not followed");

        answers("/moved", 200);
        Answer again = api.as(administrator)
                .post("/webhooks/" + moved + "/deliveries/" + delivery.get("id").asText() + "/redeliver");
        journey.run();

        assertThat(again.status()).isEqualTo(200);
        assertThat(deliveries(moved).at("/items/0/state").asText()).isEqualTo("DELIVERED");
        assertThat(get(moved).has("failingSince")).isFalse();
    }

    @Test
    void only_administrators_set_up_webhooks_and_mistakes_are_named() {
        assertThat(api.as(team.manager()).get("/webhooks").status()).isEqualTo(403);
        assertThat(api.as(team.manager())
                        .post("/webhooks", Map.of("url", url("/ok")))
                        .status())
                .isEqualTo(403);
        assertThat(api.as(administrator)
                        .post("/webhooks", Map.of("url", "ftp://somewhere"))
                        .status())
                .isEqualTo(400);
        Answer unknown =
                api.as(administrator).post("/webhooks", Map.of("url", url("/ok"), "events", List.of("step.danced")));
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.detail()).contains("'step.danced'").contains("step.done");
        assertThat(api.as(administrator).delete("/webhooks/" + sequence).status())
                .isEqualTo(404);
    }

    @Test
    void the_page_shows_the_secret_once_and_the_deliveries() {
        var visitor = api.browser(administrator);
        String answer = visitor.post("/admin/webhooks", Map.of("url", url("/ok"), "events", "enrollment.connected"))
                .body();
        String id = api.as(administrator).get("/webhooks").body().get("items").findValuesAsText("id").stream()
                .reduce((first, last) -> last)
                .orElseThrow();
        made.add(id);
        EnrollmentId enrollment = connect();

        assertThat(answer).contains("whsec_");
        assertThat(visitor.get("/admin/webhooks").body())
                .doesNotContain("whsec_")
                .contains(url("/ok"));
        assertThat(visitor.get("/admin/webhooks/" + id).body()).contains(enrollment.toString(), "Delivered");
    }

    private EnrollmentId connect() {
        return journey.connect(team, sequence, journey.lead(team));
    }

    /** Receivers are told by a worker that soon has enough; the shared one would wait as long as the product does. */
    private EnrollmentId connectImpatiently() {
        RecordId lead = journey.lead(team);
        api.as(team.manager())
                .post("/sequences/" + sequence + "/enrollments", Map.of("recordIds", List.of(lead.toString())));
        try (Receivers receivers = new Receivers(addresses, realTime, Duration.ofMillis(500))) {
            DeliveryWorker impatient = new DeliveryWorker(
                    webhooks, deliveries, receivers, outcomes, secrets, transaction, clock, realTime);
            List<Worker> all = workers.stream()
                    .map(worker -> worker.name().equals(DeliveryWorker.NAME) ? impatient : worker)
                    .toList();
            boolean busy = true;
            while (busy) {
                busy = all.stream().filter(worker -> worker.runOnce() > 0).count() > 0;
            }
        }
        return enrollments.ofRecord(lead).get(0).id();
    }

    private void complete(EnrollmentId enrollment) {
        stepRuns.complete(
                users.caller(team.seller()),
                journey.open(enrollment).id(),
                new Completion(team.seller().id(), null, null, null, false, false));
    }

    private void answers(String path, int status) {
        receiver.stubFor(post(urlEqualTo(path)).willReturn(aResponse().withStatus(status)));
    }

    private JsonNode webhook(String path, String... events) {
        Answer answer = api.as(administrator).post("/webhooks", Map.of("url", url(path), "events", List.of(events)));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        made.add(id(answer.body()));
        return answer.body();
    }

    private static String id(JsonNode webhook) {
        return webhook.get("id").asText();
    }

    private String url(String path) {
        return "http://127.0.0.1:" + receiver.port() + path;
    }

    private JsonNode get(String id) {
        return api.as(administrator).get("/webhooks/" + id).body();
    }

    private JsonNode deliveries(String id) {
        return api.as(administrator).get("/webhooks/" + id + "/deliveries").body();
    }

    private static List<LoggedRequest> requests(String path) {
        return receiver.findAll(postRequestedFor(urlEqualTo(path)));
    }

    /** What a receiver was told about the enrollment, in the order in which it came. */
    private static List<String> events(String path, EnrollmentId enrollment) {
        return requests(path).stream()
                .filter(request -> request.getBodyAsString().contains(enrollment.toString()))
                .map(request -> request.getHeader("Upnext-Event"))
                .toList();
    }
}
