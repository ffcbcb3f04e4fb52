package io.upnext.enrollment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upnext.messaging.MailLimits;
import io.upnext.messaging.Mailboxes;
import io.upnext.shared.RecordId;
import io.upnext.shared.SequenceId;
import io.upnext.testing.Api;
import io.upnext.testing.Journey;
import io.upnext.testing.Journey.SalesTeam;
import io.upnext.testing.TestUsers;
import io.upnext.testing.UpnextTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The load that a sequence brings, with the caps and times that would count. */
@UpnextTest
class SimulationTest {

    private static final Map<String, Object> NOBODY_REACTS =
            Map.of("opened", 0, "clicked", 0, "replied", 0, "attachmentOpened", 0, "unsubscribed", 0, "bounced", 0);

    private final Api api;
    private final Journey journey;
    private final Mailboxes mailboxes;
    private final TestUsers users;
    private SalesTeam team;
    private String template;

    SimulationTest(
            @Autowired Api api,
            @Autowired Journey journey,
            @Autowired Mailboxes mailboxes,
            @Autowired TestUsers users) {
        this.api = api;
        this.journey = journey;
        this.mailboxes = mailboxes;
        this.users = users;
    }

    @BeforeEach
    void aTeam() {
        team = journey.team();
        template = journey.template(team);
    }

    @Test
    void mails_keep_to_the_mailboxs_cap_and_tasks_follow_them() {
        SequenceId sequence = journey.sequence(team, """
                [{"id": "intro", "type": "AUTOMATED_EMAIL", "name": "Intro", "template": "%s"},
                 {"id": "pause", "type": "WAIT", "days": 1, "hours": 0},
                 {"id": "meet", "type": "TASK", "name": "Meet"}]
                """.formatted(template));
        var mailbox =
                mailboxes.find(mailboxes.of(team.seller().id()).orElseThrow()).orElseThrow();
        mailboxes.update(mailbox.withLimits(new MailLimits(null, 4, null, null)));

        JsonNode load = simulate(sequence, Map.of("recordIds", leads(10), "rates", NOBODY_REACTS));

        assertThat(days(load))
                .containsExactly(
                        "2026-03-02 tasks 0 mails 4",
                        "2026-03-03 tasks 4 mails 4",
                        "2026-03-04 tasks 4 mails 2",
                        "2026-03-05 tasks 2 mails 0");
        assertThat(load.at("/mailboxes/0/name").asText()).isEqualTo(mailbox.address());
        assertThat(load.at("/mailboxes/0/peak/number").asInt()).isEqualTo(4);
        assertThat(load.at("/sellers/0/id").asText())
                .isEqualTo(team.seller().id().toString());
        assertThat(load.at("/sellers/0/total").asInt()).isEqualTo(10);
        assertThat(load.at("/ends/COMPLETED").asInt()).isEqualTo(10);
    }

    @Test
    void a_sellers_daily_capacity_moves_tasks_to_the_next_working_day() {
        SequenceId sequence = journey.sequence(team, "[{\"id\": \"meet\", \"type\": \"TASK\", \"name\": \"Meet\"}]");
        api.as(users.administrator()).patch("/users/" + team.seller().id(), Map.of("dailyCapacity", 3));

        JsonNode load = simulate(
                sequence, Map.of("recordIds", leads(7), "start", "2026-03-06T09:00:00Z", "rates", NOBODY_REACTS));

        assertThat(load.at("/sellers/0/days").toString())
                .isEqualTo("[{\"date\":\"2026-03-06\",\"number\":3},{\"date\":\"2026-03-09\",\"number\":3},"
                        + "{\"date\":\"2026-03-10\",\"number\":1}]");
    }

    @Test
    void replies_end_some_and_the_same_seed_draws_the_same() {
        SequenceId sequence = journey.sequence(team, """
                [{"id": "intro", "type": "AUTOMATED_EMAIL", "name": "Intro", "template": "%s"},
                 {"id": "clicked", "type": "CONDITION", "test": {"email": {"any": ["LINK_CLICKED"]}},
                  "within": {"days": 3},
                  "yes": [{"id": "call", "type": "PHONE_CALL", "name": "Call"}],
                  "no": [{"id": "meet", "type": "TASK", "name": "Meet"}]}]
                """.formatted(template));
        List<String> leads = leads(20);
        Map<String, Object> asked =
                Map.of("recordIds", leads, "seed", 7, "rates", Map.of("replied", 0.5, "clicked", 0.5, "bounced", 0));

        JsonNode load = simulate(sequence, asked);

        JsonNode ends = load.get("ends");
        assertThat(ends.get("REPLIED").asInt()
                        + ends.get("COMPLETED").asInt()
                        + ends.path("UNSUBSCRIBED").asInt())
                .isEqualTo(20);
        assertThat(ends.get("REPLIED").asInt()).isBetween(3, 17);
        assertThat(simulate(sequence, asked)).isEqualTo(load);
    }

    @Test
    void classic_steps_come_on_their_days_and_smart_ones_at_their_runs() {
        SequenceId classic = active("""
                "mode": "CLASSIC", "schedule": {"at": "09:30", "timeZone": "UTC"},
                "steps": [{"id": "meet", "type": "TASK", "name": "Meet", "day": 1, "dueIn": {"days": 20}},
                          {"id": "intro", "type": "AUTOMATED_EMAIL", "name": "Intro", "template": "%s", "day": 2},
                          {"id": "call", "type": "PHONE_CALL", "name": "Call", "day": 4}]
                """.formatted(template));
        SequenceId smart = active("""
                "mode": "SMART", "schedule": {"every": {"days": 2}, "at": "09:30", "timeZone": "UTC", "skipWeekends": true},
                "steps": [{"id": "intro", "type": "AUTOMATED_EMAIL", "name": "Intro", "template": "%s"},
                          {"id": "opened", "type": "TASK", "name": "Opened",
                           "when": {"all": [{"field": "lastEmail.opened", "op": "EQUALS", "value": true}]}},
                          {"id": "call", "type": "PHONE_CALL", "name": "Call"}]
                """.formatted(template));

        JsonNode days = simulate(classic, Map.of("recordIds", leads(3), "rates", NOBODY_REACTS));
        JsonNode runs = simulate(smart, Map.of("recordIds", leads(2), "rates", NOBODY_REACTS));

        assertThat(days(days).stream().filter(day -> !day.endsWith("tasks 0 mails 0")))
                .containsExactly(
                        "2026-03-03 tasks 0 mails 3", "2026-03-05 tasks 3 mails 0", "2026-03-22 tasks 3 mails 0");
        assertThat(days.at("/ends/COMPLETED").asInt()).isEqualTo(3);
        assertThat(days(runs))
                .containsExactly(
                        "2026-03-02 tasks 0 mails 2", "2026-03-03 tasks 0 mails 0", "2026-03-04 tasks 2 mails 0");
        assertThat(runs.at("/ends/WAITING").asInt()).isEqualTo(2);
    }

    private SequenceId active(String content) {
        String id = api.as(team.manager())
                .post("/sequences", "{\"name\": \"" + TestUsers.next("Mode") + "\", " + content + "}")
                .body()
                .get("id")
                .asText();
        Api.Answer activated = api.as(team.manager()).post("/sequences/" + id + "/activate", "{}");
        assertThat(activated.status()).as(activated.toString()).isEqualTo(200);
        return SequenceId.of(id);
    }

    @Test
    void typical_records_need_nobody_and_the_page_shows_a_chart() {
        SequenceId sequence = journey.sequence(team, """
                [{"id": "meet", "type": "TASK", "name": "Meet", "dueIn": {"days": 1}},
                 {"id": "big", "type": "CONDITION",
                  "test": {"field": {"all": [{"field": "budget", "op": "EQUALS", "value": "CAN_BUY"}]}},
                  "yes": [{"id": "call", "type": "PHONE_CALL", "name": "Call"}],
                  "no": [{"id": "write", "type": "TASK", "name": "Write"}]}]
                """);

        JsonNode load = simulate(sequence, Map.of("count", 1000, "perDay", 100, "rates", Map.of("conditions", 0.2)));
        String page = api.browser(team.manager())
                .get("/sequences/" + sequence + "/simulation-panel?run=true&count=50&perDay=10&reached=20.5")
                .body();

        assertThat(load.get("days").size()).isEqualTo(10);
        assertThat(load.at("/steps/2/entered").asInt()).isBetween(150, 250);
        assertThat(load.at("/ends/COMPLETED").asInt()).isEqualTo(1000);
        assertThat(page).contains("simulation-chart", "data-days=\"[{&quot;date&quot;");
    }

    @Test
    void exit_filters_end_those_who_meet_them_also_by_the_sequences_own_updates() {
        String exit =
                "{\"exitWhen\": {\"all\": [{\"field\": \"budget\", \"op\": \"EQUALS\", \"value\": \"CAN_BUY\"}]}}";
        String update = "{\"id\": \"mark\", \"type\": \"UPDATE_FIELD\", \"name\": \"Mark\", \"field\": \"budget\","
                + " \"value\": \"CAN_BUY\"}";
        String first = "{\"id\": \"first\", \"type\": \"TASK\", \"name\": \"First\"}";
        String last = "{\"id\": \"last\", \"type\": \"TASK\", \"name\": \"Last\", \"dueIn\": {\"days\": 1}}";
        SequenceId asIs = journey.sequence(team, "[" + first + ", " + last + "]", exit);
        SequenceId marking = journey.sequence(team, "[" + first + ", " + update + ", " + last + "]", exit);
        List<String> leads = leads(4);
        leads.add(journey.lead(team, Map.of("budget", "CAN_BUY")).toString());

        JsonNode load = simulate(asIs, Map.of("recordIds", leads));
        JsonNode marked = simulate(marking, Map.of("recordIds", leads));

        assertThat(load.at("/ends").toString()).isEqualTo("{\"CRITERIA_MET\":1,\"COMPLETED\":4}");
        assertThat(load.at("/sellers/0/total").asInt()).isEqualTo(8);
        assertThat(marked.at("/ends").toString()).isEqualTo("{\"CRITERIA_MET\":5}");
        assertThat(marked.at("/sellers/0/total").asInt()).isEqualTo(4);
        assertThat(load.at("/notes").size()).isZero();
        assertThat(simulate(asIs, Map.of("count", 3)).at("/notes/0").asText()).isEqualTo("exit-filter");
    }

    @Test
    void who_advances_is_followed_and_circles_only_as_often_as_the_setting_says() {
        SequenceId target = journey.sequence(team, "[{\"id\": \"meet\", \"type\": \"TASK\", \"name\": \"Meet\"}]");
        String content = """
                [{"id": "rest", "type": "WAIT", "days": 1},
                 {"id": "ask", "type": "TASK", "name": "Ask"},
                 {"id": "on", "type": "ADVANCE", "name": "On", "sequence": "%s"}]
                """;
        SequenceId from = journey.sequence(team, content.formatted(target));
        SequenceId circle = journey.sequence(team, content.formatted(from));
        List<String> leads = leads(3);

        JsonNode load = simulate(from, Map.of("recordIds", leads));
        revise(target, content.formatted(from));
        String page = api.browser(team.manager())
                .get("/sequences/" + from + "/simulation-panel?run=true&count=5")
                .body();
        JsonNode round = simulate(circle, Map.of("recordIds", leads));
        api.as(team.manager()).post("/sequences/" + target + "/deactivate", Map.of("running", "FINISH"));

        assertThat(load.at("/ends").toString()).isEqualTo("{\"ADVANCED\":3}");
        assertThat(load.at("/onward/0/sequence").asText()).isEqualTo(target.toString());
        assertThat(load.at("/onward/0/ends").toString()).isEqualTo("{\"COMPLETED\":3}");
        assertThat(days(load)).containsExactly("2026-03-03 tasks 6 mails 0");
        assertThat(page).contains("How those end who go on in");
        assertThat(round.at("/sellers/0/total").asInt()).isEqualTo(3 * 21);
        assertThat(round.at("/notes").toString()).isEqualTo("[\"advance\"]");
        JsonNode there = round.get("onward");
        int ends = 0;
        for (JsonNode one : there) {
            ends += one.at("/ends/ADVANCED").asInt() + one.at("/ends/BLOCKED").asInt();
        }
        assertThat(ends).isEqualTo(3 * 20);
    }

    private void revise(SequenceId sequence, String steps) {
        var manager = api.as(team.manager());
        ObjectNode revision = (ObjectNode)
                manager.post("/sequences/" + sequence + "/revision").body();
        try {
            revision.set("steps", new ObjectMapper().readTree(steps));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
        assertThat(manager.with("If-Match", "*")
                        .put("/sequences/" + sequence, revision)
                        .status())
                .isEqualTo(200);
        var activated = manager.post("/sequences/" + sequence + "/activate", Map.of("changeDescription", "round"));
        assertThat(activated.status()).as(activated.toString()).isEqualTo(200);
    }

    @Test
    void what_cannot_be_simulated_is_said() {
        SequenceId sequence = journey.sequence(team, "[{\"id\": \"meet\", \"type\": \"TASK\", \"name\": \"Meet\"}]");

        assertThat(post(sequence, Map.of()).status()).isEqualTo(400);
        assertThat(post(sequence, Map.of("count", 1, "recordIds", leads(1))).status())
                .isEqualTo(400);
        assertThat(post(sequence, Map.of("count", 10_001)).status()).isEqualTo(400);
        assertThat(post(sequence, Map.of("count", 1, "rates", Map.of("opened", 1.5)))
                        .detail())
                .contains("'rates.opened'");
        assertThat(post(sequence, Map.of("recordIds", List.of(RecordId.next().toString())))
                        .status())
                .isEqualTo(404);
        String empty = api.as(team.manager())
                .post("/sequences", Map.of("name", TestUsers.next("Empty"), "steps", List.of()))
                .body()
                .get("id")
                .asText();
        assertThat(api.as(team.manager())
                        .post("/sequences/" + empty + "/simulate", Map.of("count", 1))
                        .status())
                .isEqualTo(422);
    }

    private List<String> leads(int number) {
        return IntStream.range(0, number)
                .mapToObj(n -> journey.lead(team).toString())
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private JsonNode simulate(SequenceId sequence, Map<String, Object> asked) {
        Api.Answer answer = post(sequence, asked);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.body();
    }

    private Api.Answer post(SequenceId sequence, Map<String, Object> asked) {
        return api.as(team.manager()).post("/sequences/" + sequence + "/simulate", asked);
    }

    private static List<String> days(JsonNode load) {
        List<String> days = new ArrayList<>();
        StreamSupport.stream(load.get("days").spliterator(), false)
                .forEach(day -> days.add(
                        day.get("date").asText() + " tasks " + day.get("tasks").asInt() + " mails "
                                + day.get("mails").asInt()));
        return days;
    }
}
