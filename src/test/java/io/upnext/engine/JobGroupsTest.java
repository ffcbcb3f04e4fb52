package io.upnext.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.upnext.bpmn.ElementIds;
import io.upnext.enrollment.Enrollment;
import io.upnext.enrollment.Enrollment.State;
import io.upnext.enrollment.Enrollments;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.RecordId;
import io.upnext.shared.SequenceId;
import io.upnext.testing.Api;
import io.upnext.testing.Journey;
import io.upnext.testing.Journey.SalesTeam;
import io.upnext.testing.MutableClock;
import io.upnext.testing.TestMail;
import io.upnext.testing.UpnextTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.history.HistoricActivityInstance;
import org.camunda.bpm.engine.runtime.Job;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@UpnextTest
class JobGroupsTest {

    @Autowired
    private Journey journey;

    @Autowired
    private Enrollments enrollments;

    @Autowired
    private JobGroups groups;

    @Autowired
    private ManagementService management;

    @Autowired
    private RuntimeService runtime;

    @Autowired
    private HistoryService history;

    @Autowired
    private MutableClock clock;

    @Autowired
    private TestMail mail;

    @Autowired
    private Api api;

    private SalesTeam team;

    @BeforeEach
    void aTeam() {
        team = journey.team();
    }

    @Test
    void jobsOfAGroupRunInOneTransactionAndSendEachTheirMail() {
        List<EnrollmentId> sending = connected(mailing(), 5);
        clock.advance(Duration.ofDays(1));

        assertThat(groups.run(jobs(sending))).isTrue();
        assertThat(groups.run(jobs(sending))).isTrue();

        assertThat(sending)
                .allSatisfy(id -> assertThat(journey.path(id)).containsExactly("wait:DONE", "intro:WAITING"));
        journey.run();
        assertThat(sending).allSatisfy(id -> {
            assertThat(journey.path(id)).containsExactly("wait:DONE", "intro:DONE:SENT", "call:OPEN");
            mail.only(journey.addressOf(journey.enrollment(id).record()));
        });
        // What the engine was told of a group's beginnings is what it would have read
        assertThat(sending).allSatisfy(id -> assertThat(ended(id, "intro")).satisfies(intro -> assertThat(
                        intro.getDurationInMillis())
                .isEqualTo(intro.getEndTime().getTime() - intro.getStartTime().getTime())));
    }

    private HistoricActivityInstance ended(EnrollmentId id, String step) {
        return history.createHistoricActivityInstanceQuery()
                .processInstanceId(journey.enrollment(id).processInstanceId())
                .activityId(ElementIds.step(step))
                .finished()
                .singleResult();
    }

    @Test
    void whoHasFailedBeforeGoesOnInAGroupAndItsIncidentIsOver() {
        SequenceId target = journey.sequence(team, "[{\"id\": \"there\", \"type\": \"TASK\", \"name\": \"There\"}]");
        List<EnrollmentId> advancing = connected(journey.sequence(team, """
                [{"id": "wait", "type": "WAIT", "name": "Wait", "days": 1},
                 {"id": "on", "type": "ADVANCE", "name": "On", "sequence": "%s"}]
                """.formatted(target)), 2);
        api.as(team.manager()).post("/sequences/" + target + "/deactivate", Map.of("running", "FINISH"));
        clock.advance(Duration.ofDays(1));
        journey.run();
        assertThat(advancing).allSatisfy(id -> assertThat(incidents(id)).isEqualTo(1));
        api.as(team.manager()).post("/sequences/" + target + "/activate", Map.of());
        jobs(advancing).forEach(job -> management.setJobRetries(job, 1));
        List<EnrollmentId> sending = connected(mailing(), 2);
        clock.advance(Duration.ofDays(1));
        List<EnrollmentId> all =
                Stream.concat(sending.stream(), advancing.stream()).toList();

        assertThat(groups.run(jobs(all))).isTrue();

        assertThat(all).allSatisfy(id -> assertThat(incidents(id)).isZero());
        assertThat(advancing)
                .allSatisfy(id -> assertThat(journey.enrollment(id).state()).isEqualTo(State.COMPLETED));
    }

    private long incidents(EnrollmentId id) {
        return runtime.createIncidentQuery()
                .processInstanceId(journey.enrollment(id).processInstanceId())
                .count();
    }

    @Test
    void oneThatFailsTakesTheGroupBackAndThenHoldsUpNoOther() {
        SequenceId target = journey.sequence(team, "[{\"id\": \"there\", \"type\": \"TASK\", \"name\": \"There\"}]");
        List<EnrollmentId> advancing = connected(journey.sequence(team, """
                [{"id": "wait", "type": "WAIT", "name": "Wait", "days": 1},
                 {"id": "on", "type": "ADVANCE", "name": "On", "sequence": "%s"}]
                """.formatted(target)), 1);
        List<EnrollmentId> sending = connected(mailing(), 2);
        api.as(team.manager()).post("/sequences/" + target + "/deactivate", Map.of("running", "FINISH"));
        clock.advance(Duration.ofDays(1));
        List<EnrollmentId> all =
                Stream.concat(sending.stream(), advancing.stream()).toList();
        assertThat(groups.run(jobs(all))).isTrue();

        assertThat(groups.run(jobs(all))).isFalse();
        assertThat(sending).allSatisfy(id -> assertThat(journey.path(id)).containsExactly("wait:DONE"));
        journey.run();

        assertThat(sending).allSatisfy(id -> {
            assertThat(journey.path(id)).containsExactly("wait:DONE", "intro:DONE:SENT", "call:OPEN");
            mail.only(journey.addressOf(journey.enrollment(id).record()));
        });
        assertThat(journey.enrollment(advancing.get(0)).state()).isEqualTo(State.ERROR);
    }

    private SequenceId mailing() {
        return journey.sequence(team, """
                [{"id": "wait", "type": "WAIT", "name": "Wait", "days": 1},
                 {"id": "intro", "type": "AUTOMATED_EMAIL", "name": "Intro", "template": "%s"},
                 {"id": "call", "type": "TASK", "name": "Call"}]
                """.formatted(journey.template(team)));
    }

    private List<EnrollmentId> connected(SequenceId sequence, int count) {
        RecordId[] leads =
                Stream.generate(() -> journey.lead(team)).limit(count).toArray(RecordId[]::new);
        journey.connect(team, sequence, leads);
        return Stream.of(leads)
                .map(lead -> enrollments.ofRecord(lead).get(0))
                .map(Enrollment::id)
                .toList();
    }

    private List<String> jobs(List<EnrollmentId> ids) {
        List<String> jobs = new ArrayList<>();
        for (EnrollmentId id : ids) {
            management.createJobQuery().processInstanceId(journey.enrollment(id).processInstanceId()).list().stream()
                    .map(Job::getId)
                    .forEach(jobs::add);
        }
        return jobs;
    }
}
