package io.upnext.engine.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.upnext.enrollment.Enrollment;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.SequenceId;
import io.upnext.testing.Api;
import io.upnext.testing.Journey;
import io.upnext.testing.Journey.SalesTeam;
import io.upnext.testing.TestUsers;
import io.upnext.testing.TestUsers.Person;
import io.upnext.testing.UpnextTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.camunda.bpm.engine.RuntimeService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The check is silent about what is well, whatever state it is in, and names what is broken by hand. */
@UpnextTest
class InvariantCheckTest {

    @Autowired
    private Api api;

    @Autowired
    private TestUsers users;

    @Autowired
    private Journey journey;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private RuntimeService runtime;

    private Person administrator;
    private SalesTeam team;
    private SequenceId sequence;

    @BeforeEach
    void aSequenceOfEverything() {
        administrator = users.administrator();
        team = journey.team();
        SequenceId target = journey.sequence(team, "[{'id':'end','type':'TASK','name':'End'}]".replace('\'', '"'));
        sequence = journey.sequence(team, """
                [{"id": "intro", "type": "AUTOMATED_EMAIL", "name": "Intro", "template": "%s"},
                 {"id": "pause", "type": "WAIT", "days": 1},
                 {"id": "meet", "type": "TASK", "name": "Meet"},
                 {"id": "again", "type": "WAIT", "days": 1},
                 {"id": "on", "type": "ADVANCE", "name": "On", "sequence": "%s"}]
                """.formatted(journey.template(team), target));
    }

    @Test
    void what_runs_waits_is_paused_advanced_or_ended_breaks_nothing() {
        EnrollmentId waiting = journey.connect(team, sequence, journey.lead(team));
        EnrollmentId paused = journey.connect(team, sequence, journey.lead(team));
        EnrollmentId ended = journey.connect(team, sequence, journey.lead(team));
        EnrollmentId advanced = journey.connect(team, sequence, journey.lead(team));
        api.as(team.manager()).post("/enrollments/" + paused + "/pause");
        api.as(team.manager()).post("/enrollments/" + ended + "/disconnect");
        journey.advance(Duration.ofDays(1));
        api.as(team.seller()).post("/step-runs/" + journey.open(advanced).id() + "/complete", "{}");
        journey.advance(Duration.ofDays(2));

        JsonNode report = check(sequence);

        assertThat(journey.enrollment(advanced).reason()).isEqualTo(Enrollment.Reason.ADVANCED);
        assertThat(journey.enrollment(waiting).state()).isEqualTo(Enrollment.State.CONNECTED);
        assertThat(report.get("ok").asBoolean()).as(report.toString()).isTrue();
        assertThat(report.get("findings")).isEmpty();
        assertThat(report.get("checked").size()).isGreaterThan(20);
    }

    @Test
    void what_is_broken_by_hand_is_found() {
        EnrollmentId one = journey.connect(team, sequence, journey.lead(team));
        EnrollmentId other = journey.connect(team, sequence, journey.lead(team));
        EnrollmentId third = journey.connect(team, sequence, journey.lead(team));
        journey.advance(Duration.ofDays(1));
        EnrollmentId fourth = journey.connect(team, sequence, journey.lead(team));
        assertThat(check(sequence).get("ok").asBoolean()).isTrue();
        List<String> instances = Stream.of(one, other, third, fourth)
                .map(id -> journey.enrollment(id).processInstanceId())
                .toList();

        sql("update enrollment set process_instance_id = 'gone' where id = ?", one);
        sql("update step_run set state = 'DONE' where enrollment_id = ? and state = 'OPEN'", other);
        sql("update enrollment set state = 'PAUSED', record_id = gen_random_uuid() where id = ?", third);
        sql("update step_run set execution_id = 'gone' where enrollment_id = ? and state = 'WAITING'", fourth);
        sql("update enrollment set reason = 'USER', state = 'COMPLETED', ended_at = connected_at where id = ?", fourth);
        JsonNode report = check(sequence);

        assertThat(report.get("ok").asBoolean()).isFalse();
        assertThat(rules(report, one)).containsExactly("instance-missing");
        assertThat(rules(report, other)).containsExactly("stuck");
        assertThat(rules(report, third)).containsExactlyInAnyOrder("pause", "record-gone");
        assertThat(rules(report, fourth))
                .containsExactlyInAnyOrder("end-reason", "open-after-end", "execution-missing");
        assertThat(report.get("findings").findValuesAsText("rule")).contains("instance-orphan", "task-orphan");
        List.of(one, other, third, fourth).forEach(id -> sql("""
                        update enrollment set state = 'DISCONNECTED', reason = 'USER', ended_at = connected_at
                        where id = ?
                        """, id));
        instances.forEach(instance -> runtime.deleteProcessInstance(instance, "broken by the test"));
    }

    @Test
    void it_is_for_administrators_and_has_a_page() {
        assertThat(api.as(team.manager()).post("/admin/check").status()).isEqualTo(403);

        var browser = api.browser(administrator);

        assertThat(browser.get("/admin/check").body()).contains("Check now");
        assertThat(browser.post("/admin/check", Map.of()).body()).contains("role=\"status\"");
    }

    private void sql(String update, EnrollmentId id) {
        jdbc.sql(update).param(id.value()).update();
    }

    private JsonNode check(SequenceId of) {
        Api.Answer answer = api.as(administrator).post("/admin/check?sequence=" + of);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.body();
    }

    private static List<String> rules(JsonNode report, EnrollmentId enrollment) {
        return StreamSupport.stream(report.get("findings").spliterator(), false)
                .filter(finding ->
                        enrollment.toString().equals(finding.path("enrollment").asText()))
                .map(finding -> finding.get("rule").asText())
                .toList();
    }
}
