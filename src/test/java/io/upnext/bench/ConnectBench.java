package io.upnext.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.upnext.enrollment.Enrollment.State;
import io.upnext.enrollment.Enrollments;
import io.upnext.record.Records;
import io.upnext.shared.Actor;
import io.upnext.shared.Principal;
import io.upnext.shared.RecordType;
import io.upnext.shared.SequenceId;
import io.upnext.testing.Journey;
import io.upnext.testing.Journey.SalesTeam;
import io.upnext.testing.TestDatabase;
import io.upnext.testing.TestUsers;
import io.upnext.testing.UpnextTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Bulk connect, with all its rules and our own rows, against a plain loop that starts a hand-written process of the same
 * shape (one user task) on an engine with the settings it has by default. Both run in turns, in one process, on one
 * database server.
 */
@Tag("bench")
@UpnextTest
class ConnectBench {

    private static final Logger log = LoggerFactory.getLogger(ConnectBench.class);
    private static final int RECORDS = 3_000;
    private static final int ROUNDS = 3;

    private final Journey journey;
    private final Enrollments enrollments;
    private final Records records;
    private final TestUsers users;

    ConnectBench(
            @Autowired Journey journey,
            @Autowired Enrollments enrollments,
            @Autowired Records records,
            @Autowired TestUsers users) {
        this.journey = journey;
        this.enrollments = enrollments;
        this.records = records;
        this.users = users;
    }

    @Test
    void bulk_connect_against_a_plain_loop_of_starts() {
        SalesTeam team = journey.team();
        ProcessEngine plain = plainEngine();
        List<String> leads = leads(team);
        List<Double> ratios = new ArrayList<>();

        for (int round = 0; round <= ROUNDS; round++) {
            double ours = perSecond(() -> connect(team, leads));
            double loop = perSecond(() -> starts(plain));
            if (round > 0) {
                ratios.add(ours / loop);
                log.info("bulk connect {}/s, plain loop {}/s, ratio {}", round(ours), round(loop), ours / loop);
            }
        }
        plain.close();

        log.info("Bulk connect is {} times the plain loop (median of {})", median(ratios), ROUNDS);
        assertThat(median(ratios)).isGreaterThan(1);
    }

    private List<String> leads(SalesTeam team) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < RECORDS; i++) {
            ids.add(records.create(
                            RecordType.LEAD,
                            Map.of("lastName", "Lead " + i, "email", TestUsers.next("bench") + "@example.com"),
                            Principal.user(team.seller().id()),
                            "NEW",
                            Actor.SYSTEM)
                    .id()
                    .toString());
        }
        return ids;
    }

    private void connect(SalesTeam team, List<String> leads) {
        SequenceId sequence = journey.sequence(team, "[{\"id\": \"meet\", \"type\": \"TASK\", \"name\": \"Meet\"}]");
        enrollments.connect(users.caller(team.manager()), sequence, leads, null, null, null);
        journey.run();
        assertThat(enrollments.countByState(sequence)).isEqualTo(Map.of(State.CONNECTED, (long) RECORDS));
    }

    private static ProcessEngine plainEngine() {
        var configuration = new StandaloneProcessEngineConfiguration();
        configuration.setProcessEngineName("plain");
        configuration.setJdbcUrl(TestDatabase.create());
        configuration.setJdbcDriver("org.postgresql.Driver");
        configuration.setDatabaseSchemaUpdate("true");
        configuration.setHistory("full");
        configuration.setEnforceHistoryTimeToLive(false);
        ProcessEngine engine = configuration.buildProcessEngine();
        engine.getRepositoryService()
                .createDeployment()
                .addModelInstance(
                        "plain.bpmn",
                        Bpmn.createExecutableProcess("plain")
                                .startEvent()
                                .userTask("meet")
                                .camundaAssignee("seller")
                                .endEvent()
                                .done())
                .deploy();
        return engine;
    }

    private static void starts(ProcessEngine engine) {
        for (int i = 0; i < RECORDS; i++) {
            engine.getRuntimeService().startProcessInstanceByKey("plain", "lead:" + i, Map.of("enrollment", "e-" + i));
        }
    }

    private static double perSecond(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return RECORDS / ((System.nanoTime() - start) / 1e9);
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private static long round(double value) {
        return Math.round(value);
    }
}
