package io.upnext.sequence.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.upnext.testing.Api;
import io.upnext.testing.Api.Answer;
import io.upnext.testing.Api.Caller;
import io.upnext.testing.TestUsers;
import io.upnext.testing.TestUsers.Person;
import io.upnext.testing.UpnextTest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@UpnextTest
class SequenceLifeTest {

    @Autowired
    Api api;

    @Autowired
    TestUsers users;

    Person manager;
    Caller call;

    @BeforeEach
    void aManager() {
        manager = users.manager();
        call = api.as(manager);
    }

    static String oneTask(String name) {
        return "{\"name\": \"" + name + "\", \"steps\": [{\"id\": \"a\", \"type\": \"TASK\", \"name\": \"Do it\"}]}";
    }

    private Answer created() {
        Answer answer = call.post("/sequences", oneTask(TestUsers.next("Sequence")));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        return answer;
    }

    private static String id(Answer answer) {
        return answer.body().get("id").asText();
    }

    private String active() {
        String id = id(created());
        Answer answer = call.post("/sequences/" + id + "/activate", Map.of("changeDescription", "First"));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return id;
    }

    @Test
    void a_new_sequence_is_inactive_belongs_to_its_author_and_leaves_out_what_was_left_out() {
        Answer answer = created();

        assertThat(answer.header("Location")).endsWith("/api/v1/sequences/" + id(answer));
        assertThat(answer.header("ETag")).isEqualTo("\"1\"");
        assertThat(answer.body().get("state").asText()).isEqualTo("INACTIVE");
        assertThat(answer.body().get("recordType").asText()).isEqualTo("LEAD");
        assertThat(answer.body().get("mode").asText()).isEqualTo("ADAPTIVE");
        assertThat(answer.body().get("owner").asText()).isEqualTo(manager.id().toString());
        assertThat(answer.body().get("activeEnrollments").asLong()).isZero();
        assertThat(answer.body().get("hasRevision").asBoolean()).isFalse();
        assertThat(answer.body().has("version")).isFalse();
        assertThat(answer.body().has("options")).isFalse();
        assertThat(answer.body().get("steps").get(0).size()).isEqualTo(3);
        assertThat(call.get("/sequences/" + id(answer)).body()).isEqualTo(answer.body());
    }

    @Test
    void what_is_malformed_is_refused_and_nothing_is_saved() {
        assertThat(call.post("/sequences", "{\"nam\": 1}").status()).isEqualTo(400);
        assertThat(call.post("/sequences", "{\"name\": \"" + "x".repeat(161) + "\"}")
                        .status())
                .isEqualTo(400);
        assertThat(call.post("/sequences", "").status()).isEqualTo(400);
        Answer malformed = call.post(
                "/sequences",
                "{\"name\": \"A\", \"steps\": [{\"id\": \"ok\", \"type\": \"TASK\"}, {\"id\": \"Not ok\", \"type\": \"TASK\"}]}");
        assertThat(malformed.status()).isEqualTo(400);
        assertThat(malformed.detail()).contains("steps[1].id");
        assertThat(call.post("/sequences", "{\"name\": \"" + "x".repeat(1_100_000) + "\"}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void whatever_is_well_formed_is_saved_and_reported_by_the_check() {
        Answer answer = call.post("/sequences", """
                {"tags": ["a//b"], "steps": [{"type": "ADVANCE", "sequence": "nowhere"},
                  {"id": "x", "type": "AUTOMATED_EMAIL", "name": "Mail", "template": "none"},
                  {"id": "x", "type": "UPDATE_FIELD", "name": "Set", "field": "state", "value": "QUALIFIED"}]}
                """);
        assertThat(answer.status()).isEqualTo(201);

        Answer checked = call.post("/sequences/" + id(answer) + "/check");

        assertThat(checked.status()).isEqualTo(200);
        assertThat(checked.body().get("problems").findValuesAsText("rule"))
                .contains(
                        "name-required",
                        "tag",
                        "step-id",
                        "step-id-duplicate",
                        "step-name",
                        "advance-first",
                        "advance-not-last",
                        "advance-target",
                        "template-missing",
                        "field-type");
        Answer refused = call.post("/sequences/" + id(answer) + "/activate");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body().get("problems")).isEqualTo(checked.body().get("problems"));
    }

    @Test
    void a_check_of_a_body_saves_nothing_and_also_sees_what_saving_would_refuse() {
        String id = id(created());

        Answer checked = call.post(
                "/sequences/" + id + "/check",
                "{\"name\": \"" + "x".repeat(161)
                        + "\", \"steps\": [{\"id\": \"No\", \"type\": \"TASK\", \"name\": \"T\"}]}");

        assertThat(checked.body().get("problems").findValuesAsText("rule"))
                .containsExactlyInAnyOrder("name-length", "step-id");
        assertThat(call.post("/sequences/" + id + "/check").body().get("problems"))
                .isEmpty();
    }

    @Test
    void an_edit_needs_the_state_it_began_with() {
        Answer answer = created();
        String path = "/sequences/" + id(answer);

        assertThat(call.put(path, oneTask("B")).status()).isEqualTo(412);
        assertThat(call.with("If-Match", "\"77\"").put(path, oneTask("B")).status())
                .isEqualTo(412);
        Answer edited = call.with("If-Match", answer.header("ETag")).put(path, oneTask("B"));
        assertThat(edited.status()).isEqualTo(200);
        assertThat(edited.body().get("name").asText()).isEqualTo("B");
        assertThat(call.with("If-Match", answer.header("ETag"))
                        .put(path, oneTask("C"))
                        .status())
                .isEqualTo(412);
        assertThat(call.with("If-Match", edited.header("ETag"))
                        .put(path, edited.body())
                        .status())
                .isEqualTo(200);
    }

    @Test
    void the_record_type_stays_as_it_was_created() {
        Answer answer = created();

        Answer other = call.with("If-Match", answer.header("ETag"))
                .put("/sequences/" + id(answer), "{\"name\": \"B\", \"recordType\": \"ACCOUNT\"}");

        assertThat(other.status()).isEqualTo(422);
    }

    @Test
    void an_active_sequence_is_edited_as_a_revision_while_the_active_version_stays() {
        String id = active();
        String path = "/sequences/" + id;
        assertThat(call.with("If-Match", "*").put(path, oneTask("New")).status())
                .isEqualTo(409);
        assertThat(call.post(path + "/activate").status()).isEqualTo(409);

        Answer revision = call.post(path + "/revision");
        Answer edited = call.with("If-Match", revision.header("ETag")).put(path, oneTask("New"));

        assertThat(revision.body().get("hasRevision").asBoolean()).isTrue();
        assertThat(edited.body().get("state").asText()).isEqualTo("ACTIVE");
        assertThat(edited.body().get("version").asInt()).isEqualTo(1);
        assertThat(call.get(path).body().get("name").asText()).isEqualTo("New");
        assertThat(call.get(path + "?version=1").body().get("name").asText()).startsWith("Sequence-");

        assertThat(call.post(path + "/activate").status()).isEqualTo(422);
        Answer second = call.post(path + "/activate", Map.of("changeDescription", "Renamed"));
        assertThat(second.body().get("version").asInt()).isEqualTo(2);
        assertThat(second.body().get("hasRevision").asBoolean()).isFalse();
        JsonNode versions = call.get(path + "/versions").body();
        assertThat(versions.get("total").asInt()).isEqualTo(2);
        assertThat(versions.get("items").get(0).get("changeDescription").asText())
                .isEqualTo("Renamed");
        assertThat(versions.get("items").get(0).get("active").asBoolean()).isTrue();
        assertThat(call.get(path + "?version=3").status()).isEqualTo(404);
    }

    @Test
    void a_revision_can_be_thrown_away() {
        String path = "/sequences/" + active();
        Answer revision = call.post(path + "/revision");
        call.with("If-Match", revision.header("ETag")).put(path, oneTask("New"));

        Answer dropped = call.delete(path + "/revision");

        assertThat(dropped.body().get("name").asText()).startsWith("Sequence-");
        assertThat(dropped.body().get("hasRevision").asBoolean()).isFalse();
        assertThat(call.delete(path + "/revision").status()).isEqualTo(409);
    }

    @Test
    void a_deactivated_sequence_keeps_its_revision_as_the_draft_and_can_be_activated_again() {
        String path = "/sequences/" + active();
        Answer revision = call.post(path + "/revision");
        call.with("If-Match", revision.header("ETag")).put(path, oneTask("New"));

        Answer deactivated = call.post(path + "/deactivate", Map.of("running", "FINISH"));

        assertThat(deactivated.status()).isEqualTo(200);
        assertThat(deactivated.body().get("enrollments").asLong()).isZero();
        assertThat(call.get(path).body().get("state").asText()).isEqualTo("INACTIVE");
        assertThat(call.get(path).body().get("name").asText()).isEqualTo("New");
        assertThat(call.post(path + "/deactivate", Map.of("running", "FINISH")).status())
                .isEqualTo(200);
        assertThat(call.post(path + "/deactivate", Map.of("running", "LATER")).status())
                .isEqualTo(400);
        assertThat(call.post(path + "/activate", Map.of("changeDescription", "Again"))
                        .body()
                        .get("version")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void a_copy_has_everything_but_state_and_name() {
        String path = "/sequences/" + active();

        Answer copy = call.post(path + "/copy", Map.of("name", "The copy"));

        assertThat(copy.status()).isEqualTo(201);
        assertThat(copy.body().get("name").asText()).isEqualTo("The copy");
        assertThat(copy.body().get("state").asText()).isEqualTo("INACTIVE");
        assertThat(copy.body().get("steps")).isEqualTo(call.get(path).body().get("steps"));
        assertThat(call.post(path + "/copy", "{}").status()).isEqualTo(400);
    }

    @Test
    void a_deleted_sequence_is_gone() {
        String path = "/sequences/" + active();

        assertThat(call.delete(path).status()).isEqualTo(204);

        assertThat(call.get(path).status()).isEqualTo(404);
        assertThat(call.delete(path).status()).isEqualTo(404);
        assertThat(call.post(path + "/activate").status()).isEqualTo(404);
    }

    @Test
    void two_who_activate_at_once_make_one_version() {
        String path = "/sequences/" + id(created());

        List<Integer> answers = IntStream.range(0, 4)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> call.post(path + "/activate").status()))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .sorted()
                .toList();

        assertThat(answers).containsExactly(200, 409, 409, 409);
        assertThat(call.get(path + "/versions").body().get("total").asInt()).isEqualTo(1);
    }

    @Test
    void sequences_are_listed_by_state_type_tag_and_name() {
        String tag = TestUsers.next("tag");
        String name = TestUsers.next("Ünique");
        String definition = "{\"name\": \"" + name + " %s\", \"recordType\": \"CONTACT\", \"tags\": [\"" + tag
                + "/emea\"], \"steps\": [{\"id\": \"a\", \"type\": \"TASK\", \"name\": \"T\"}]}";
        call.post("/sequences", definition.formatted("b"));
        String active = id(call.post("/sequences", definition.formatted("a")));
        call.post("/sequences/" + active + "/activate");

        assertThat(names("?tag=" + tag)).containsExactly(name + " a", name + " b");
        assertThat(names("?tag=" + tag + "/emea&sort=name,desc")).containsExactly(name + " b", name + " a");
        assertThat(names("?tag=" + tag + "&state=ACTIVE")).containsExactly(name + " a");
        assertThat(names("?tag=" + tag + "&recordType=LEAD")).isEmpty();
        assertThat(names("?q=" + name.substring(1).toUpperCase())).hasSize(2);
        assertThat(names("?q=%25")).isEmpty();
        assertThat(names("?tag=" + tag + "&size=1&page=1")).containsExactly(name + " b");
        assertThat(call.get("/sequences?sort=color").status()).isEqualTo(400);
        assertThat(call.get("/sequences?state=GONE").status()).isEqualTo(400);
    }

    private List<String> names(String query) {
        Answer answer = call.get("/sequences" + query);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.body().get("items").findValuesAsText("name").stream()
                .filter(name -> !name.equals("T"))
                .toList();
    }

    @Test
    void an_unknown_sequence_is_not_found() {
        assertThat(call.get("/sequences/nonsense").status()).isEqualTo(404);
        assertThat(call.get("/sequences/0192f000-0000-7000-8000-000000000000").status())
                .isEqualTo(404);
    }
}
