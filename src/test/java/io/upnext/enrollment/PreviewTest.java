package io.upnext.enrollment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.upnext.security.Role;
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
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** The plan says what the engine then really does. */
@UpnextTest
class PreviewTest {

    private final Journey journey;
    private final StepRuns stepRuns;
    private final TestUsers users;
    private final TestMail mail;
    private final Api api;
    private final MutableClock clock;
    private SalesTeam team;
    private String template;

    PreviewTest(
            @Autowired Journey journey,
            @Autowired StepRuns stepRuns,
            @Autowired TestUsers users,
            @Autowired TestMail mail,
            @Autowired Api api,
            @Autowired MutableClock clock) {
        this.journey = journey;
        this.stepRuns = stepRuns;
        this.users = users;
        this.mail = mail;
        this.api = api;
        this.clock = clock;
    }

    @BeforeEach
    void aTeam() {
        team = journey.team();
        template = journey.template(team);
    }

    @Test
    void every_branch_has_its_steps_with_times_mails_and_assignees() {
        Instant start = Instant.parse("2026-03-02T10:00:00Z");
        SequenceId sequence = journey.sequence(team, """
                [{"id": "intro", "type": "AUTOMATED_EMAIL", "name": "Intro", "template": "%s"},
                 {"id": "opened", "type": "CONDITION", "test": {"email": {"any": ["OPENED"]}}, "within": {"days": 2},
                  "yes": [{"id": "call", "type": "PHONE_CALL", "name": "Call"}],
                  "no": [{"id": "pause", "type": "WAIT", "name": "Pause", "days": 1, "hours": 0},
                         {"id": "meet", "type": "TASK", "name": "Meet", "dueIn": {"hours": 4}}]}]
                """.formatted(template));
        RecordId lead = journey.lead(team, Map.of("timeZone", "UTC"));

        JsonNode plan = plan(sequence, lead, start);

        assertThat(lines(plan))
                .containsExactly(
                        "intro [] 2026-03-02T10:00:00Z",
                        "opened [] 2026-03-02T10:00:00Z",
                        "call [opened:YES] 2026-03-02T10:00:00Z",
                        "pause [opened:NO] 2026-03-04T10:00:00Z",
                        "meet [opened:NO] 2026-03-05T10:00:00Z");
        assertThat(plan.at("/entries/0/mail/subject").asText()).isEqualTo("Hello Ada");
        assertThat(plan.at("/entries/2/assignee").asText())
                .contains(team.seller().id().toString());
        assertThat(plan.at("/ends/1/at").asText()).startsWith("2026-03-05T14:00");
        assertThat(mail.at(journey.addressOf(lead))).isEmpty();
    }

    @Test
    void a_mail_that_would_be_refused_leads_to_no_only() {
        SequenceId sequence = journey.sequence(team, """
                [{"id": "intro", "type": "AUTOMATED_EMAIL", "name": "Intro", "template": "%s"},
                 {"id": "opened", "type": "CONDITION", "test": {"email": {"any": ["OPENED"]}}, "within": {"days": 2},
                  "yes": [{"id": "call", "type": "PHONE_CALL", "name": "Call"}],
                  "no": [{"id": "meet", "type": "TASK", "name": "Meet"}]}]
                """.formatted(template));
        RecordId lead = journey.lead(team, Map.of("doNotEmail", true));

        JsonNode plan = plan(sequence, lead, clock.instant());

        assertThat(plan.at("/entries/0/problem").asText()).contains("DO_NOT_EMAIL");
        assertThat(plan.at("/entries").findValuesAsText("kind"))
                .containsExactly("AUTOMATED_EMAIL", "CONDITION", "TASK");
    }

    @Test
    void a_mail_is_planned_inside_the_window_of_its_sequence() {
        SequenceId sequence = journey.sequence(team, """
                [{"id": "intro", "type": "AUTOMATED_EMAIL", "name": "Intro", "template": "%s"},
                 {"id": "meet", "type": "TASK", "name": "Meet"}]
                """.formatted(template), """
                {"window": {"days": ["MONDAY", "TUESDAY"], "from": "09:00", "to": "17:00", "zone": "RECIPIENT"}}
                """);
        RecordId lead = journey.lead(team, Map.of("timeZone", "America/New_York"));

        JsonNode plan = plan(sequence, lead, Instant.parse("2026-03-04T10:00:00Z"));

        assertThat(lines(plan)).containsExactly("intro [] 2026-03-09T13:00:00Z", "meet [] 2026-03-09T13:00:00Z");
    }

    @Test
    void a_step_goes_to_the_stand_in_of_that_day_and_on_to_a_day_that_is_not_full() {
        Person colleague = users.with(team.seller().unit(), Role.SALESPERSON);
        SequenceId sequence = journey.sequence(team, """
                [{"id": "meet", "type": "TASK", "name": "Meet"},
                 {"id": "pause", "type": "WAIT", "days": 3},
                 {"id": "again", "type": "TASK", "name": "Again"}]
                """);
        var handed = api.as(team.seller())
                .post(
                        "/hand-overs",
                        Map.of(
                                "from", team.seller().username(),
                                "to", colleague.username(),
                                "future", true,
                                "until",
                                        clock.instant().plus(Duration.ofDays(2)).toString()));
        assertThat(handed.status()).as(handed.toString()).isEqualTo(202);
        api.as(users.administrator()).patch("/users/" + colleague.id(), Map.of("dailyCapacity", 1));
        journey.connect(team, sequence, journey.lead(team));
        RecordId lead = journey.lead(team);

        JsonNode plan = plan(sequence, lead, clock.instant());
        StepRun real = journey.open(journey.connect(team, sequence, lead));

        assertThat(plan.at("/entries/0/assignee").asText())
                .contains(colleague.id().toString());
        assertThat(plan.at("/entries/0/mayMove").asBoolean()).isTrue();
        assertThat(OffsetDateTime.parse(plan.at("/entries/0/until").asText()).toInstant())
                .isEqualTo(clock.instant().plus(Duration.ofDays(1)))
                .isEqualTo(real.dueAt());
        assertThat(real.assignee().id()).isEqualTo(colleague.id().value());
        assertThat(plan.at("/entries/2/assignee").asText())
                .contains(team.seller().id().toString());
        assertThat(plan.at("/entries/2").has("mayMove")).isFalse();
    }

    @Test
    void company_holidays_are_left_out_by_the_plan_and_the_engine_alike() {
        LocalDate free = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).plusDays(1);
        while (free.getDayOfWeek().getValue() > 5) {
            free = free.plusDays(1);
        }
        Api.Caller administrator = api.as(users.administrator());
        String days = administrator
                .post("/calendars/company/days", Map.of("name", "Summer party", "from", free.toString()))
                .body()
                .get("id")
                .asText();
        SequenceId sequence = journey.sequence(
                team,
                "[{\"id\": \"pause\", \"type\": \"WAIT\", \"days\": 1, \"counting\": \"WORKING_DAYS\"},"
                        + " {\"id\": \"meet\", \"type\": \"TASK\", \"name\": \"Meet\"}]");
        RecordId lead = journey.lead(team, Map.of("timeZone", "UTC"));

        JsonNode plan = plan(sequence, lead, clock.instant());
        EnrollmentId enrollment = journey.connect(team, sequence, lead);
        journey.run();
        administrator.delete("/calendars/company/days/" + days);

        Instant meets = OffsetDateTime.parse(plan.at("/entries/1/at").asText()).toInstant();
        assertThat(LocalDate.ofInstant(meets, ZoneOffset.UTC)).isAfter(free);
        assertThat(stepRuns.of(enrollment).get(0).dueAt()).isEqualTo(meets);
    }

    @ParameterizedTest
    @ValueSource(strings = {"+999999999-12-31T23:59:59Z", "-999999999-01-01T00:00:00Z", "2046-01-01T00:00:00Z"})
    void a_plan_starts_where_calendars_reach(String start) {
        SequenceId sequence = journey.sequence(
                team,
                "[{\"id\": \"pause\", \"type\": \"WAIT\", \"days\": 2},"
                        + " {\"id\": \"meet\", \"type\": \"TASK\", \"name\": \"Meet\"}]");
        String lead = journey.lead(team).toString();

        var answer = preview(sequence.toString(), Map.of("recordId", lead, "start", start));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.detail()).startsWith("'start' lies more than ten years away");
    }

    @Test
    void a_plan_needs_a_record_of_the_type_and_a_sequence_without_errors() {
        SequenceId sequence = journey.sequence(team, "[{\"id\": \"meet\", \"type\": \"TASK\", \"name\": \"Meet\"}]");

        assertThat(preview(sequence.toString(), Map.of()).status()).isEqualTo(400);
        assertThat(preview(sequence.toString(), Map.of("recordId", sequence.toString()))
                        .status())
                .isEqualTo(404);
        String empty = api.as(team.manager())
                .post("/sequences", Map.of("name", TestUsers.next("Empty"), "steps", List.of()))
                .body()
                .get("id")
                .asText();
        assertThat(preview(empty, Map.of("recordId", journey.lead(team).toString()))
                        .status())
                .isEqualTo(422);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void random_sequences_run_as_their_plan_says(int seed) {
        Random random = new Random(seed);
        SequenceId sequence = journey.sequence(team, "[" + new Steps(random, template).list(3) + "]");
        RecordId lead = journey.lead(
                team,
                Map.of(
                        "timeZone",
                        List.of("Asia/Kolkata", "America/New_York", "UTC").get(seed % 3)));
        JsonNode plan = plan(sequence, lead, clock.instant());

        EnrollmentId enrollment = journey.connect(team, sequence, lead);
        for (int turn = 0; turn < 200 && !journey.enrollment(enrollment).ended(); turn++) {
            doWhatIsDue(enrollment, lead, random);
        }

        List<StepRun> runs = stepRuns.of(enrollment);
        List<String> branch = runs.stream()
                .filter(run -> run.outcome() != null && List.of("YES", "NO").contains(run.outcome()))
                .map(run -> run.stepId() + ":" + run.outcome())
                .toList();
        assertThat(journey.enrollment(enrollment).ended()).isTrue();
        assertThat(runs.stream().map(run -> run.stepId() + " " + run.enteredAt()))
                .containsExactlyElementsOf(along(plan, branch));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void random_classic_and_smart_sequences_run_as_their_plan_says(int seed) {
        Random random = new Random(seed);
        SequenceId elsewhere = journey.sequence(team, "[{\"id\": \"meet\", \"type\": \"TASK\", \"name\": \"M\"}]");
        SequenceId sequence = journey.active(team, new Steps(random, template).scheduled(seed % 2 == 0, elsewhere));
        RecordId lead = journey.lead(team);
        JsonNode plan = plan(sequence, lead, clock.instant());

        EnrollmentId enrollment = journey.connect(team, sequence, lead);
        Instant end = clock.instant().plus(Duration.ofDays(60));
        while (!journey.enrollment(enrollment).ended() && clock.instant().isBefore(end)) {
            doWhatIsDueAmongSeveral(enrollment);
        }

        assertThat(stepRuns.of(enrollment).stream().map(run -> run.stepId() + " " + run.enteredAt()))
                .containsExactlyElementsOf(along(plan, List.of()));
        assertThat(journey.enrollment(enrollment).ended())
                .isEqualTo(!plan.get("ends").isEmpty());
        if (journey.enrollment(enrollment).ended()) {
            assertThat(java.time.OffsetDateTime.parse(plan.at("/ends/0/at").asText())
                            .toInstant())
                    .isEqualTo(journey.enrollment(enrollment).endedAt());
        }
    }

    private void doWhatIsDueAmongSeveral(EnrollmentId enrollment) {
        List<StepRun> open = stepRuns.of(enrollment).stream()
                .filter(StepRun::isOpen)
                .sorted(java.util.Comparator.comparing(StepRun::dueAt))
                .toList();
        Instant next = journey.nextDue();
        if (!open.isEmpty() && (next == null || !next.isBefore(open.get(0).dueAt()))) {
            journey.advance(Duration.between(clock.instant(), open.get(0).dueAt()));
            complete(open.get(0), null);
        } else {
            journey.advance(Duration.between(clock.instant(), next));
        }
    }

    private void complete(StepRun run, String outcome) {
        stepRuns.complete(
                users.caller(team.seller()),
                run.id(),
                new Completion(team.seller().id(), outcome, null, null, false, false));
        journey.run();
    }

    /** People act when a step is due, prospects at once or never. */
    private void doWhatIsDue(EnrollmentId enrollment, RecordId lead, Random random) {
        StepRun current = stepRuns.of(enrollment).stream()
                .filter(run -> run.finishedAt() == null)
                .findFirst()
                .orElseThrow();
        if (current.isOpen()) {
            journey.advance(Duration.between(clock.instant(), current.dueAt()));
            String outcome = random.nextBoolean() ? "CONNECTED" : "BUSY";
            boolean call = current.type() == io.upnext.sequence.Step.Type.PHONE_CALL;
            complete(current, call ? outcome : null);
        } else if (current.stepId().startsWith("clicked") && random.nextBoolean()) {
            click(lead);
            journey.run();
        } else {
            journey.advance(Duration.between(clock.instant(), current.dueAt()));
        }
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

    private JsonNode plan(SequenceId sequence, RecordId lead, Instant start) {
        var answer = preview(sequence.toString(), Map.of("recordId", lead.toString(), "start", start + ""));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.body();
    }

    private Api.Answer preview(String sequence, Map<String, String> body) {
        return api.as(team.manager()).post("/sequences/" + sequence + "/preview", body);
    }

    private static List<String> lines(JsonNode plan) {
        return StreamSupport.stream(plan.get("entries").spliterator(), false)
                .map(entry -> entry.at("/step/id").asText() + " " + texts(entry.get("branch")) + " " + at(entry))
                .toList();
    }

    /** What the plan says about this way. */
    private static List<String> along(JsonNode plan, List<String> branch) {
        List<String> along = new ArrayList<>();
        plan.get("entries").forEach(entry -> {
            List<String> of = texts(entry.get("branch"));
            if (of.size() <= branch.size() && branch.subList(0, of.size()).equals(of)) {
                along.add(entry.at("/step/id").asText() + " " + at(entry));
            }
        });
        return along;
    }

    private static Instant at(JsonNode entry) {
        return java.time.OffsetDateTime.parse(entry.get("at").asText()).toInstant();
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    /** Random steps as JSON. */
    private static final class Steps {

        private final Random random;
        private final String template;
        private int count;

        private Steps(Random random, String template) {
            this.random = random;
            this.template = template;
        }

        private String list(int depth) {
            List<String> steps = new ArrayList<>();
            for (int i = random.nextInt(3); i >= 0; i--) {
                steps.add(plain());
            }
            if (depth > 0) {
                steps.addAll(condition(depth));
            } else {
                steps.add(task());
            }
            return String.join(",", steps);
        }

        private String scheduled(boolean classic, SequenceId elsewhere) {
            List<String> steps = new ArrayList<>();
            int day = 1;
            for (int i = 1 + random.nextInt(6); i > 0; i--) {
                String step = random.nextInt(3) == 0 ? task() : plain();
                if (!step.contains("WAIT")) {
                    steps.add(timed(step, classic, day += random.nextInt(3)));
                }
            }
            steps.add(timed(
                    random.nextBoolean() ? task() : step("on", "ADVANCE", "'sequence':'" + elsewhere + "'"),
                    classic,
                    day));
            String every = random.nextBoolean()
                    ? "{'days':" + (1 + random.nextInt(3)) + "}"
                    : "{'hours':" + (5 + random.nextInt(40)) + "}";
            return "'mode':'%s','schedule':{'at':'%02d:30','timeZone':'%s','skipWeekends':%s%s},'steps':[%s]"
                    .formatted(
                            classic ? "CLASSIC" : "SMART",
                            random.nextInt(24),
                            List.of("Asia/Kolkata", "America/New_York", "UTC").get(random.nextInt(3)),
                            random.nextBoolean(),
                            classic ? "" : ",'every':" + every,
                            String.join(",", steps))
                    .replace('\'', '"');
        }

        private String timed(String step, boolean classic, int day) {
            String when = random.nextInt(3) > 0
                    ? ""
                    : random.nextBoolean()
                            ? ",'when':{'all':[{'field':'budget','op':'EQUALS','value':'CAN_BUY'}]}"
                            : ",'when':{'all':[{'field':'lastEmail.opened','op':'EQUALS','value':false}]}";
            return step.substring(0, step.length() - 1) + (classic ? ",'day':" + day : "") + when + "}";
        }

        private String plain() {
            return switch (random.nextInt(4)) {
                case 0 ->
                    step(
                            "wait",
                            "WAIT",
                            "'days':%d,'hours':%d,'counting':'%s'"
                                    .formatted(
                                            random.nextInt(4),
                                            1 + random.nextInt(20),
                                            random.nextBoolean() ? "ELAPSED" : "WORKING_DAYS"));
                case 1 -> step("field", "UPDATE_FIELD", "'field':'budget','value':'CAN_BUY'");
                case 2 -> step("mail", "AUTOMATED_EMAIL", "'template':'" + template + "'");
                default -> task();
            };
        }

        private String task() {
            return step("task", "TASK", "'dueIn':{'hours':" + random.nextInt(60) + "}");
        }

        /** The step it asks about, and the condition. */
        private List<String> condition(int depth) {
            String branches = "'yes':[%s],'no':[%s]".formatted(list(depth - 1), list(depth - 1));
            return switch (random.nextInt(3)) {
                case 0 ->
                    List.of(
                            step("mail", "AUTOMATED_EMAIL", "'template':'" + template + "'"),
                            step(
                                    "clicked",
                                    "CONDITION",
                                    ("'test':{'email':{'any':['LINK_CLICKED']}},'within':"
                                                            + "{'days':%d,'hours':3},'decide':'%s',")
                                                    .formatted(
                                                            random.nextInt(3),
                                                            random.nextBoolean() ? "AT_ONCE" : "AT_LIMIT")
                                            + branches));
                case 1 ->
                    List.of(
                            step("call", "PHONE_CALL", "'script':'Hello'"),
                            step("reached", "CONDITION", "'test':{'call':['CONNECTED']}," + branches));
                default ->
                    List.of(step(
                            "buys",
                            "CONDITION",
                            "'test':{'field':{'all':[{'field':'budget','op':'EQUALS','value':'CAN_BUY'}]}},"
                                    + branches));
            };
        }

        private String step(String name, String type, String more) {
            return "{'id':'%1$s-%2$d','type':'%3$s','name':'%1$s',%4$s}"
                    .formatted(name, count++, type, more)
                    .replace('\'', '"');
        }
    }
}
