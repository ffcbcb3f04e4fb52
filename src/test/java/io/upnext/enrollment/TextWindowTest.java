package io.upnext.enrollment;

import static org.assertj.core.api.Assertions.assertThat;

import io.upnext.enrollment.Enrollment.Reason;
import io.upnext.security.Settings;
import io.upnext.shared.Actor;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.SequenceId;
import io.upnext.testing.Api;
import io.upnext.testing.Journey;
import io.upnext.testing.Journey.SalesTeam;
import io.upnext.testing.MutableClock;
import io.upnext.testing.TestTexts;
import io.upnext.testing.UpnextTest;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Automated texts of a sequence with a window; the clock starts on a Monday, 09:00 UTC. */
@UpnextTest
class TextWindowTest {

    private static final String TASK = "{\"id\": \"then\", \"type\": \"TASK\", \"name\": \"Then\"}";
    private static final String MAIL = "{\"id\": \"mail\", \"type\": \"EMAIL\", \"name\": \"Mail\"}";
    private static final String NEXT_DAY = "{\"id\": \"wait\", \"type\": \"WAIT\", \"hours\": 10}";

    private final Journey journey;
    private final TestTexts texts;
    private final Settings settings;
    private final MutableClock clock;
    private final Api api;
    private final JdbcClient jdbc;
    private SalesTeam team;
    private String number;

    TextWindowTest(
            @Autowired Journey journey,
            @Autowired TestTexts texts,
            @Autowired Settings settings,
            @Autowired MutableClock clock,
            @Autowired Api api,
            @Autowired JdbcClient jdbc) {
        this.journey = journey;
        this.texts = texts;
        this.settings = settings;
        this.clock = clock;
        this.api = api;
        this.jdbc = jdbc;
    }

    @BeforeEach
    void aTeamAndAGateway() {
        texts.works();
        team = journey.team();
        number = TestTexts.number();
        settings.set(Actor.SYSTEM, "timeZone", "UTC");
    }

    @AfterEach
    void asBefore() {
        settings.set(Actor.SYSTEM, "timeZone", null);
        settings.set(Actor.SYSTEM, "country", null);
        settings.set(Actor.SYSTEM, "dailyTextCap", null);
        journey.advance(Duration.ofDays(4));
        texts.takenAway();
    }

    private String automated(String id) {
        return "{\"id\": \"%s\", \"type\": \"AUTOMATED_TEXT\", \"name\": \"Text\", \"template\": \"%s\"}"
                .formatted(id, texts.template(team.manager(), "Hello {{record.firstName|there}}"));
    }

    /** @param sequenceZone null where it has none */
    private SequenceId sequence(String window, String sequenceZone, String... steps) {
        String zone = sequenceZone == null ? "" : ", \"timeZone\": \"%s\"".formatted(sequenceZone);
        return journey.sequence(team, "[" + String.join(",", steps) + "]", "{\"window\": " + window + "}" + zone);
    }

    private static String window(String days, String from, String to) {
        return "{\"days\": [\"%s\"], \"from\": \"%s\", \"to\": \"%s\"}"
                .formatted(String.join("\",\"", days.split(" ")), from, to);
    }

    private EnrollmentId texted(SequenceId sequence, Map<String, Object> fields) {
        Map<String, Object> all = new HashMap<>(fields);
        all.put("mobile", number);
        return journey.connect(team, sequence, journey.lead(team, all));
    }

    /** As the pages and the API show it. */
    private Instant dueAt(EnrollmentId enrollment, int step) {
        return Instant.parse(api.as(team.manager())
                .get("/enrollments/" + enrollment + "/step-runs")
                .body()
                .path("items")
                .path(step)
                .path("dueAt")
                .asText());
    }

    @ParameterizedTest
    @CsvSource({
        "America/New_York, Asia/Tokyo, , 2026-03-02T14:00:00Z",
        ", Asia/Tokyo, , 2026-03-03T00:00:00Z",
        "Asia/Kolkata, , , 2026-03-02T09:00:00Z",
        "Pacific/Auckland, , , 2026-03-02T20:00:00Z",
        // Liberation Day of Bulgaria
        "Asia/Tokyo, , BG, 2026-03-04T00:00:00Z"
    })
    void aTextLeavesWithTheNextOpeningInTheRecipientsZone(
            String zone, String sequenceZone, String country, Instant at) {
        settings.set(Actor.SYSTEM, "country", country == null ? null : "DE");
        SequenceId sequence = sequence(window("1 2 3 4 5", "09:00", "17:00"), sequenceZone, automated("text"), TASK);
        Map<String, Object> fields = new HashMap<>();
        fields.put("timeZone", zone);
        fields.put("country", country);
        fields.values().removeIf(Objects::isNull);

        EnrollmentId enrollment = texted(sequence, fields);
        if (at.isAfter(clock.instant())) {
            assertThat(dueAt(enrollment, 0)).isEqualTo(at);
            journey.advance(Duration.between(clock.instant(), at).minusSeconds(1));
            assertThat(texts.to(number)).isEmpty();
            journey.advance(Duration.ofSeconds(1));
        }

        assertThat(texts.to(number)).hasSize(1);
        assertThat(journey.path(enrollment)).containsExactly("text:DONE:SENT", "then:OPEN");
    }

    private String current(EnrollmentId enrollment) {
        return api.as(team.manager())
                .get("/enrollments/" + enrollment + "/step-runs")
                .body()
                .at("/items/0/id")
                .asText();
    }

    private Api.Answer act(EnrollmentId enrollment, String action) {
        return api.as(team.seller()).post("/step-runs/" + current(enrollment) + "/" + action, Map.of());
    }

    @Test
    void aTextThatWaitsIsLookedAtAndSentNowOrSkipped() {
        SequenceId sequence = sequence(window("1", "12:00", "13:00"), null, automated("text"), TASK);
        EnrollmentId sent = texted(sequence, Map.of("firstName", "Ada"));
        String first = number;
        number = TestTexts.number();
        EnrollmentId skipped = texted(sequence, Map.of());
        String record = "/records/leads/" + journey.enrollment(sent).record() + "/up-next";
        var page = api.visit(team.seller());

        assertThat(page.get(record).text()).contains(current(sent) + "/send-now");
        assertThat(page.get(record + "/" + current(sent) + "/preview").text()).contains(first, "Hello Ada");
        assertThat(act(sent, "send-now").status()).isEqualTo(200);
        journey.run();
        assertThat(act(skipped, "skip").status()).isEqualTo(200);
        journey.advance(Duration.ofHours(3));

        assertThat(texts.to(first)).hasSize(1);
        assertThat(journey.path(sent)).containsExactly("text:DONE:SENT", "then:OPEN");
        assertThat(texts.to(number)).isEmpty();
        assertThat(journey.path(skipped)).containsExactly("text:SKIPPED:SKIPPED", "then:OPEN");
        assertThat(act(sent, "send-now").status()).isEqualTo(409);
    }

    @Test
    void whatExceedsTheDaysMostLeavesOnALaterDayAndShowsIt() {
        SequenceId sequence = journey.sequence(team, "[" + automated("text") + "," + TASK + "]");
        // Other tests have sent texts on this day
        settings.set(Actor.SYSTEM, "dailyTextCap", leftToday() + 1);
        EnrollmentId first = texted(sequence, Map.of());
        number = TestTexts.number();
        EnrollmentId second = texted(sequence, Map.of());

        assertThat(journey.path(first)).containsExactly("text:DONE:SENT", "then:OPEN");
        assertThat(dueAt(second, 0)).isEqualTo("2026-03-03T09:00:00Z");
        assertThat(act(second, "send-now").detail()).contains("texts of today");
        assertThat(texts.to(number)).isEmpty();
        String ofSecond = number;
        number = TestTexts.number();
        texted(sequence, Map.of());

        settings.set(Actor.SYSTEM, "dailyTextCap", leftToday() + 1);
        journey.run();
        assertThat(texts.to(ofSecond)).as("the raised cap has room for one").hasSize(1);
        assertThat(texts.to(number)).isEmpty();

        journey.advance(Duration.ofHours(24));
        assertThat(texts.to(number)).hasSize(1);
        assertThat(journey.path(second)).containsExactly("text:DONE:SENT", "then:OPEN");
    }

    private int leftToday() {
        return jdbc.sql("select count(*) from text_message where cap_day = date '2026-03-02'"
                        + " and state in ('QUEUED', 'CLAIMED', 'SENT', 'UNCERTAIN')")
                .query(Integer.class)
                .single();
    }

    @Test
    void theSendersZoneCountsWhereTheWindowAsksForIt() {
        settings.set(Actor.SYSTEM, "timeZone", "Europe/Berlin");
        String window = "{\"days\": [\"MON\"], \"from\": \"12:00\", \"to\": \"13:00\", \"zone\": \"SENDER\"}";

        EnrollmentId enrollment =
                texted(sequence(window, "Asia/Tokyo", automated("text"), TASK), Map.of("timeZone", "Asia/Tokyo"));

        assertThat(dueAt(enrollment, 0)).isEqualTo(Instant.parse("2026-03-02T11:00:00Z"));
    }

    @Test
    void whatMissedItsOpeningLeavesWithTheNext() {
        EnrollmentId enrollment =
                texted(sequence(window("1 2", "10:00", "11:00"), null, automated("text"), TASK), Map.of());
        settings.set(Actor.SYSTEM, "sendingStopped", true);
        try {
            journey.advance(Duration.ofHours(5));
        } finally {
            settings.set(Actor.SYSTEM, "sendingStopped", null);
        }
        journey.run();

        assertThat(texts.to(number)).isEmpty();
        assertThat(dueAt(enrollment, 0)).isEqualTo(Instant.parse("2026-03-03T10:00:00Z"));
        journey.advance(Duration.ofDays(1));
        assertThat(texts.to(number)).hasSize(1);
    }

    @Test
    void whatTheGatewayWantsAgainLaterWaitsForTheWindow() {
        SequenceId sequence = sequence(window("1 2", "08:00", "09:01"), null, automated("text"), TASK);
        texts.refuses(number, 503, 0, "Sorry");
        EnrollmentId enrollment = texted(sequence, Map.of());
        texts.works();

        journey.advance(Duration.ofHours(2));

        assertThat(texts.to(number)).isEmpty();
        assertThat(dueAt(enrollment, 0)).isEqualTo(Instant.parse("2026-03-03T08:00:00Z"));
    }

    @Test
    void anAnswerBeforeTheOpeningTakesTheTextBack() {
        EnrollmentId enrollment = texted(
                sequence(
                        window("1 2 3 4 5", "09:00", "17:00"),
                        null,
                        automated("first"),
                        NEXT_DAY,
                        automated("second"),
                        MAIL),
                Map.of());
        journey.advance(Duration.ofHours(11));
        assertThat(dueAt(enrollment, 2)).isEqualTo(Instant.parse("2026-03-03T09:00:00Z"));

        texts.written(number, "Call me tomorrow");
        journey.advance(Duration.ofDays(2));

        assertThat(journey.enrollment(enrollment).reason()).isEqualTo(Reason.REPLIED);
        assertThat(journey.path(enrollment)).endsWith("second:CANCELLED");
        assertThat(texts.to(number)).hasSize(1);
    }

    @Test
    void whoeverIsTakenOutBeforeTheOpeningGetsNothing() {
        EnrollmentId enrollment =
                texted(sequence(window("2", "09:00", "17:00"), null, automated("text"), TASK), Map.of());

        api.as(team.manager()).post("/enrollments/" + enrollment + "/disconnect");
        journey.advance(Duration.ofDays(2));

        assertThat(texts.to(number)).isEmpty();
    }

    @Test
    void whoeverIsResumedAfterTheOpeningWaitsForTheNext() {
        EnrollmentId enrollment =
                texted(sequence(window("2 3", "09:00", "17:00"), null, automated("text"), TASK), Map.of());
        api.as(team.manager()).post("/enrollments/" + enrollment + "/pause");
        journey.advance(Duration.ofHours(36));
        assertThat(texts.to(number)).isEmpty();

        api.as(team.manager()).post("/enrollments/" + enrollment + "/resume");
        journey.run();

        assertThat(texts.to(number)).isEmpty();
        assertThat(dueAt(enrollment, 0)).isEqualTo(Instant.parse("2026-03-04T09:00:00Z"));
    }

    @Test
    void whoMayNotBeTextedIsPassedOverBeforeTheOpening() {
        EnrollmentId enrollment = texted(
                sequence(window("2", "09:00", "17:00"), null, automated("text"), TASK), Map.of("doNotText", true));

        assertThat(journey.path(enrollment)).containsExactly("text:SKIPPED:DO_NOT_TEXT", "then:OPEN");
    }

    @Test
    void aTextThatASellerWritesLeavesAtOnce() {
        String step = "{\"id\": \"text\", \"type\": \"TEXT_MESSAGE\", \"name\": \"Text\"}";
        EnrollmentId enrollment = texted(sequence(window("2", "09:00", "17:00"), null, step), Map.of());

        api.as(team.seller())
                .post("/step-runs/" + journey.open(enrollment).id() + "/complete", Map.of("text", "Hello Ada"));
        journey.run();

        assertThat(texts.to(number)).hasSize(1);
    }
}
