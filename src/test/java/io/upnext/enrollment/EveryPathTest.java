package io.upnext.enrollment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.upnext.enrollment.Enrollment.Reason;
import io.upnext.operation.Workers;
import io.upnext.record.Records;
import io.upnext.sequence.Step;
import io.upnext.shared.Actor;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.RecordId;
import io.upnext.shared.SequenceId;
import io.upnext.testing.Api;
import io.upnext.testing.Journey;
import io.upnext.testing.Journey.SalesTeam;
import io.upnext.testing.MutableClock;
import io.upnext.testing.TestMail;
import io.upnext.testing.TestUsers;
import io.upnext.testing.TestUsers.Person;
import io.upnext.testing.UpnextTest;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Random sequences, and for every combination of outcomes a record that goes that way in the engine: each comes to its
 * end, takes exactly the branches it was to take, and at every moment nobody is lost.
 */
@UpnextTest
class EveryPathTest {

    private final Journey journey;
    private final Enrollments enrollments;
    private final StepRuns stepRuns;
    private final Records records;
    private final TestUsers users;
    private final TestMail mail;
    private final Api api;
    private final Workers workers;
    private final MutableClock clock;
    private SalesTeam team;
    private Person administrator;

    EveryPathTest(
            @Autowired Journey journey,
            @Autowired Enrollments enrollments,
            @Autowired StepRuns stepRuns,
            @Autowired Records records,
            @Autowired TestUsers users,
            @Autowired TestMail mail,
            @Autowired Api api,
            @Autowired Workers workers,
            @Autowired MutableClock clock) {
        this.journey = journey;
        this.enrollments = enrollments;
        this.stepRuns = stepRuns;
        this.records = records;
        this.users = users;
        this.mail = mail;
        this.api = api;
        this.workers = workers;
        this.clock = clock;
    }

    /** One way through a sequence: which condition is to be answered how. */
    private record Way(EnrollmentId enrollment, RecordId lead, Map<String, Boolean> answers) {}

    @Test
    void a_few_random_sequences() {
        runAll(1, 3);
    }

    @Test
    @Tag("bench")
    void many_random_sequences() {
        runAll(100, 200);
    }

    private void runAll(int from, int to) {
        team = journey.team();
        administrator = users.administrator();
        String template = journey.template(team);
        for (int seed = from; seed < to; seed++) {
            run(seed, template);
        }
    }

    private void run(int seed, String template) {
        SequenceId sequence = journey.sequence(team, "[" + new Design(new Random(seed), template).list(2) + "]");
        List<Way> ways = ways(sequence);

        for (int turn = 0; turn < 100 && ways.stream().anyMatch(way -> !ended(way)); turn++) {
            while (ways.stream().map(this::act).reduce(false, Boolean::logicalOr)) {
                journey.run();
                nobodyIsLost(sequence, ways.size());
            }
            workers.nextDue(clock.instant()).ifPresent(clock::set);
            journey.run();
            nobodyIsLost(sequence, ways.size());
        }

        for (Way way : ways) {
            assertThat(journey.enrollment(way.enrollment()).reason())
                    .as("seed " + seed + " " + way.answers() + " " + journey.path(way.enrollment()))
                    .isEqualTo(Reason.COMPLETED);
            assertThat(decided(way)).as("seed " + seed).isEqualTo(way.answers());
        }
        assertThat(api.as(administrator)
                        .post("/admin/check?sequence=" + sequence)
                        .body()
                        .get("findings"))
                .isEmpty();
    }

    /** A record for each end of the plan. */
    private List<Way> ways(SequenceId sequence) {
        RecordId first = journey.lead(team, Map.of("timeZone", "America/New_York"));
        JsonNode plan = api.as(team.manager())
                .post("/sequences/" + sequence + "/preview", Map.of("recordId", first.toString()))
                .body();
        List<Way> ways = new ArrayList<>();
        for (JsonNode end : plan.get("ends")) {
            Map<String, Boolean> answers = StreamSupport.stream(
                            end.get("branch").spliterator(), false)
                    .map(JsonNode::asText)
                    .collect(Collectors.toMap(
                            answer -> answer.substring(0, answer.lastIndexOf(':')), answer -> answer.endsWith(":YES")));
            RecordId lead = journey.lead(team, Map.of("timeZone", "America/New_York"));
            answers.forEach((condition, yes) -> {
                if (condition.startsWith("field")) {
                    records.update(lead, Map.of(budget(condition), yes), null, null, Actor.SYSTEM);
                }
            });
            ways.add(new Way(journey.connect(team, sequence, lead), lead, answers));
        }
        return ways;
    }

    /** Each field condition asks a field of its own, so that every combination of them can be had. */
    private static String budget(String condition) {
        return List.of("doNotPhone", "doNotText")
                .get(Integer.parseInt(condition.substring(condition.indexOf('-') + 1)) % 2);
    }

    /** Does what the way asks for and can be done now. */
    private boolean act(Way way) {
        StepRun current = stepRuns.of(way.enrollment()).stream()
                .filter(run -> run.finishedAt() == null)
                .findFirst()
                .orElse(null);
        if (current == null) {
            return false;
        }
        if (current.isOpen()) {
            boolean call = current.type() == Step.Type.PHONE_CALL;
            String outcome = answered(way, "call" + current.stepId().substring(4)) ? "CONNECTED" : "BUSY";
            stepRuns.complete(
                    users.caller(team.seller()),
                    current.id(),
                    new Completion(team.seller().id(), call ? outcome : null, null, null, false, false));
            return true;
        }
        boolean asked = current.type() == Step.Type.CONDITION && answered(way, current.stepId());
        if (asked
                && current.dueAt().isAfter(clock.instant())
                && !clicked.containsKey(current.id().toString())) {
            clicked.put(current.id().toString(), true);
            click(way.lead());
            return true;
        }
        return false;
    }

    private final Map<String, Boolean> clicked = new HashMap<>();

    /** Calls are {@code dial-n} and the conditions on them {@code call-n}. */
    private static boolean answered(Way way, String condition) {
        return Boolean.TRUE.equals(way.answers().get(condition));
    }

    private void click(RecordId lead) {
        var received = mail.at(journey.addressOf(lead));
        String link = TestMail.links(received.get(received.size() - 1)).stream()
                .filter(found -> found.contains("/t/c/"))
                .findFirst()
                .orElseThrow();
        api.anonymous()
                .with("User-Agent", "Mozilla/5.0 Firefox/140")
                .get("/" + URI.create(link).getPath());
    }

    private boolean ended(Way way) {
        return journey.enrollment(way.enrollment()).ended();
    }

    private Map<String, Boolean> decided(Way way) {
        return stepRuns.of(way.enrollment()).stream()
                .filter(run -> run.type() == Step.Type.CONDITION)
                .collect(Collectors.toMap(StepRun::stepId, run -> "YES".equals(run.outcome())));
    }

    private void nobodyIsLost(SequenceId sequence, int enrolled) {
        long sum = enrollments.countByState(sequence).values().stream()
                .mapToLong(Long::longValue)
                .sum();
        assertThat(sum).isEqualTo(enrolled);
    }

    /** Random steps as JSON: every kind that runs by itself or by one person, and every kind of condition. */
    private static final class Design {

        private final Random random;
        private final String template;
        private int count;
        private int fields;

        private Design(Random random, String template) {
            this.random = random;
            this.template = template;
        }

        private String list(int depth) {
            List<String> steps = new ArrayList<>();
            for (int i = random.nextInt(2); i >= 0; i--) {
                steps.add(plain());
            }
            if (depth > 0) {
                steps.addAll(condition(depth));
            } else {
                steps.add(step("task", "TASK", "'dueIn':{'hours':5}"));
            }
            return String.join(",", steps);
        }

        private String plain() {
            return switch (random.nextInt(4)) {
                case 0 -> step("wait", "WAIT", "'days':" + random.nextInt(3) + ",'hours':1,'counting':'WORKING_DAYS'");
                case 1 -> step("field", "UPDATE_FIELD", "'field':'budget','value':'CAN_BUY'");
                case 2 -> step("mail", "AUTOMATED_EMAIL", "'template':'" + template + "'");
                default -> step("task", "TASK", "'dueIn':{'hours':" + random.nextInt(60) + "}");
            };
        }

        private List<String> condition(int depth) {
            boolean field = fields < 2 && random.nextInt(3) == 0;
            int asked = field ? fields++ : count++;
            String branches = "'yes':[%s],'no':[%s]".formatted(list(depth - 1), list(depth - 1));
            if (field) {
                String test = "'test':{'field':{'all':[{'field':'%s','op':'EQUALS','value':true}]}},";
                return List.of(condition("fields-" + asked, test.formatted(budget("fields-" + asked)) + branches));
            }
            if (random.nextBoolean()) {
                return List.of(
                        json("dial-" + asked, "PHONE_CALL", "'script':'Hello'"),
                        condition("call-" + asked, "'test':{'call':['CONNECTED']}," + branches));
            }
            String decide = random.nextBoolean() ? "AT_ONCE" : "AT_LIMIT";
            return List.of(
                    json("asking-" + asked, "AUTOMATED_EMAIL", "'template':'" + template + "'"),
                    condition(
                            "clicked-" + asked,
                            "'test':{'email':{'any':['LINK_CLICKED']}},'within':{'days':1,'hours':3},'decide':'"
                                    + decide + "'," + branches));
        }

        private String condition(String id, String more) {
            return json(id, "CONDITION", more);
        }

        private String step(String name, String type, String more) {
            return json(name + "-" + count++, type, more);
        }

        private static String json(String id, String type, String more) {
            return "{'id':'%s','type':'%s','name':'%s',%s}"
                    .formatted(id, type, id, more)
                    .replace('\'', '"');
        }
    }
}
