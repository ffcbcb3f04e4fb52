package io.upnext.enrollment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.upnext.security.Role;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.SequenceId;
import io.upnext.testing.Api;
import io.upnext.testing.Journey;
import io.upnext.testing.Journey.SalesTeam;
import io.upnext.testing.TestUsers;
import io.upnext.testing.TestUsers.Person;
import io.upnext.testing.UpnextTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Business processes, and conditions that ask at which stage of one a record is. */
@UpnextTest
class StageConditionTest {

    private final Journey journey;
    private final TestUsers users;
    private final Api api;
    private final String process = TestUsers.next("process");
    private SalesTeam team;
    private Person administrator;

    StageConditionTest(@Autowired Journey journey, @Autowired TestUsers users, @Autowired Api api) {
        this.journey = journey;
        this.users = users;
        this.api = api;
    }

    @BeforeEach
    void aProcess() {
        team = journey.team();
        administrator = users.with(Role.ADMINISTRATOR);
        assertThat(create(process, "jobTitle").status()).isEqualTo(201);
    }

    @Test
    void a_condition_takes_yes_at_the_named_stages_by_code_or_label() {
        SequenceId sequence = journey.sequence(team, """
                [{"id": "first", "type": "TASK", "name": "First"},
                 {"id": "early", "type": "CONDITION", "test": {"stage": {"process": "%s", "in": ["QUALIFY"]}},
                  "yes": [{"id": "develop", "type": "TASK", "name": "Develop"}],
                  "no": [{"id": "close", "type": "TASK", "name": "Close"}]}]
                """.formatted(process));

        assertThat(second(sequence, Map.of("jobTitle", "qualify"))).isEqualTo("develop");
        assertThat(second(sequence, Map.of("jobTitle", "To qualify"))).isEqualTo("develop");
        assertThat(second(sequence, Map.of("jobTitle", "PROPOSE"))).isEqualTo("close");
        assertThat(second(sequence, Map.of("jobTitle", "elsewhere"))).isEqualTo("close");
        assertThat(second(sequence, Map.of())).isEqualTo("close");
    }

    private String second(SequenceId sequence, Map<String, Object> fields) {
        EnrollmentId enrollment = journey.connect(team, sequence, journey.lead(team, fields));
        api.as(team.seller()).post("/step-runs/" + journey.open(enrollment).id() + "/complete", Map.of());
        return journey.open(enrollment).stepId();
    }

    @Test
    void the_check_names_unknown_processes_and_stages() {
        assertThat(problems(process, "QUALIFY")).isEmpty();
        assertThat(problems("nowhere", "QUALIFY")).containsExactly("stage-process");
        assertThat(problems(process, "LATER")).containsExactly("stage-process");
    }

    private List<String> problems(String name, String stage) {
        JsonNode answer = api.as(team.manager())
                .post("/sequences", """
                        {"name": "%s", "recordType": "LEAD", "mode": "ADAPTIVE", "steps": [
                         {"id": "early", "type": "CONDITION", "test": {"stage": {"process": "%s", "in": ["%s"]}},
                          "yes": [{"id": "develop", "type": "TASK", "name": "Develop"}]}]}
                        """.formatted(TestUsers.next("Sequence"), name, stage))
                .body();
        return api.as(team.manager())
                .post("/sequences/" + answer.get("id").asText() + "/check")
                .body()
                .get("problems")
                .findValuesAsText("rule");
    }

    @Test
    void processes_are_changed_by_those_who_manage_fields_and_read_by_all() {
        assertThat(api.as(team.seller())
                        .get("/processes?recordType=LEAD&size=500")
                        .body()
                        .toString())
                .contains(process);
        assertThat(api.as(team.seller())
                        .post("/processes", draft(TestUsers.next("process"), "jobTitle"))
                        .status())
                .isEqualTo(403);
        assertThat(create(process.toUpperCase(), "jobTitle").status()).isEqualTo(409);
        assertThat(create(TestUsers.next("process"), "score").status()).isEqualTo(400);
        assertThat(create(TestUsers.next("process"), "nowhere").status()).isEqualTo(400);
    }

    private Api.Answer create(String name, String field) {
        return api.as(administrator).post("/processes", draft(name, field));
    }

    private static Map<String, Object> draft(String name, String field) {
        return Map.of(
                "recordType",
                "LEAD",
                "name",
                name,
                "field",
                field,
                "stages",
                List.of(
                        Map.of("code", "QUALIFY", "label", "To qualify"),
                        Map.of("code", "PROPOSE", "label", "To propose")));
    }
}
