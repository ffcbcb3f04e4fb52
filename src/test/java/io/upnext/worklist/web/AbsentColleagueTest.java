package io.upnext.worklist.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.upnext.record.CrmRecord;
import io.upnext.security.Role;
import io.upnext.testing.Api;
import io.upnext.testing.Api.Answer;
import io.upnext.testing.MutableClock;
import io.upnext.testing.TestUsers;
import io.upnext.testing.TestUsers.Person;
import io.upnext.testing.UpnextTest;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.camunda.bpm.engine.TaskService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Somebody is away: the open work goes to somebody else, and so does what comes meanwhile. */
@UpnextTest
class AbsentColleagueTest {

    @Autowired
    Api api;

    @Autowired
    TestUsers users;

    @Autowired
    MutableClock clock;

    @Autowired
    ApplicationContext context;

    Selling selling;
    Person away;
    Person colleague;
    Person manager;

    @BeforeEach
    void aTeam() {
        selling = new Selling(context);
        away = users.seller();
        colleague = users.seller(away.unit());
        manager = users.with(away.unit(), Role.SALES_MANAGER);
    }

    private Answer handOver(Person by, Map<String, ?> more) {
        Map<String, Object> body = new HashMap<>(Map.of("from", away.username(), "to", colleague.username()));
        body.putAll(more);
        return api.as(by).post("/hand-overs", body);
    }

    private JsonNode finished(Person by, Answer started) {
        assertThat(started.status()).as(started.toString()).isEqualTo(202);
        selling.settle();
        return api.as(by)
                .get("/operations/" + started.body().get("operation").asText())
                .body();
    }

    private int open(Person person) {
        return api.as(person).get("/work-list?due=ALL").body().get("total").asInt();
    }

    @Test
    void open_steps_paused_ones_too_and_sequences_go_over() {
        String sequence = selling.sequence(Selling.TASK);
        CrmRecord paused = selling.lead(away);
        selling.connect(sequence, selling.lead(away), selling.lead(away), paused);
        String own = api.as(away)
                .post("/sequences", "{\"name\": \"Mine\", \"steps\": [" + Selling.TASK + "]}")
                .body()
                .get("id")
                .asText();
        String enrollment = api.as(away)
                .get("/records/leads/" + paused.id() + "/up-next")
                .body()
                .at("/enrollments/0/enrollment/id")
                .asText();
        api.as(away).post("/enrollments/" + enrollment + "/pause");

        JsonNode operation = finished(manager, handOver(manager, Map.of("sequences", true)));

        assertThat(operation.at("/counts/steps").asInt())
                .as(operation.toString())
                .isEqualTo(3);
        assertThat(operation.at("/counts/sequences").asInt()).isOne();
        assertThat(operation.get("rejected").asInt()).isZero();
        assertThat(open(colleague)).isEqualTo(2);
        assertThat(api.as(colleague)
                        .post("/enrollments/" + enrollment + "/resume")
                        .status())
                .isEqualTo(200);
        assertThat(open(colleague)).isEqualTo(3);
        assertThat(open(away)).isZero();
        assertThat(context.getBean(TaskService.class)
                        .createTaskQuery()
                        .taskAssignee(colleague.username())
                        .active()
                        .count())
                .isEqualTo(3);
        assertThat(api.as(colleague)
                        .get("/sequences/" + own)
                        .body()
                        .get("owner")
                        .asText())
                .isEqualTo(colleague.id().toString());
    }

    @Test
    void new_steps_go_to_the_stand_in_until_the_day_named() {
        finished(away, handOver(away, Map.of("future", true, "until", "2026-03-05T00:00:00Z")));
        String sequence = selling.sequence(Selling.TASK);

        selling.connect(sequence, selling.lead(away));

        assertThat(open(colleague)).isOne();
        assertThat(api.as(away).get("/hand-overs").body().at("/items/0/to").asText())
                .isEqualTo(colleague.id().toString());
        clock.advance(Duration.ofDays(4));
        selling.connect(sequence, selling.lead(away));
        assertThat(open(away)).isOne();
        assertThat(api.as(away).get("/hand-overs").body().get("total").asInt()).isZero();
    }

    @Test
    void a_stand_in_who_may_not_see_the_record_does_not_get_it_and_one_who_is_away_too_hands_on() {
        Person third = users.seller(away.unit());
        finished(manager, handOver(manager, Map.of("future", true)));
        finished(
                colleague,
                api.as(colleague)
                        .post(
                                "/hand-overs",
                                Map.of("from", colleague.username(), "to", third.username(), "future", true)));
        String sequence = selling.sequence(Selling.TASK);
        selling.connect(sequence, selling.lead(away));
        assertThat(open(third)).isOne();

        assertThat(api.as(manager).delete("/hand-overs/" + colleague.id()).status())
                .isEqualTo(204);
        assertThat(api.as(manager).delete("/hand-overs/" + colleague.id()).status())
                .isEqualTo(404);
        Person stranger = users.seller();
        finished(manager, handOver(manager, Map.of("to", stranger.username(), "future", true)));
        selling.connect(sequence, selling.lead(away));
        assertThat(open(stranger)).isZero();
        assertThat(open(away)).isOne();
    }

    @Test
    void only_oneself_and_managers_of_the_unit_hand_over_and_only_what_makes_sense() {
        assertThat(handOver(colleague, Map.of()).status()).isEqualTo(403);
        assertThat(handOver(users.salesManager(), Map.of()).status()).isEqualTo(403);
        assertThat(handOver(manager, Map.of("to", away.username())).status()).isEqualTo(422);
        assertThat(handOver(manager, Map.of("to", "nobody-of-that-name")).status())
                .isEqualTo(422);
        assertThat(handOver(manager, Map.of("from", "nobody-of-that-name")).status())
                .isEqualTo(422);
        assertThat(handOver(manager, Map.of("future", true, "until", "2020-01-01T00:00:00Z"))
                        .status())
                .isEqualTo(422);
        assertThat(handOver(manager, Map.of("until", "2026-03-05T00:00:00Z")).status())
                .isEqualTo(422);
        assertThat(api.as(manager)
                        .post("/hand-overs", Map.of("from", away.username()))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void the_page_hands_over_and_shows_who_stands_in() {
        selling.connect(selling.sequence(Selling.TASK), selling.lead(away));
        var browser = api.visit(manager);

        String answer = browser.post(
                        "/hand-overs",
                        "from",
                        away.id().toString(),
                        "to",
                        colleague.id().toString(),
                        "future",
                        "true",
                        "until",
                        "2026-03-06")
                .text();

        assertThat(answer).contains("hand-progress", colleague.user().name(), "is back again");
        selling.settle();
        assertThat(open(colleague)).isOne();
        browser.post("/hand-overs/" + away.id() + "/end");
        assertThat(browser.get("/hand-overs").text()).doesNotContain("is back again");
    }
}
