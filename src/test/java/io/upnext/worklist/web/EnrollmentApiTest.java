package io.upnext.worklist.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.upnext.record.CrmRecord;
import io.upnext.testing.Api;
import io.upnext.testing.Api.Answer;
import io.upnext.testing.EngineJobs;
import io.upnext.testing.TestUsers;
import io.upnext.testing.TestUsers.Person;
import io.upnext.testing.UpnextTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Connected records over REST: shapes, rights, ends, up next, filters by sequence, the action of Dynamics. */
@UpnextTest
class EnrollmentApiTest {

    private static final String WAIT = "{\"id\": \"pause\", \"type\": \"WAIT\", \"name\": \"Two days\", \"days\": 2}";

    @Autowired
    Api api;

    @Autowired
    TestUsers users;

    @Autowired
    EngineJobs jobs;

    @Autowired
    ApplicationContext context;

    Selling selling;
    Person seller;

    @BeforeEach
    void aSeller() {
        selling = new Selling(context);
        seller = users.seller();
    }

    private JsonNode enrollmentOf(String sequence, CrmRecord lead) {
        Answer list = api.as(selling.manager()).get("/sequences/" + sequence + "/enrollments?size=500");
        for (JsonNode item : list.body().get("items")) {
            if (item.get("record").get("id").asText().equals(lead.id().toString())) {
                return item;
            }
        }
        throw new AssertionError(list.toString());
    }

    private JsonNode upNext(CrmRecord lead) {
        Answer answer = api.as(seller).get("/records/leads/" + lead.id() + "/up-next");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.body().get("enrollments");
    }

    @Test
    void a_sequence_lists_its_connected_records_with_name_state_and_step() {
        String sequence = selling.sequence(Selling.TASK);
        CrmRecord lead = selling.lead(seller);
        selling.connect(sequence, lead);

        JsonNode enrollment = enrollmentOf(sequence, lead);

        assertThat(enrollment.get("sequence").asText()).isEqualTo(sequence);
        assertThat(enrollment.get("version").asInt()).isEqualTo(1);
        assertThat(enrollment.get("record").get("name").asText()).isEqualTo(lead.name());
        assertThat(enrollment.get("record").get("type").asText()).isEqualTo("LEAD");
        assertThat(enrollment.get("state").asText()).isEqualTo("CONNECTED");
        assertThat(enrollment.get("currentSteps").get(0).asText()).isEqualTo("meet");
        assertThat(enrollment.get("connectedAt").asText()).isEqualTo("2026-03-02T09:00:00Z");
        assertThat(enrollment.get("processInstanceId").asText()).isNotBlank();
        assertThat(enrollment.has("reason")).isFalse();
        assertThat(enrollment.has("endedAt")).isFalse();
        assertThat(enrollment.has("previousEnrollment")).isFalse();
        String path = "/sequences/" + sequence + "/enrollments";
        assertThat(api.as(selling.manager())
                        .get(path + "?state=COMPLETED")
                        .body()
                        .get("total")
                        .asInt())
                .isZero();
        assertThat(api.as(selling.manager()).get(path + "?state=GONE").status()).isEqualTo(400);
        assertThat(api.as(selling.manager()).get(path + "?sort=colour").status())
                .isEqualTo(400);
        assertThat(api.as(users.seller()).get(path).status()).isEqualTo(404);
        Answer runs = api.as(seller).get("/enrollments/" + enrollment.get("id").asText() + "/step-runs");
        assertThat(runs.body().get("items").get(0).get("step").get("id").asText())
                .isEqualTo("meet");
    }

    @Test
    void disconnecting_twice_is_the_same_as_once() {
        String sequence = selling.sequence(Selling.TASK);
        CrmRecord lead = selling.lead(seller);
        selling.connect(sequence, lead);
        String id = enrollmentOf(sequence, lead).get("id").asText();
        assertThat(api.as(users.seller())
                        .post("/enrollments/" + id + "/disconnect")
                        .status())
                .isEqualTo(404);

        Answer once = api.as(seller).post("/enrollments/" + id + "/disconnect");
        Answer twice = api.as(seller).post("/enrollments/" + id + "/disconnect");

        assertThat(once.status()).as(once.toString()).isEqualTo(200);
        assertThat(once.body().get("state").asText()).isEqualTo("DISCONNECTED");
        assertThat(once.body().get("reason").asText()).isEqualTo("USER");
        assertThat(twice.status()).isEqualTo(200);
        assertThat(twice.body()).isEqualTo(once.body());
        assertThat(selling.of(seller, lead, "ALL")).isEmpty();
        assertThat(upNext(lead)).isEmpty();
    }

    @Test
    void many_are_disconnected_in_the_background_with_a_result_each() {
        String sequence = selling.sequence(Selling.TASK);
        CrmRecord first = selling.lead(seller);
        CrmRecord second = selling.lead(seller);
        CrmRecord third = selling.lead(seller);
        selling.connect(sequence, first, second, third);
        String id = enrollmentOf(sequence, first).get("id").asText();

        Answer some = api.as(seller)
                .post("/enrollments/actions", Map.of("action", "DISCONNECT", "ids", List.of(id, "nonsense")));
        selling.settle();
        Answer operation =
                api.as(seller).get("/operations/" + some.body().get("operation").asText());
        Answer rest = api.as(selling.manager())
                .post("/enrollments/actions", Map.of("action", "DISCONNECT", "filter", Map.of("sequence", sequence)));
        selling.settle();

        assertThat(some.status()).as(some.toString()).isEqualTo(202);
        assertThat(operation.body().get("succeeded").asInt()).isOne();
        assertThat(operation.body().get("rejected").asInt()).isOne();
        assertThat(rest.status()).as(rest.toString()).isEqualTo(202);
        assertThat(enrollmentOf(sequence, third).get("reason").asText()).isEqualTo("USER");
        assertThat(api.as(seller)
                        .post("/enrollments/actions", Map.of("action", "DISCONNECT"))
                        .status())
                .isEqualTo(400);
        assertThat(api.as(seller)
                        .post("/enrollments/actions", Map.of("action", "EXPLODE", "ids", List.of()))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void up_next_tells_the_wait_its_end_and_what_follows() {
        String sequence = selling.sequence(WAIT, Selling.CALL, Selling.TASK);
        CrmRecord lead = selling.lead(seller);
        selling.connect(sequence, lead);

        JsonNode entry = upNext(lead).get(0);

        assertThat(entry.get("current").get(0).get("step").get("id").asText()).isEqualTo("pause");
        assertThat(entry.get("current").get(0).get("state").asText()).isEqualTo("WAITING");
        assertThat(entry.get("current").get(0).get("dueAt").asText()).isEqualTo("2026-03-04T09:00:00Z");
        assertThat(entry.get("coming").get(0).get("step").get("id").asText()).isEqualTo("call");
        assertThat(entry.get("coming").get(0).get("plannedAt").asText()).isEqualTo("2026-03-04T09:00:00Z");
        assertThat(entry.get("coming").get(1).has("plannedAt")).isFalse();
        assertThat(entry.get("done").asInt()).isZero();
        assertThat(entry.get("left").asInt()).isEqualTo(3);

        jobs.advance(Duration.ofDays(3));
        JsonNode later = upNext(lead).get(0);

        assertThat(later.get("current").get(0).get("step").get("id").asText()).isEqualTo("call");
        assertThat(later.get("done").asInt()).isOne();
        assertThat(later.get("left").asInt()).isEqualTo(2);
        assertThat(api.as(users.seller())
                        .get("/records/leads/" + lead.id() + "/up-next")
                        .status())
                .isEqualTo(404);
        assertThat(api.as(seller)
                        .get("/records/contacts/" + lead.id() + "/up-next")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void records_are_found_by_sequence_state_and_step() throws Exception {
        String sequence = selling.sequence(Selling.TASK);
        CrmRecord in = selling.lead(seller);
        CrmRecord ended = selling.lead(seller);
        CrmRecord out = selling.lead(seller);
        selling.connect(sequence, in, ended);
        api.as(seller)
                .post("/enrollments/" + enrollmentOf(sequence, ended).get("id").asText() + "/disconnect");

        assertThat(found("sequence", "EQUALS", sequence))
                .containsExactly(in.id().toString());
        assertThat(found("sequence", "NOT_EQUALS", sequence))
                .containsExactlyInAnyOrder(ended.id().toString(), out.id().toString());
        assertThat(found("sequence", "IS_EMPTY", null))
                .containsExactlyInAnyOrder(ended.id().toString(), out.id().toString());
        assertThat(found("sequence", "IS_NOT_EMPTY", null))
                .containsExactly(in.id().toString());
        assertThat(found("sequence.state", "EQUALS", "DISCONNECTED"))
                .containsExactly(ended.id().toString());
        assertThat(found("sequence.step", "EQUALS", "meet"))
                .containsExactly(in.id().toString());
        assertThat(found("sequence.step", "EQUALS", sequence + "/meet"))
                .containsExactly(in.id().toString());
        assertThat(found("sequence.step", "EQUALS", "other")).isEmpty();
    }

    private List<String> found(String field, String op, String value) {
        String leaf = "{\"field\":\"" + field + "\",\"op\":\"" + op + "\""
                + (value == null ? "" : ",\"value\":\"" + value + "\"") + "}";
        String filter = java.net.URLEncoder.encode("{\"all\":[" + leaf + "]}", java.nio.charset.StandardCharsets.UTF_8);
        Answer answer = api.as(seller).get("/records/leads?size=500&filter=" + filter);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.body().get("items").findValuesAsText("id").stream()
                .filter(id -> id.length() == 36)
                .toList();
    }

    @Test
    void the_action_of_dynamics_connects_while_one_waits() {
        String sequence = selling.sequence(Selling.TASK);
        CrmRecord lead = selling.lead(seller);
        Map<String, String> body = Map.of(
                "RegardingEntityId", lead.id().toString(), "RegardingEntityName", "lead", "SequenceId", sequence);

        Answer answer = api.as(selling.manager()).post("/actions/msdyn_ConnectSequence", body);
        Answer again = api.as(selling.manager()).post("/actions/ConnectSequence", body);

        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.body().get("EnrollmentId").asText())
                .isEqualTo(enrollmentOf(sequence, lead).get("id").asText());
        assertThat(again.status()).isEqualTo(422);
        assertThat(again.body().get("problems").get(0).get("rule").asText()).isEqualTo("already-connected");
    }

    @Test
    void the_action_of_dynamics_can_wait_and_begin_at_a_step() {
        String sequence = selling.sequence(Selling.CALL, Selling.TASK);
        CrmRecord lead = selling.lead(seller);
        Map<String, String> body = new java.util.HashMap<>(Map.of(
                "RegardingEntityId", lead.id().toString(), "RegardingEntityName", "Lead", "SequenceId", sequence));
        body.put("WaitTime", "P1DT2H");
        body.put("AdvancedToOtherSequenceTargetStepId", "nowhere");
        assertThat(api.as(selling.manager())
                        .post("/actions/ConnectSequence", body)
                        .status())
                .isEqualTo(422);
        body.put("AdvancedToOtherSequenceTargetStepId", "meet");
        assertThat(api.as(selling.manager())
                        .post("/actions/ConnectSequence", body)
                        .status())
                .isEqualTo(200);

        JsonNode entry = upNext(lead).get(0);
        assertThat(entry.get("enrollment").get("state").asText()).isEqualTo("CONNECTING");
        assertThat(entry.get("current")).isEmpty();
        assertThat(entry.get("coming").get(0).get("step").get("id").asText()).isEqualTo("meet");
        assertThat(entry.get("coming").get(0).get("plannedAt").asText()).isEqualTo("2026-03-03T11:00:00Z");
        assertThat(entry.get("left").asInt()).isOne();
        body.put("WaitTime", "two days");
        assertThat(api.as(selling.manager())
                        .post("/actions/ConnectSequence", body)
                        .status())
                .isEqualTo(400);
    }

    @Test
    void call_outcomes_are_listed_with_their_labels() {
        JsonNode outcomes = api.as(seller).get("/call-outcomes").body().get("items");

        assertThat(outcomes.findValuesAsText("code"))
                .containsExactly("CONNECTED", "LEFT_VOICEMAIL", "NO_ANSWER", "BUSY", "WRONG_NUMBER", "DO_NOT_CALL");
        assertThat(outcomes.get(1).get("label").asText()).isEqualTo("Left voicemail");
    }
}
