package io.upnext.enrollment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.upnext.operation.Workers;
import io.upnext.security.Settings;
import io.upnext.shared.Actor;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.RecordId;
import io.upnext.shared.SequenceId;
import io.upnext.testing.Api;
import io.upnext.testing.Journey;
import io.upnext.testing.Journey.SalesTeam;
import io.upnext.testing.TestMail;
import io.upnext.testing.TestUsers;
import io.upnext.testing.UpnextTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** An automated mail that waits for the window of its sequence: seen before it leaves, sent now, skipped, raced for. */
@UpnextTest
class PlannedMailTest {

    private static final String EVENING =
            "{\"window\": {\"days\": [1, 2, 3, 4, 5], \"from\": \"18:00\", \"to\": \"20:00\", \"zone\": \"SENDER\"}}";

    @Autowired
    private Journey journey;

    @Autowired
    private Api api;

    @Autowired
    private TestMail mail;

    @Autowired
    private TestUsers users;

    @Autowired
    private Workers workers;

    @Autowired
    private Settings settings;

    private SalesTeam team;
    private SequenceId sequence;
    private RecordId lead;
    private EnrollmentId enrollment;

    @BeforeEach
    void aMailThatWaitsForTheEvening() {
        team = journey.team();
        sequence = journey.sequence(
                team,
                "[{\"id\": \"intro\", \"type\": \"AUTOMATED_EMAIL\", \"name\": \"Intro\", \"template\": \"%s\"},"
                                .formatted(journey.template(team))
                        + "{\"id\": \"call\", \"type\": \"PHONE_CALL\", \"name\": \"Call\"}]",
                EVENING);
        lead = journey.lead(team);
        enrollment = journey.connect(team, sequence, lead);
    }

    private JsonNode current() {
        return api.as(team.seller())
                .get("/records/leads/" + lead + "/up-next")
                .body()
                .at("/enrollments/0/current/0");
    }

    private Api.Answer act(String action) {
        return api.as(team.seller()).post("/step-runs/" + current().path("id").asText() + "/" + action, Map.of());
    }

    private int arrived() {
        return mail.at(journey.addressOf(lead)).size();
    }

    @Test
    void itsPlannedTimeIsSeenEverywhereBeforeItLeaves() {
        assertThat(current().path("state").asText()).isEqualTo("WAITING");
        assertThat(current().path("dueAt").asText()).startsWith("2026-03-02T18:00:00");
        assertThat(api.as(team.seller())
                        .get("/enrollments/" + enrollment + "/step-runs")
                        .text())
                .contains("2026-03-02T18:00:00");
        assertThat(api.as(team.seller())
                        .get("/records/leads/" + lead + "/up-next")
                        .body()
                        .at("/enrollments/0/coming/0/plannedAt")
                        .asText())
                .startsWith("2026-03-02T18:00:00");
        String page = api.browser(team.seller())
                .get("/records/leads/" + lead + "/up-next")
                .body();
        assertThat(page)
                .contains("planned for 2 Mar 2026, 18:00")
                .contains("Send now")
                .contains("Skip");

        journey.advance(Duration.ofHours(9).minusSeconds(1));
        assertThat(arrived()).isZero();
        journey.advance(Duration.ofSeconds(1));
        assertThat(arrived()).isEqualTo(1);
        assertThat(journey.path(enrollment)).containsExactly("intro:DONE:SENT", "call:OPEN");
    }

    @Test
    void itIsPreviewedAsItWouldLeave() {
        JsonNode preview = api.as(team.seller())
                .get("/step-runs/" + current().path("id").asText() + "/preview")
                .body();

        assertThat(preview.path("subject").asText()).isEqualTo("Hello Ada");
        assertThat(preview.path("to").asText()).isEqualTo(journey.addressOf(lead));
        assertThat(preview.path("html").asText()).contains("our offer").doesNotContain("/t/o/");
    }

    @Test
    void whatASellerWroteShowsWhenItLeavesWhereTheDayIsFull() {
        settings.set(Actor.SYSTEM, "userDailyMailCap", 1);
        SequenceId written = journey.sequence(
                team,
                "[{\"id\": \"write\", \"type\": \"EMAIL\", \"name\": \"Write\"},"
                        + "{\"id\": \"then\", \"type\": \"TASK\", \"name\": \"Then\"}]");

        for (int i = 0; i < 2; i++) {
            lead = journey.lead(team);
            journey.connect(team, written, lead);
            api.as(team.seller())
                    .post(
                            "/step-runs/" + current().path("id").asText() + "/complete",
                            Map.of("email", Map.of("subject", "Hi", "html", "<p>Hi</p>")));
            journey.run();
        }

        assertThat(arrived()).isZero();
        assertThat(api.browser(team.seller())
                        .get("/records/leads/" + lead + "/up-next")
                        .body())
                .containsPattern("planned for \\d+ Mar 2026");
        settings.set(Actor.SYSTEM, "userDailyMailCap", null);
    }

    @Test
    void sentNowItLeavesAtOnceAndOnlyOnce() {
        String id = current().path("id").asText();

        assertThat(act("send-now").status()).isEqualTo(200);
        journey.run();

        assertThat(arrived()).isEqualTo(1);
        assertThat(journey.path(enrollment)).containsExactly("intro:DONE:SENT", "call:OPEN");
        Api.Answer again = api.as(team.seller()).post("/step-runs/" + id + "/send-now", Map.of());
        assertThat(again.status()).isEqualTo(409);
        journey.advance(Duration.ofDays(2));
        assertThat(arrived()).isEqualTo(1);
    }

    @Test
    void skippedItNeverLeaves() {
        assertThat(act("skip").status()).isEqualTo(200);
        journey.advance(Duration.ofDays(2));

        assertThat(arrived()).isZero();
        assertThat(journey.path(enrollment)).containsExactly("intro:SKIPPED:SKIPPED", "call:OPEN");
    }

    @Test
    void onlyWhoMayWorkTheStepMaySendItNow() {
        var stranger = users.seller();
        var colleague = users.with(team.seller().unit(), io.upnext.security.Role.SALESPERSON);
        String path = "/step-runs/" + current().path("id").asText() + "/send-now";

        assertThat(api.as(stranger).post(path, Map.of()).status()).isEqualTo(404);
        assertThat(api.as(colleague).post(path, Map.of()).status()).isEqualTo(403);
    }

    @Test
    void pausedItCannotBeSentNow() {
        api.as(team.manager()).post("/enrollments/" + enrollment + "/pause", Map.of());

        assertThat(act("send-now").status()).isEqualTo(409);
    }

    /** Whoever wins: the mail left once and the step is done, or it never left; and nobody gets stuck. */
    @Test
    void sendNowSkipExitAndTheDispatcherRaceForIt() throws Exception {
        for (int round = 0; round < 6; round++) {
            if (round > 0) {
                lead = journey.lead(team);
                enrollment = journey.connect(team, sequence, lead);
            }
            String run = "/step-runs/" + current().path("id").asText();
            String rival = round % 2 == 0 ? run + "/skip" : "/enrollments/" + enrollment + "/disconnect";
            race(
                    () -> api.as(team.seller()).post(run + "/send-now", Map.of()),
                    () -> api.as(team.manager()).post(rival, Map.of()),
                    () -> {
                        workers.drain();
                        return null;
                    });
            journey.run();
            journey.advance(Duration.ofHours(12));

            String first = journey.path(enrollment).get(0);
            assertThat(first).isIn("intro:DONE:SENT", "intro:SKIPPED:SKIPPED", "intro:CANCELLED");
            assertThat(arrived()).isLessThanOrEqualTo(1);
            if (!first.equals("intro:CANCELLED")) {
                assertThat(arrived()).isEqualTo(first.equals("intro:DONE:SENT") ? 1 : 0);
            }
        }
    }

    private static void race(Callable<Api.Answer> sendNow, Callable<Api.Answer> rival, Callable<Api.Answer> dispatcher)
            throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(3);
        CyclicBarrier start = new CyclicBarrier(3);
        List<Future<Api.Answer>> racing = List.of(sendNow, rival, dispatcher).stream()
                .map(one -> executor.submit(() -> {
                    start.await();
                    return one.call();
                }))
                .toList();
        for (Future<Api.Answer> one : racing) {
            Api.Answer answer = one.get();
            if (answer != null) {
                assertThat(answer.status()).as(answer.toString()).isIn(200, 409);
            }
        }
        executor.shutdown();
    }
}
