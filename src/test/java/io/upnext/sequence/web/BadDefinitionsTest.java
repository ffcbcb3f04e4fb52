package io.upnext.sequence.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.upnext.testing.Api;
import io.upnext.testing.Api.Answer;
import io.upnext.testing.TestUsers;
import io.upnext.testing.TestUsers.Person;
import io.upnext.testing.UpnextTest;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Whatever is sent as a sequence, the answer is a clear sentence, and it comes at once. */
@UpnextTest
class BadDefinitionsTest {

    @Autowired
    private Api api;

    @Autowired
    private TestUsers users;

    private Person manager;

    @BeforeEach
    void aManager() {
        manager = users.manager();
    }

    @Test
    void too_much_is_refused_with_what_is_too_much() {
        assertThat(save("[" + tasks(10_000) + "]").detail()).contains("more than 2000 steps");
        assertThat(post("{\"name\": \"A\", \"description\": \"" + "x".repeat(1_000_001) + "\"}")
                        .detail())
                .contains("larger than");
        assertThat(save("[{\"id\": \"a\", \"type\": \"TASK\", \"name\": \"A\", \"script\": \"" + "x".repeat(1_000_001)
                                + "\"}]")
                        .status())
                .isBetween(400, 413);
    }

    @Test
    void what_nobody_knows_is_named_with_its_place() {
        assertThat(save("[{\"id\": \"a\", \"type\": \"TASK\", \"colour\": \"red\"}]")
                        .detail())
                .contains("'steps[0].colour' is not known");
        assertThat(save("[{\"id\": \"a\", \"type\": \"DANCE\"}]").detail()).contains("'steps[0].type' is 'DANCE'");
        assertThat(save("[{\"id\": \"A B\", \"type\": \"TASK\", \"name\": \"T\"}]")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void doubled_ids_and_circles_of_go_tos_are_saved_named_and_never_activated() {
        String doubled = "{\"id\": \"a\", \"type\": \"TASK\", \"name\": \"A\"}";
        String circle = """
                {"id": "c", "type": "CONDITION", "test": {"field": {"all": [{"field": "city", "op": "IS_EMPTY"}]}},
                 "yes": [{"id": "b", "type": "TASK", "name": "B"}, {"goTo": "a"}], "no": [{"goTo": "c"}]}
                """;

        Answer saved = save("[" + doubled + "," + doubled + "," + circle + "]");
        String id = saved.body().get("id").asText();
        Answer activated = api.as(manager).post("/sequences/" + id + "/activate", "{}");

        assertThat(activated.status()).isEqualTo(422);
        assertThat(activated.body().get("problems").findValuesAsText("message"))
                .anySatisfy(message -> assertThat(message).contains("has the id of an earlier step"))
                .anySatisfy(message -> assertThat(message).contains("leads back to 'a'"))
                .anySatisfy(message -> assertThat(message).contains("leads back to 'c'"));
        assertThat(api.as(manager)
                        .post("/sequences/" + id + "/simulate", "{\"count\": 10}")
                        .status())
                .isEqualTo(422);
    }

    /** Two ways into each of fifty conditions make 2^50 ways through; nothing may walk them all. */
    @Test
    void ways_that_multiply_are_checked_planned_and_simulated_all_the_same() {
        String steps = "{\"id\": \"end\", \"type\": \"TASK\", \"name\": \"End\"}";
        String first = "end";
        for (int i = 0; i < 50; i++) {
            String id = "c" + i;
            steps = """
                    {"id": "%s", "type": "CONDITION",
                     "test": {"field": {"all": [{"field": "city", "op": "IS_EMPTY"}]}},
                     "yes": [{"goTo": "%s"}], "no": [%s]}
                    """.formatted(id, first, steps);
            first = id;
        }
        String id = save("[{\"id\": \"start\", \"type\": \"TASK\", \"name\": \"Start\"}," + steps + "]")
                .body()
                .get("id")
                .asText();

        assertThat(api.as(manager).post("/sequences/" + id + "/check").body().get("problems"))
                .isEmpty();
        assertThat(api.as(manager)
                        .post("/sequences/" + id + "/simulate", "{\"count\": 100}")
                        .body()
                        .at("/ends/COMPLETED")
                        .asInt())
                .isEqualTo(100);
        assertThat(api.as(manager).post("/sequences/" + id + "/activate", "{}").status())
                .isEqualTo(200);
        assertThat(List.of("/bpmn", "/versions")).allSatisfy(path -> assertThat(
                        api.as(manager).get("/sequences/" + id + path).status())
                .isEqualTo(200));
    }

    private Answer save(String steps) {
        return post("{\"name\": \"" + TestUsers.next("Bad") + "\", \"steps\": " + steps + "}");
    }

    private Answer post(String definition) {
        Answer answer = api.as(manager).post("/sequences", definition);
        assertThat(answer.status()).as(answer.detail()).isLessThan(500);
        return answer;
    }

    private static String tasks(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{\"id\": \"t" + i + "\", \"type\": \"TASK\", \"name\": \"T\"}")
                .collect(Collectors.joining(","));
    }
}
