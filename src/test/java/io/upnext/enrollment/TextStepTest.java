package io.upnext.enrollment;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.http.Fault;
import io.upnext.enrollment.Enrollment.Reason;
import io.upnext.messaging.Suppressions;
import io.upnext.operation.Workers;
import io.upnext.record.Records;
import io.upnext.security.Settings;
import io.upnext.sequence.Step;
import io.upnext.shared.Actor;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.RecordId;
import io.upnext.shared.SequenceId;
import io.upnext.testing.Api;
import io.upnext.testing.Journey;
import io.upnext.testing.Journey.SalesTeam;
import io.upnext.testing.TestTexts;
import io.upnext.testing.TestUsers;
import io.upnext.testing.UpnextTest;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Text messages through a sequence, with a gateway that behaves and one that does not. */
@UpnextTest
class TextStepTest {

    private final Journey journey;
    private final TestTexts texts;
    private final TestUsers users;
    private final StepRuns stepRuns;
    private final Suppressions suppressions;
    private final Settings settings;
    private final Records records;
    private final Workers workers;
    private final Api api;
    private SalesTeam team;
    private String number;

    TextStepTest(
            @Autowired Journey journey,
            @Autowired TestTexts texts,
            @Autowired TestUsers users,
            @Autowired StepRuns stepRuns,
            @Autowired Suppressions suppressions,
            @Autowired Settings settings,
            @Autowired Records records,
            @Autowired Workers workers,
            @Autowired Api api) {
        this.journey = journey;
        this.texts = texts;
        this.users = users;
        this.stepRuns = stepRuns;
        this.suppressions = suppressions;
        this.settings = settings;
        this.records = records;
        this.workers = workers;
        this.api = api;
    }

    @BeforeEach
    void aTeamAndAGateway() {
        texts.works();
        team = journey.team();
        number = TestTexts.number();
    }

    @AfterEach
    void othersHaveNoGateway() {
        texts.works();
        journey.run();
        texts.takenAway();
    }

    private String text() {
        return texts.template(team.manager(), "Hello {{record.firstName|there}}, {{sender.firstName}} here");
    }

    private String automated(String id) {
        return "{\"id\": \"%s\", \"type\": \"AUTOMATED_TEXT\", \"name\": \"Text\", \"template\": \"%s\"}"
                .formatted(id, text());
    }

    private static final String TASK = "{\"id\": \"then\", \"type\": \"TASK\", \"name\": \"Then\"}";

    private EnrollmentId texted(Map<String, Object> fields) {
        SequenceId sequence = journey.sequence(team, "[" + automated("text") + "," + TASK + "]");
        return journey.connect(team, sequence, journey.lead(team, fields));
    }

    private EnrollmentId texted() {
        return texted(Map.of("mobile", number));
    }

    @Test
    void anAutomatedTextLeavesOnceWithItsValuesAndTheEnrollmentGoesOn() {
        EnrollmentId enrollment = texted();
        journey.run();

        assertThat(journey.path(enrollment)).containsExactly("text:DONE:SENT", "then:OPEN");
        assertThat(texts.to(number)).singleElement().satisfies(sent -> {
            assertThat(sent).containsEntry("From", TestTexts.SENDER).containsEntry("To", number);
            assertThat(sent.get("Body")).startsWith("Hello Ada, ");
            assertThat(sent.get("StatusCallback")).startsWith("https://upnext.test/api/v1/sms/webhook?message=");
        });
        RecordId lead = journey.enrollment(enrollment).record();
        assertThat(records.find(lead).orElseThrow().text("lastActivityType")).isEqualTo("SMS");
    }

    @Test
    void whatTheGatewayTellsOfDeliveryStandsAtTheStepOnceAndInAnyOrder() {
        EnrollmentId enrollment = texted();

        assertThat(texts.status(number, "delivered").status()).isEqualTo(200);
        assertThat(texts.status(number, "sent").status()).isEqualTo(200);
        assertThat(texts.status(number, "delivered").status()).isEqualTo(200);
        journey.run();

        assertThat(journey.path(enrollment)).containsExactly("text:DONE:DELIVERED", "then:OPEN");
        assertThat(timeline(enrollment)).containsOnlyOnce("text.delivered");
    }

    @Test
    void aTextThatDidNotArriveSaysWhy() {
        EnrollmentId enrollment = texted();

        texts.status(number, "undelivered", Map.of("ErrorCode", "30005"));
        journey.run();

        assertThat(journey.path(enrollment)).containsExactly("text:DONE:UNDELIVERED", "then:OPEN");
        assertThat(timeline(enrollment)).contains("30005").contains("no longer in use");
    }

    private String timeline(EnrollmentId enrollment) {
        RecordId lead = journey.enrollment(enrollment).record();
        return api.as(team.manager())
                .get("/records/leads/" + lead + "/timeline")
                .text();
    }

    @ParameterizedTest
    @CsvSource({
        "mobile, , doNotText, DO_NOT_TEXT",
        ", , , NO_NUMBER",
        "12345, , , INVALID_NUMBER",
        "0151 2345678, Nowhere, , INVALID_NUMBER",
        "suppressed, , , SUPPRESSED"
    })
    void whoMayNotBeTextedIsPassedOver(String mobile, String country, String flag, String outcome) {
        Map<String, Object> fields = new java.util.HashMap<>();
        fields.put("mobile", mobile == null ? "" : mobile.matches("[a-z]+") ? number : mobile);
        if (country != null) {
            fields.put("country", country);
        }
        if (flag != null) {
            fields.put(flag, true);
        }
        if ("suppressed".equals(mobile)) {
            suppressions.add(number, Suppressions.Reason.MANUAL, null, Actor.SYSTEM);
        }
        fields.values().removeIf(""::equals);

        EnrollmentId enrollment = texted(fields);

        assertThat(journey.path(enrollment)).containsExactly("text:SKIPPED:" + outcome, "then:OPEN");
        assertThat(texts.to(number)).isEmpty();
    }

    @Test
    void withoutAMobileNumberThePhoneIsTextedInItsCountry() {
        texted(Map.of("phone", number.replace("+49", "0"), "country", "Germany"));

        assertThat(texts.to(number)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"400, 21211, INVALID_NUMBER", "400, 21614, INVALID_NUMBER", "400, 21610, SUPPRESSED"})
    void whatTheGatewaySaysOfTheNumberEndsTheStepCleanly(int status, int code, String outcome) {
        texts.refuses(number, status, code, "Not this number");

        EnrollmentId enrollment = texted();

        assertThat(journey.path(enrollment)).containsExactly("text:SKIPPED:" + outcome, "then:OPEN");
        assertThat(texts.to(number)).hasSize(1);
        assertThat(suppressions.contains(number)).isEqualTo(code == 21610);
    }

    @Test
    void whatOnlyAPersonCanMendIsAnIncidentThatCanBeRetried() {
        texts.refuses(number, 400, 21408, "Permission to send to this region is missing");
        EnrollmentId enrollment = texted();
        StepRun failed = stepRuns.of(enrollment).get(0);
        assertThat(failed.state()).isEqualTo(StepRun.State.FAILED);
        assertThat(api.as(users.administrator())
                        .get("/incidents/" + failed.id())
                        .text())
                .contains("21408");

        texts.works();
        stepRuns.retry(users.caller(team.manager()), failed.id());
        journey.run();

        assertThat(journey.path(enrollment)).containsExactly("text:DONE:SENT", "then:OPEN");
    }

    @Test
    void aTextThatFailedIsWrittenByHandInstead() {
        texts.refuses(number, 400, 21408, "Permission to send to this region is missing");
        EnrollmentId enrollment = texted();
        StepRun failed = stepRuns.of(enrollment).get(0);
        texts.works();

        StepRun open = stepRuns.makeManual(users.caller(team.manager()), failed.id());
        journey.run();

        assertThat(open.type()).isEqualTo(Step.Type.TEXT_MESSAGE);
        assertThat(texts.to(number)).isEmpty();
        Api.Answer sent =
                api.as(team.seller()).post("/step-runs/" + failed.id() + "/complete", Map.of("text", "By hand"));
        assertThat(sent.status()).as(sent.toString()).isEqualTo(200);
        journey.run();
        assertThat(texts.to(number)).hasSize(1);
        assertThat(journey.path(enrollment)).containsExactly("text:DONE:SENT", "then:OPEN");
    }

    @ParameterizedTest
    @CsvSource({"500", "503"})
    void aGatewayThatFailsIsAskedAgainLater(int status) {
        texts.refuses(number, status, 0, "Sorry");
        EnrollmentId enrollment = texted();
        assertThat(journey.path(enrollment)).containsExactly("text:WAITING");

        texts.works();
        journey.advance(Duration.ofSeconds(59));
        assertThat(texts.to(number)).isEmpty();
        journey.advance(Duration.ofSeconds(2));

        assertThat(journey.path(enrollment)).containsExactly("text:DONE:SENT", "then:OPEN");
        assertThat(texts.to(number)).hasSize(1);
    }

    @Test
    void aGatewayThatAsksForPatienceIsLeftAloneAsLongAsItSays() {
        texts.answers(number, aResponse().withStatus(429).withHeader("Retry-After", "90"));
        EnrollmentId enrollment = texted();
        texts.server().resetAll();
        journey.advance(Duration.ofSeconds(85));
        assertThat(texts.to(number)).isEmpty();
        assertThat(journey.path(enrollment)).containsExactly("text:WAITING");

        texts.works();
        journey.run();

        assertThat(journey.path(enrollment)).containsExactly("text:DONE:SENT", "then:OPEN");
    }

    @Test
    void aRefusedLogInStopsTheGatewayUntilSomebodyPutsItRight() {
        texts.refuses(number, 401, 20003, "Authenticate");
        EnrollmentId enrollment = texted();
        journey.advance(Duration.ofDays(1));
        assertThat(journey.path(enrollment)).containsExactly("text:WAITING");
        assertThat(texts.to(number)).hasSize(1);
        Api.Answer shown = api.as(users.administrator()).get("/text-gateway");
        assertThat(shown.body().path("state").asText()).isEqualTo("STOPPED");
        assertThat(shown.text()).contains("20003").doesNotContain(TestTexts.TOKEN);

        texts.works();
        journey.run();

        assertThat(journey.path(enrollment)).containsExactly("text:DONE:SENT", "then:OPEN");
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"EMPTY_RESPONSE", "CONNECTION_RESET_BY_PEER", "RANDOM_DATA_THEN_CLOSE"})
    void aRequestWithoutAnAnswerIsUncertainAndNeverRepeated(Fault fault) {
        texts.answers(number, aResponse().withFault(fault));
        EnrollmentId enrollment = texted();
        journey.advance(Duration.ofDays(3));

        assertThat(texts.to(number)).hasSize(1);
        assertThat(stepRuns.of(enrollment).get(0).cause()).startsWith("Delivery uncertain");
        assertThat(journey.enrollment(enrollment).state()).isEqualTo(Enrollment.State.ERROR);
    }

    @ParameterizedTest
    @CsvSource({"SENT, text:DONE:SENT, 1", "RESEND, text:DONE:SENT, 2", "GIVE_UP, text:SKIPPED:GIVEN_UP, 1"})
    void aPersonDecidesAboutAnUncertainText(String decision, String outcome, int messages) {
        texts.answers(
                number,
                decision.equals("SENT")
                        ? aResponse().withStatus(201).withFixedDelay(15_000)
                        : aResponse().withFault(Fault.EMPTY_RESPONSE));
        EnrollmentId enrollment = texted();
        assertThat(stepRuns.of(enrollment).get(0).cause()).startsWith("Delivery uncertain");
        texts.answers(number, aResponse().withStatus(201).withBody("{}"));
        Api.Caller administrator = api.as(users.administrator());
        String id = idOfUncertain(administrator);
        assertThat(administrator.get("/uncertain-texts/" + id).body().path("at").asText())
                .as("by the product's clock")
                .startsWith("2026-03-02T");
        assertThat(api.visit(users.administrator()).get("/uncertain-texts").text())
                .contains(number, "/uncertain-texts/" + id);

        assertThat(administrator
                        .post("/uncertain-texts/" + id, Map.of("decision", decision))
                        .status())
                .isEqualTo(204);
        journey.run();

        assertThat(journey.path(enrollment)).containsExactly(outcome, "then:OPEN");
        assertThat(texts.to(number)).hasSize(messages);
    }

    private String idOfUncertain(Api.Caller administrator) {
        for (var item : administrator.get("/uncertain-texts?size=500").body().path("items")) {
            if (item.path("to").asText().equals(number)) {
                return item.path("id").asText();
            }
        }
        throw new AssertionError("There is no uncertain text to " + number);
    }

    @Test
    void aWordAboutItsDeliveryProvesAnUncertainTextSent() {
        texts.answers(number, aResponse().withFault(Fault.EMPTY_RESPONSE));
        EnrollmentId enrollment = texted();

        texts.status(number, "queued");
        texts.status(number, "delivered");
        journey.run();

        assertThat(journey.path(enrollment)).containsExactly("text:DONE:DELIVERED", "then:OPEN");
        assertThat(texts.to(number)).hasSize(1);
    }

    @Test
    void aWordAboutItsDeliveryKeepsATextFromBeingRepeatedAfterAFailure() {
        texts.refuses(number, 500, 20500, "Internal server error");
        EnrollmentId enrollment = texted();

        texts.status(number, "sent");
        journey.advance(Duration.ofHours(1));

        assertThat(journey.path(enrollment)).containsExactly("text:DONE:SENT", "then:OPEN");
        assertThat(texts.to(number)).hasSize(1);
    }

    @Test
    void aGatewayOutOfReachPausesAndNothingIsUncertain() throws IOException {
        int closed;
        try (ServerSocket socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }
        texts.at("http://127.0.0.1:" + closed);
        EnrollmentId enrollment = texted();
        assertThat(journey.path(enrollment)).containsExactly("text:WAITING");

        texts.works();
        journey.run();

        assertThat(journey.path(enrollment)).containsExactly("text:DONE:SENT", "then:OPEN");
        assertThat(texts.to(number)).hasSize(1);
    }

    @Test
    void withoutAGatewayTheStepFailsAndSaysSo() {
        SequenceId sequence = journey.sequence(team, "[" + automated("text") + "," + TASK + "]");
        texts.takenAway();

        EnrollmentId enrollment = journey.connect(team, sequence, journey.lead(team, Map.of("mobile", number)));

        assertThat(stepRuns.of(enrollment).get(0).cause()).contains("No text gateway is set up");
    }

    @Test
    void nothingLeavesWhileTheOrganisationHasStoppedSending() {
        settings.set(Actor.SYSTEM, "sendingStopped", true);
        try {
            texted();
            assertThat(texts.to(number)).isEmpty();
        } finally {
            settings.set(Actor.SYSTEM, "sendingStopped", null);
        }
        journey.run();

        assertThat(texts.to(number)).hasSize(1);
    }

    @Test
    void aTextOfAPausedEnrollmentWaitsForItToBeResumed() {
        String steps = "[{\"id\": \"wait\", \"type\": \"WAIT\", \"hours\": 1}," + automated("text") + "," + TASK + "]";
        settings.set(Actor.SYSTEM, "sendingStopped", true);
        EnrollmentId enrollment;
        try {
            enrollment =
                    journey.connect(team, journey.sequence(team, steps), journey.lead(team, Map.of("mobile", number)));
            journey.advance(Duration.ofHours(2));
            api.as(team.manager()).post("/enrollments/" + enrollment + "/pause");
        } finally {
            settings.set(Actor.SYSTEM, "sendingStopped", null);
        }
        journey.run();
        assertThat(texts.to(number)).isEmpty();

        api.as(team.manager()).post("/enrollments/" + enrollment + "/resume");
        journey.run();

        assertThat(texts.to(number)).hasSize(1);
        assertThat(journey.path(enrollment)).endsWith("text:DONE:SENT", "then:OPEN");
    }

    @Test
    void whoWritesStopGetsNoTextAnyMoreAndStartTakesBackNothingElse() {
        String steps = "[" + automated("first") + ",{\"id\": \"wait\", \"type\": \"WAIT\", \"days\": 1},"
                + automated("second") + "," + TASK + "]";
        EnrollmentId enrollment =
                journey.connect(team, journey.sequence(team, steps), journey.lead(team, Map.of("mobile", number)));

        texts.written(number, "Stop.");
        assertThat(suppressions.contains(number)).isTrue();
        journey.advance(Duration.ofDays(2));

        assertThat(journey.path(enrollment))
                .containsExactly("first:DONE:SENT", "wait:DONE", "second:SKIPPED:SUPPRESSED", "then:OPEN");
        assertThat(texts.to(number)).hasSize(1);
        assertThat(timeline(enrollment)).containsOnlyOnce("text.stopped");
        texts.written(number, "START");
        assertThat(suppressions.contains(number)).isFalse();
        suppressions.add(number, Suppressions.Reason.MANUAL, null, Actor.SYSTEM);
        texts.written(number, "STOP");
        texts.written(number, "START");
        assertThat(suppressions.contains(number)).isTrue();
    }

    /** With a mail step the sequence exits on unsubscribing and replying. */
    private EnrollmentId withMail() {
        String steps = "[" + automated("text") + ",{\"id\": \"mail\", \"type\": \"EMAIL\", \"name\": \"Mail\"}]";
        return journey.connect(team, journey.sequence(team, steps), journey.lead(team, Map.of("mobile", number)));
    }

    @Test
    void stopEndsASequenceThatExitsOnUnsubscribing() {
        EnrollmentId enrollment = withMail();

        texts.written(number, "STOPP");
        journey.run();

        assertThat(journey.enrollment(enrollment).reason()).isEqualTo(Reason.UNSUBSCRIBED);
    }

    @Test
    void anAnswerEndsASequenceThatExitsOnReplying() {
        EnrollmentId enrollment = withMail();

        texts.written(number, "Yes, please call me 👋", "SM-answer-" + number);
        texts.written(number, "Yes, please call me 👋", "SM-answer-" + number);
        journey.run();

        assertThat(journey.enrollment(enrollment).reason()).isEqualTo(Reason.REPLIED);
        assertThat(timeline(enrollment)).containsOnlyOnce("text.replied").contains("Yes, please call me");
        RecordId lead = journey.enrollment(enrollment).record();
        assertThat(records.find(lead).orElseThrow().text("lastContactedMode")).isEqualTo("REPLIED");
    }

    @Test
    void anAnswerStandsInTheInboxOfWhoseTextItIsWithBothMessages() {
        withMail();

        texts.written(number, "Who\n is this?", "SM-inbox-" + number);
        texts.written(number, "Who\n is this?", "SM-inbox-" + number);
        journey.run();

        Api.Caller seller = api.as(team.seller());
        var list = seller.get("/inbox").body();
        assertThat(list.path("total").asInt()).isEqualTo(1);
        var one = list.path("items").get(0);
        assertThat(one.path("from").asText()).isEqualTo(number);
        assertThat(one.path("snippet").asText()).isEqualTo("Who is this?");
        assertThat(one.path("unreadMessages").asInt()).isEqualTo(1);
        String id = one.path("id").asText();
        assertThat(seller.get("/inbox/" + id).body().path("messages").findValuesAsText("direction"))
                .containsExactly("SENT", "RECEIVED");
        assertThat(seller.post("/inbox/" + id + "/answer", Map.of("html", "<p>Me</p>"))
                        .status())
                .isEqualTo(422);
        assertThat(api.visit(team.seller()).get("/inbox?c=" + id).text()).contains(number, "Who\n is this?");
    }

    @Test
    void anAnswerIsAnsweredByTextFromTheInboxOnceAndNotAfterAStop() {
        withMail();
        journey.advance(Duration.ofMinutes(1));
        texts.written(number, "Who is this?", "SM-first-" + number);
        journey.advance(Duration.ofMinutes(1));
        Api.Caller seller = api.as(team.seller());
        String id = seller.get("/inbox").body().at("/items/0/id").asText();
        var page = api.visit(team.seller());
        String message = java.util.UUID.randomUUID().toString();

        page.get("/inbox?c=" + id);
        page.post("/inbox/" + id + "/answer-text", "message", message, "text", "It is me.\r\nShall I call?");
        page.post("/inbox/" + id + "/answer-text", "message", message, "text", "It is me.\r\nShall I call?");
        journey.run();

        assertThat(texts.to(number)).hasSize(2);
        assertThat(texts.to(number).get(1)).containsEntry("Body", "It is me.\nShall I call?");
        var messages = seller.get("/inbox/" + id).body().path("messages");
        assertThat(messages.findValuesAsText("direction")).containsExactly("SENT", "RECEIVED", "SENT");
        assertThat(messages.findValuesAsText("state")).containsExactly("SENT", "REPLY", "SENT");

        texts.written(number, "Stop", "SM-stop-" + number);
        journey.run();
        assertThat(seller.post("/inbox/" + id + "/answer", Map.of("text", "But"))
                        .detail())
                .contains("suppression list");
        assertThat(seller.post("/inbox/" + id + "/answer", Map.of("text", " ")).status())
                .isEqualTo(422);
    }

    @Test
    void aConditionAfterATextSeesTheAnswer() {
        String steps = "[" + automated("text") + ",{\"id\": \"wait\", \"type\": \"WAIT\", \"days\": 1},"
                + "{\"id\": \"answered\", \"type\": \"CONDITION\", \"test\": {\"field\": {\"all\": [{\"field\":"
                + " \"lastContactedMode\", \"op\": \"EQUALS\", \"value\": \"REPLIED\"}]}}, \"yes\": [" + TASK
                + "], \"no\": []}]";
        EnrollmentId enrollment =
                journey.connect(team, journey.sequence(team, steps), journey.lead(team, Map.of("mobile", number)));

        texts.written(number, "Who is this?");
        journey.advance(Duration.ofDays(2));

        assertThat(journey.path(enrollment)).endsWith("answered:DONE:YES", "then:OPEN");
    }

    @Test
    void aStopThatRacesWithSendingIsEitherTooLateOrHeard() throws Exception {
        SequenceId sequence = journey.sequence(team, "[" + automated("text") + "," + TASK + "]");
        settings.set(Actor.SYSTEM, "sendingStopped", true);
        List<String> numbers = new ArrayList<>();
        List<EnrollmentId> enrollments = new ArrayList<>();
        try {
            for (int i = 0; i < 12; i++) {
                numbers.add(TestTexts.number());
                enrollments.add(journey.connect(team, sequence, journey.lead(team, Map.of("mobile", numbers.get(i)))));
            }
        } finally {
            settings.set(Actor.SYSTEM, "sendingStopped", null);
        }

        ExecutorService threads = Executors.newFixedThreadPool(3);
        List<Callable<Object>> race = List.of(
                Executors.callable(workers::drain),
                Executors.callable(workers::drain),
                Executors.callable(() -> numbers.forEach(each -> texts.written(each, "STOP"))));
        for (Future<Object> one : threads.invokeAll(race)) {
            one.get();
        }
        threads.shutdown();
        journey.run();

        for (int i = 0; i < numbers.size(); i++) {
            int sent = texts.to(numbers.get(i)).size();
            assertThat(journey.path(enrollments.get(i)).get(0))
                    .isEqualTo(sent == 1 ? "text:DONE:SENT" : "text:SKIPPED:SUPPRESSED");
            assertThat(sent).isLessThanOrEqualTo(1);
            assertThat(suppressions.contains(numbers.get(i))).isTrue();
        }
    }

    @Test
    void aRequestThatTheGatewayDidNotSignIsRefused() {
        Map<String, String> form = Map.of("MessageSid", "SM1", "From", number, "Body", "STOP");

        assertThat(texts.told("/sms/webhook", form, "another token").status()).isEqualTo(403);
        assertThat(api.anonymous()
                        .send("POST", "/sms/webhook", "application/x-www-form-urlencoded", "From=x")
                        .status())
                .isEqualTo(403);
        Api.Answer tooLarge = api.anonymous()
                .send("POST", "/sms/webhook", "application/x-www-form-urlencoded", "x=" + "y".repeat(70_000));
        assertThat(tooLarge.status()).isEqualTo(413);
        assertThat(tooLarge.detail()).contains("64 KB");
        assertThat(suppressions.contains(number)).isFalse();
    }

    @Test
    void aSellerSendsTheProposedTextOrSaysThatItWasDoneElsewhere() {
        String step = "{\"id\": \"text\", \"type\": \"TEXT_MESSAGE\", \"name\": \"Text\", \"template\": \"%s\"}"
                .formatted(text());
        SequenceId sequence = journey.sequence(team, "[" + step + "," + TASK + "]");
        EnrollmentId first = journey.connect(team, sequence, journey.lead(team, Map.of("mobile", number)));
        EnrollmentId second = journey.connect(team, sequence, journey.lead(team));
        Api.Caller seller = api.as(team.seller());
        assertThat(api.visit(team.seller())
                        .get("/work?due=ALL&step=" + journey.open(first).id())
                        .text())
                .contains("Hello Ada, ", number);

        assertThat(complete(seller, first, Map.of()).status()).isEqualTo(422);
        assertThat(complete(seller, first, Map.of("text", "Hi Ada")).status()).isEqualTo(200);
        assertThat(complete(seller, second, Map.of("text", "Hi")).detail()).contains("has no phone number");
        assertThat(complete(seller, second, Map.of("doneElsewhere", true)).status())
                .isEqualTo(200);
        journey.run();

        assertThat(texts.to(number)).singleElement().satisfies(sent -> assertThat(sent)
                .containsEntry("Body", "Hi Ada"));
        assertThat(journey.path(first)).containsExactly("text:DONE:SENT", "then:OPEN");
        assertThat(journey.path(second)).containsExactly("text:DONE:DONE_ELSEWHERE", "then:OPEN");
    }

    private Api.Answer complete(Api.Caller seller, EnrollmentId enrollment, Map<String, Object> done) {
        return seller.post("/step-runs/" + journey.open(enrollment).id() + "/complete", done);
    }
}
