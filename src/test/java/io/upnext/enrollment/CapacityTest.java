package io.upnext.enrollment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.upnext.operation.Workers;
import io.upnext.record.Records;
import io.upnext.shared.RecordId;
import io.upnext.shared.SequenceId;
import io.upnext.testing.Api;
import io.upnext.testing.Api.Answer;
import io.upnext.testing.Journey;
import io.upnext.testing.Journey.SalesTeam;
import io.upnext.testing.TestUsers;
import io.upnext.testing.UpnextTest;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.camunda.bpm.engine.TaskService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A seller's day holds so many manual steps; what exceeds it is due on the next working day. */
@UpnextTest
class CapacityTest {

    private static final String TASK = "[{\"id\": \"meet\", \"type\": \"TASK\", \"name\": \"Meet\"}]";

    @Autowired
    Api api;

    @Autowired
    TestUsers users;

    @Autowired
    Journey journey;

    @Autowired
    Workers workers;

    @Autowired
    CapacityWorker worker;

    @Autowired
    Records records;

    @Autowired
    TaskService tasks;

    SalesTeam team;
    SequenceId sequence;

    @BeforeEach
    void twoStepsADay() {
        team = journey.team();
        sequence = journey.sequence(team, TASK);
        Answer answer =
                api.as(users.administrator()).patch("/users/" + team.seller().id(), Map.of("dailyCapacity", 2));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.body().get("dailyCapacity").asInt()).isEqualTo(2);
    }

    private Map<String, Integer> days() {
        Map<String, Integer> days = new TreeMap<>();
        JsonNode list = api.as(team.seller()).get("/work-list?due=ALL&size=500").body();
        list.get("items").forEach(item -> days.merge(item.get("dueAt").asText().substring(0, 10), 1, Integer::sum));
        return days;
    }

    private RecordId[] leads(int count) {
        List<RecordId> leads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            leads.add(journey.lead(team));
        }
        return leads.toArray(RecordId[]::new);
    }

    /** The tests' clock begins on Monday, 2 March 2026. */
    @Test
    void a_full_day_gives_to_the_next_working_day_and_over_the_weekend_to_monday() {
        journey.connect(team, sequence, leads(12));

        assertThat(days())
                .containsExactly(
                        Map.entry("2026-03-02", 2),
                        Map.entry("2026-03-03", 2),
                        Map.entry("2026-03-04", 2),
                        Map.entry("2026-03-05", 2),
                        Map.entry("2026-03-06", 2),
                        Map.entry("2026-03-09", 2));
        JsonNode last = api.as(team.seller())
                .get("/work-list?due=ALL&sort=dueAt,desc")
                .body()
                .at("/items/0");
        assertThat(tasks.createTaskQuery()
                        .taskId(last.get("taskId").asText())
                        .singleResult()
                        .getDueDate()
                        .toInstant())
                .hasToString(last.get("dueAt").asText());
    }

    @Test
    void what_is_done_keeps_its_place_and_what_is_skipped_gives_it_back() {
        journey.connect(team, sequence, leads(2));
        JsonNode open = api.as(team.seller()).get("/work-list").body().get("items");
        api.as(team.seller()).post("/step-runs/" + open.get(0).get("id").asText() + "/complete");
        api.as(team.seller()).post("/step-runs/" + open.get(1).get("id").asText() + "/skip");

        journey.connect(team, sequence, leads(2));

        assertThat(days()).containsExactly(Map.entry("2026-03-02", 1), Map.entry("2026-03-03", 1));
    }

    @Test
    void two_nodes_never_fill_a_place_twice() {
        RecordId[] leads = leads(30);
        journey.connect(team, sequence, leads);
        api.as(users.administrator()).patch("/users/" + team.seller().id(), Map.of("dailyCapacity", 3));
        SequenceId other = journey.sequence(team, TASK);
        List<String> ids =
                java.util.Arrays.stream(leads).map(RecordId::toString).toList();
        api.as(team.manager()).post("/sequences/" + other + "/enrollments", Map.of("recordIds", ids));

        List<CompletableFuture<Void>> nodes = new ArrayList<>();
        for (int node = 0; node < 3; node++) {
            nodes.add(CompletableFuture.runAsync(() -> {
                for (int i = 0; i < 20; i++) {
                    worker.runOnce();
                }
            }));
        }
        workers.drain();
        nodes.forEach(CompletableFuture::join);
        workers.drain();

        assertThat(days()).allSatisfy((day, count) -> {
            assertThat(count).isLessThanOrEqualTo(3);
            assertThat(LocalDate.parse(day).getDayOfWeek()).isNotIn(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY);
        });
        assertThat(days().values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(60);
    }

    @Test
    void without_a_bound_nothing_moves_and_a_bound_that_is_none_is_refused() {
        var admin = api.as(users.administrator());
        admin.patch("/users/" + team.seller().id(), Map.of("dailyCapacity", 0));

        journey.connect(team, sequence, leads(4));

        assertThat(days()).containsExactly(Map.entry("2026-03-02", 4));
        assertThat(admin.patch("/users/" + team.seller().id(), Map.of("dailyCapacity", -5))
                        .status())
                .isEqualTo(400);
        assertThat(admin.patch("/users/" + team.seller().id(), Map.of("dailyCapacity", -1))
                        .body()
                        .path("dailyCapacity")
                        .isNumber())
                .isFalse();
    }
}
