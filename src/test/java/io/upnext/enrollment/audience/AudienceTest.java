package io.upnext.enrollment.audience;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.upnext.enrollment.Enrollment;
import io.upnext.enrollment.Enrollment.Reason;
import io.upnext.enrollment.Enrollment.State;
import io.upnext.enrollment.Enrollments;
import io.upnext.record.RecordSearch;
import io.upnext.record.Records;
import io.upnext.security.Role;
import io.upnext.shared.Actor;
import io.upnext.shared.AudienceId;
import io.upnext.shared.Principal;
import io.upnext.shared.RecordId;
import io.upnext.shared.RecordType;
import io.upnext.shared.SequenceId;
import io.upnext.shared.filter.Filter;
import io.upnext.testing.Api;
import io.upnext.testing.Api.Answer;
import io.upnext.testing.Journey;
import io.upnext.testing.Journey.SalesTeam;
import io.upnext.testing.MutableClock;
import io.upnext.testing.TestUsers;
import io.upnext.testing.TestUsers.Person;
import io.upnext.testing.UpnextTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Audiences connect whom they find, each entry once (specification §14, docs/audiences.md). */
@UpnextTest
class AudienceTest {

    private static final String TASK = "[{\"id\": \"meet\", \"type\": \"TASK\", \"name\": \"Meet\"}]";
    private static final String ON_CHANGE = "{\"kind\": \"ON_CHANGE\"}";

    private final Journey journey;
    private final Enrollments enrollments;
    private final Records records;
    private final RecordSearch search;
    private final TestUsers users;
    private final AudienceWorker worker;
    private final Joining joining;
    private final TransactionTemplate transaction;
    private final MutableClock clock;
    private final Api api;
    private final List<String> made = new ArrayList<>();
    private SalesTeam team;
    private String company;

    AudienceTest(
            @Autowired Journey journey,
            @Autowired Enrollments enrollments,
            @Autowired Records records,
            @Autowired RecordSearch search,
            @Autowired TestUsers users,
            @Autowired AudienceWorker worker,
            @Autowired Joining joining,
            @Autowired PlatformTransactionManager transactions,
            @Autowired MutableClock clock,
            @Autowired Api api) {
        this.journey = journey;
        this.enrollments = enrollments;
        this.records = records;
        this.search = search;
        this.users = users;
        this.worker = worker;
        this.joining = joining;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
        this.api = api;
    }

    @BeforeEach
    void aTeamWithProspectsOfOneCompany() {
        team = journey.team();
        company = TestUsers.next("Company");
    }

    /** The clock and the database belong to all tests: an audience left on would go on in theirs. */
    @AfterEach
    void noAudienceIsLeft() {
        made.forEach(id -> api.as(team.manager()).delete("/audiences/" + id));
    }

    @Test
    void at_its_time_of_day_it_connects_each_entry_and_each_address_once() {
        RecordId ada = lead(Map.of("email", company + "@prospects.example"));
        RecordId same = lead(Map.of("email", company.toUpperCase() + "@prospects.example"));
        RecordId grace = lead(Map.of());
        RecordId closed = records.create(
                        RecordType.LEAD,
                        Map.of("lastName", "Closed", "company", company),
                        Principal.user(team.seller().id()),
                        "QUALIFIED",
                        Actor.SYSTEM)
                .id();
        RecordId other = journey.lead(team);
        SequenceId sequence = journey.sequence(team, TASK, "{\"skipDuplicateAddresses\": false}");
        Map<String, Object> draft =
                draft(sequence, "{\"kind\": \"DAILY\", \"at\": \"11:30\", \"timeZone\": \"Europe/Berlin\"}");
        JsonNode preview =
                api.as(team.manager()).post("/audiences/preview", draft).body();
        assertThat(preview.get("total").asInt()).isEqualTo(4);
        assertThat(preview.get("connectable").asInt()).isEqualTo(3);
        assertThat(preview.get("sample")).hasSize(4);
        String audience = create(draft);
        journey.run();
        assertThat(in(sequence, ada, same, grace, closed, other)).isEmpty();
        assertThat(get(audience).get("nextRunAt").asText()).isEqualTo("2026-03-02T10:30:00Z");

        journey.advance(Duration.ofHours(2));

        List<RecordId> connected = in(sequence, ada, same, grace, closed, other);
        assertThat(connected).hasSize(2).contains(grace).doesNotContain(closed, other);
        assertThat(problems(audience, "REFUSED")).containsExactlyInAnyOrder("duplicate-address", "record-state");
        assertThat(get(audience).at("/counts/connected").asInt()).isEqualTo(2);
        Enrollment enrollment = enrollments.ofRecord(grace).get(0);
        assertThat(enrollment.connectedBy()).isEqualTo(team.manager().id());

        journey.advance(Duration.ofDays(1));
        assertThat(in(sequence, ada, same, grace)).hasSize(2);

        complete(grace);
        journey.advance(Duration.ofDays(1));
        assertThat(enrollments.ofRecord(grace)).as("ended, but never left").hasSize(1);

        update(grace, "company", "Elsewhere");
        journey.advance(Duration.ofDays(1));
        update(grace, "company", company);
        journey.advance(Duration.ofDays(1));
        assertThat(enrollments.ofRecord(grace)).as("left and entered again").hasSize(2);
    }

    @Test
    void on_change_it_connects_who_comes_to_fit_and_lets_go_who_leaves_only_where_that_is_chosen() {
        RecordId before = lead(Map.of());
        SequenceId kept = journey.sequence(team, TASK);
        SequenceId left = journey.sequence(team, TASK);
        create(draft(kept, ON_CHANGE));
        Map<String, Object> leaving = draft(left, ON_CHANGE);
        leaving.put("disconnectOnLeave", true);
        leaving.put("priority", 200);
        create(leaving);
        journey.run();
        assertThat(in(kept, before)).containsExactly(before);
        assertThat(in(left, before)).as("the other comes first").isEmpty();

        RecordId later = journey.lead(team);
        journey.run();
        assertThat(in(kept, later)).isEmpty();
        update(later, "company", company);
        journey.run();
        assertThat(in(kept, later)).containsExactly(later);

        disable(made.get(0));
        evaluate(made.get(1));
        assertThat(in(left, before, later)).containsExactlyInAnyOrder(before, later);
        update(later, "company", "Elsewhere");
        journey.run();
        assertThat(last(left, later).reason()).isEqualTo(Reason.CRITERIA_MET);
        assertThat(last(kept, later).state()).isEqualTo(State.CONNECTED);
    }

    @Test
    void of_several_audiences_the_first_by_priority_takes_a_record_and_the_next_when_it_has_left_that_one() {
        SequenceId first = journey.sequence(team, TASK);
        SequenceId second = journey.sequence(team, TASK);
        Map<String, Object> high = draft(first, ON_CHANGE);
        high.put("priority", 1);
        high.put(
                "filter",
                filter("{\"field\": \"company\", \"op\": \"EQUALS\", \"value\": \"%s\"},".formatted(company)
                        + "{\"field\": \"city\", \"op\": \"EQUALS\", \"value\": \"Bonn\"}"));
        String low = create(draft(second, ON_CHANGE));
        create(high);
        RecordId both = lead(Map.of("city", "Bonn"));
        RecordId one = lead(Map.of("city", "Kiel"));

        journey.run();
        assertThat(in(first, both, one)).containsExactly(both);
        assertThat(in(second, both, one)).containsExactly(one);
        assertThat(problems(low, "YIELDED")).containsExactly("priority");

        update(both, "city", "Kiel");
        journey.run();
        assertThat(in(second, both)).containsExactly(both);
        assertThat(last(first, both).state()).as("leaving disconnects nobody").isEqualTo(State.CONNECTED);
    }

    @Test
    void the_contacts_of_the_accounts_it_finds_enter_a_sequence_of_contacts() {
        RecordId account = record(RecordType.ACCOUNT, Map.of("name", company, "city", "Bonn"));
        RecordId contact = contact(account);
        RecordId stranger = contact(record(RecordType.ACCOUNT, Map.of("name", company, "city", "Kiel")));
        SequenceId sequence = sequence("CONTACT", "\"ADAPTIVE\"", TASK);
        Map<String, Object> draft = draft(sequence, ON_CHANGE);
        draft.put("recordType", "ACCOUNT");
        draft.put(
                "filter",
                filter("{\"field\": \"name\", \"op\": \"EQUALS\", \"value\": \"%s\"},".formatted(company)
                        + "{\"field\": \"city\", \"op\": \"EQUALS\", \"value\": \"Bonn\"}"));
        create(draft);
        journey.run();
        assertThat(in(sequence, contact, stranger)).containsExactly(contact);

        update(records.find(stranger).map(c -> RecordId.of(c.text("account"))).orElseThrow(), "city", "Bonn");
        RecordId joining = contact(account);
        journey.run();

        assertThat(in(sequence, stranger, joining)).containsExactlyInAnyOrder(stranger, joining);
    }

    @Test
    void views_together_find_whoever_is_in_one_and_one_that_is_gone_stops_everything() {
        String bonn = view("Bonn");
        String kiel = view("Kiel");
        RecordId first = lead(Map.of("city", "Bonn"));
        RecordId second = lead(Map.of("city", "Kiel"));
        RecordId third = lead(Map.of("city", "Ulm"));
        SequenceId sequence = journey.sequence(team, TASK);
        Map<String, Object> draft = draft(sequence, ON_CHANGE);
        draft.remove("filter");
        draft.put("views", List.of(bonn, kiel));
        draft.put("disconnectOnLeave", true);
        String audience = create(draft);
        journey.run();
        assertThat(in(sequence, first, second, third)).containsExactlyInAnyOrder(first, second);

        api.as(team.manager()).delete("/views/" + kiel);
        evaluate(audience);

        assertThat(get(audience).at("/problem/rule").asText()).isEqualTo("view");
        assertThat(last(sequence, second).state()).isEqualTo(State.CONNECTED);
    }

    @Test
    void who_ends_one_sequence_enters_the_next_once_and_goes_round_in_no_circle() {
        SequenceId first = journey.sequence(team, TASK);
        SequenceId next = journey.sequence(team, TASK);
        Map<String, Object> draft = draft(next, ON_CHANGE);
        draft.put(
                "filter",
                filter("{\"field\": \"company\", \"op\": \"EQUALS\", \"value\": \"%s\"},".formatted(company)
                        + "{\"field\": \"sequence.ever\", \"op\": \"EQUALS\", \"value\": \"%s\"},".formatted(first)
                        + "{\"field\": \"sequence\", \"op\": \"IS_EMPTY\"}"));
        create(draft);
        RecordId lead = lead(Map.of());
        journey.connect(team, first, lead);
        assertThat(in(next, lead)).isEmpty();

        complete(lead);
        journey.run();
        assertThat(in(next, lead)).containsExactly(lead);

        complete(lead);
        journey.run();
        evaluate(made.get(0));
        assertThat(enrollments.ofRecord(lead)).hasSize(2);
        draft.put("disconnectOnLeave", true);
        assertThat(api.as(team.manager())
                        .post("/audiences", draft)
                        .body()
                        .at("/problems/0/rule")
                        .asText())
                .isEqualTo("disconnectOnLeave");
    }

    @Test
    void the_last_contact_is_a_change_too() {
        SequenceId sequence = journey.sequence(team, TASK);
        Map<String, Object> draft = draft(sequence, ON_CHANGE);
        draft.put(
                "filter",
                filter("{\"field\": \"company\", \"op\": \"EQUALS\", \"value\": \"%s\"},".formatted(company)
                        + "{\"field\": \"lastContactedMode\", \"op\": \"EQUALS\", \"value\": \"REPLIED\"}"));
        create(draft);
        RecordId lead = lead(Map.of());
        journey.run();
        assertThat(in(sequence, lead)).isEmpty();

        records.touched(lead, "REPLIED", null);
        journey.run();

        assertThat(in(sequence, lead)).containsExactly(lead);
    }

    @Test
    void a_classic_sequence_is_fed_right_before_its_run() {
        SequenceId sequence = sequence("LEAD", """
                "CLASSIC", "schedule": {"at": "11:30", "timeZone": "Europe/Berlin"}""", """
                [{"id": "meet", "type": "TASK", "name": "Meet", "day": 1}]""");
        Map<String, Object> draft = draft(sequence, ON_CHANGE);
        assertThat(api.as(team.manager())
                        .post("/audiences", draft)
                        .body()
                        .at("/problems/0/rule")
                        .asText())
                .isEqualTo("when");
        draft.remove("when");
        String audience = create(draft);
        assertThat(get(audience).get("nextRunAt").asText()).isEqualTo("2026-03-02T10:15:00Z");
        RecordId lead = lead(Map.of());

        journey.advance(Duration.ofMinutes(80));
        assertThat(in(sequence, lead)).containsExactly(lead);
        assertThat(journey.path(last(sequence, lead).id())).isEmpty();
        journey.advance(Duration.ofMinutes(20));
        assertThat(journey.path(last(sequence, lead).id())).as("day 1 is today").containsExactly("meet:OPEN");
        assertThat(get(audience).get("nextRunAt").asText()).isEqualTo("2026-03-03T10:15:00Z");
    }

    @Test
    void while_its_sequence_rests_it_says_so_and_connects_nobody() {
        SequenceId sequence = journey.sequence(team, TASK);
        String audience = create(draft(sequence, ON_CHANGE));
        api.as(team.manager()).post("/sequences/" + sequence + "/deactivate", Map.of("running", "FINISH"));
        RecordId meanwhile = lead(Map.of());
        journey.run();
        JsonNode held = get(audience);
        assertThat(held.get("state").asText()).isEqualTo("HELD");
        assertThat(held.at("/problem/rule").asText()).isEqualTo("sequence-not-active");
        assertThat(in(sequence, meanwhile)).isEmpty();

        api.as(team.manager()).post("/sequences/" + sequence + "/activate", Map.of("changeDescription", "again"));
        journey.run();

        assertThat(get(audience).get("state").asText()).isEqualTo("ON");
        assertThat(in(sequence, meanwhile)).containsExactly(meanwhile);

        api.as(team.manager()).delete("/sequences/" + sequence);
        lead(Map.of());
        journey.run();
        assertThat(get(audience).at("/problem/rule").asText()).isEqualTo("sequence");
        disable(audience);
        assertThat(get(audience).get("state").asText()).isEqualTo("OFF");
        assertThat(api.as(team.manager())
                        .post("/audiences/" + audience + "/enable")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void it_finds_only_what_its_owner_sees_and_is_changed_only_by_who_sees_as_much() {
        Person boss = users.with(team.manager().unit(), Role.SALES_MANAGER);
        Person stranger = users.salesManager();
        SequenceId sequence = journey.sequence(team, TASK);
        RecordId own = lead(Map.of());
        RecordId foreign = records.create(
                        RecordType.LEAD,
                        Map.of("lastName", "Foreign", "company", company),
                        Principal.user(stranger.id()),
                        "NEW",
                        Actor.SYSTEM)
                .id();
        String theBoss = created(api.as(boss).post("/audiences", draft(sequence, ON_CHANGE)));
        journey.run();
        assertThat(in(sequence, own, foreign)).containsExactly(own);

        String theManagers = create(draft(sequence, ON_CHANGE));
        assertThat(api.as(boss).get("/audiences/" + theManagers).status()).isEqualTo(200);
        assertThat(api.as(boss).post("/audiences/" + theManagers + "/disable").status())
                .isEqualTo(403);
        assertThat(api.as(stranger).get("/audiences/" + theBoss).status()).isEqualTo(404);
        assertThat(api.as(team.seller()).get("/audiences").status()).isEqualTo(403);
        Map<String, Object> another = draft(sequence, ON_CHANGE);
        another.put("owner", team.manager().id().toString());
        assertThat(api.as(boss).post("/audiences", another).status()).isEqualTo(403);
        journey.run();
        assertThat(in(sequence, foreign)).containsExactly(foreign);
    }

    @Test
    void several_nodes_and_a_crash_in_the_middle_connect_each_record_once() throws Exception {
        SequenceId sequence = journey.sequence(team, TASK);
        List<RecordId> leads = new ArrayList<>();
        for (int i = 0; i < 130; i++) {
            leads.add(lead(Map.of()));
        }
        String audience = create(draft(sequence, ON_CHANGE));
        assertThat(worker.runOnce()).as("evaluated").isOne();
        transaction.executeWithoutResult(status -> {
            assertThat(joining.batch(AudienceId.of(audience), 50)).isEqualTo(50);
            status.setRollbackOnly();
        });
        evaluateLater(audience);

        ExecutorService nodes = Executors.newFixedThreadPool(4);
        List<Future<?>> done = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            done.add(nodes.submit(() -> {
                while (worker.runOnce() > 0) {
                    // until nothing is left for this one
                }
            }));
        }
        for (Future<?> one : done) {
            one.get();
        }
        nodes.shutdown();
        journey.run();

        assertThat(in(sequence, leads.toArray(RecordId[]::new))).hasSize(130);
        assertThat(leads)
                .allSatisfy(lead -> assertThat(enrollments.ofRecord(lead)).hasSize(1));
        assertThat(get(audience).at("/counts/connected").asInt()).isEqualTo(130);
    }

    @Test
    void what_cannot_be_an_audience_is_refused_with_a_sentence() {
        SequenceId sequence = journey.sequence(team, TASK);
        assertThat(refused(sequence, "name", " ")).isEqualTo("name");
        assertThat(refused(sequence, "recordType", "CONTACT")).isEqualTo("recordType");
        assertThat(refused(sequence, "views", List.of(AudienceId.next().toString())))
                .isEqualTo("filter");
        assertThat(refused(sequence, "filter", null)).isEqualTo("filter");
        assertThat(refused(sequence, "filter", filter(""))).isEqualTo("filter-limit");
        assertThat(refused(sequence, "filter", filter("{\"field\": \"no\", \"op\": \"IS_EMPTY\"}")))
                .isEqualTo("filter-field");
        assertThat(refused(sequence, "when", null)).isEqualTo("when");
        assertThat(refused(sequence, "when", json("{\"kind\": \"DAILY\", \"at\": \"25:00\"}")))
                .isEqualTo("at");
        assertThat(refused(sequence, "when", json("{\"kind\": \"DAILY\", \"at\": \"09:00\", \"timeZone\": \"Mars\"}")))
                .isEqualTo("timeZone");
        assertThat(refused(sequence, "priority", 0)).isEqualTo("priority");
        assertThat(refused(sequence, "sequence", SequenceId.next().toString())).isEqualTo("sequence");
        assertThat(api.as(team.manager()).get("/audiences/" + AudienceId.next()).status())
                .isEqualTo(404);
        assertThat(api.as(team.manager()).get("/audiences?sort=colour").status())
                .isEqualTo(400);
    }

    @Test
    void filters_ask_about_sequences_now_and_ever_and_java_agrees_with_the_database() {
        SequenceId one = journey.sequence(team, TASK);
        SequenceId other = journey.sequence(team, TASK);
        RecordId never = lead(Map.of());
        RecordId now = lead(Map.of());
        RecordId once = lead(Map.of());
        RecordId again = lead(Map.of());
        journey.connect(team, one, now, once, again);
        complete(once);
        complete(again);
        journey.run();
        clock.advance(Duration.ofMinutes(1));
        journey.connect(team, other, again);
        List<RecordId> all = List.of(never, now, once, again);

        assertThat(found(all, "sequence", "EQUALS", one)).containsExactly(now);
        assertThat(found(all, "sequence", "NOT_EQUALS", one)).containsExactly(never, once, again);
        assertThat(found(all, "sequence", "IS_EMPTY", null)).containsExactly(never, once);
        assertThat(found(all, "sequence.ever", "EQUALS", one)).containsExactly(now, once, again);
        assertThat(found(all, "sequence.ever", "NOT_EQUALS", one)).containsExactly(never);
        assertThat(found(all, "sequence.ever", "IS_EMPTY", null)).containsExactly(never);
        assertThat(found(all, "sequence.state", "EQUALS", "DISCONNECTED")).containsExactly(once, again);
        assertThat(found(all, "sequence.state", "NOT_EQUALS", one + "/disconnected"))
                .containsExactly(never, now);
        assertThat(found(all, "sequence.lastState", "EQUALS", "DISCONNECTED")).containsExactly(once);
        assertThat(found(all, "sequence.lastState", "EQUALS", one + "/DISCONNECTED"))
                .containsExactly(once, again);
        assertThat(found(all, "sequence.step", "EQUALS", "meet")).containsExactly(now, again);
        assertThat(found(all, "sequence.step", "EQUALS", one + "/meet")).containsExactly(now);
        assertThat(found(all, "sequence.stepEver", "EQUALS", one + "/meet")).containsExactly(now, once, again);
        assertThat(found(all, "sequence.stepEver", "NOT_EQUALS", "meet")).containsExactly(never);
        assertThat(refused(
                        one,
                        "filter",
                        filter("{\"field\": \"sequence.state\", \"op\": \"EQUALS\", \"value\": \"GONE\"}")))
                .isEqualTo("filter-value");
        assertThat(refused(one, "filter", filter("{\"field\": \"sequence.colour\", \"op\": \"IS_EMPTY\"}")))
                .isEqualTo("filter-field");
    }

    /** By the list, and each one by the evaluation in Java. */
    private List<RecordId> found(List<RecordId> among, String field, String op, Object value) {
        String leaf = "{\"field\": \"%s\", \"op\": \"%s\"%s}"
                .formatted(field, op, value == null ? "" : ", \"value\": \"" + value + "\"");
        Filter filter = Filter.parse(leaf);
        List<RecordId> byJava = among.stream()
                .filter(record -> records.matches(filter, records.graph(record).orElseThrow()))
                .toList();
        List<RecordId> byDatabase =
                search.ids(users.caller(team.manager()), RecordType.LEAD, company, filter, 100).stream()
                        .sorted(java.util.Comparator.comparing(among::indexOf))
                        .toList();
        assertThat(byDatabase).as(leaf).isEqualTo(byJava);
        return byJava;
    }

    @Test
    void the_action_of_dynamics_keeps_audience_and_source() {
        SequenceId sequence = journey.sequence(team, TASK);
        Map<String, Object> draft = draft(sequence, ON_CHANGE);
        draft.put("enabled", false);
        String audience = create(draft);
        RecordId lead = journey.lead(team);
        Map<String, String> body = new HashMap<>(Map.of(
                "RegardingEntityId",
                lead.toString(),
                "regardingEntityName",
                "LEAD",
                "SequenceId",
                sequence.toString()));
        body.put("SegmentId", AudienceId.next().toString());
        body.put("Source", "Power Automate");
        Answer unknown = api.as(team.manager()).post("/actions/ConnectSequence", body);
        assertThat(unknown.status()).isEqualTo(422);
        assertThat(unknown.detail()).contains("SegmentId");
        body.put("SegmentId", audience);
        Api.Caller caller = api.as(team.manager()).with("Idempotency-Key", TestUsers.next("key"));

        Answer connected = caller.post("/actions/ConnectSequence", body);
        Answer repeated = caller.post("/actions/ConnectSequence", body);

        assertThat(connected.status()).as(connected.toString()).isEqualTo(200);
        assertThat(repeated.text()).isEqualTo(connected.text());
        JsonNode enrollment = api.as(team.manager())
                .get("/enrollments/" + connected.body().get("EnrollmentId").asText())
                .body();
        assertThat(enrollment.get("audience").asText()).isEqualTo(audience);
        assertThat(enrollment.get("source").asText()).isEqualTo("Power Automate");
    }

    private String refused(SequenceId sequence, String field, Object value) {
        Map<String, Object> draft = draft(sequence, ON_CHANGE);
        draft.put(field, value);
        Answer answer = api.as(team.manager()).post("/audiences", draft);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        return answer.body().at("/problems/0/rule").asText();
    }

    private Map<String, Object> draft(SequenceId sequence, String when) {
        Map<String, Object> draft = new HashMap<>();
        draft.put("name", TestUsers.next("Audience"));
        draft.put("sequence", sequence.toString());
        draft.put(
                "filter", filter("{\"field\": \"company\", \"op\": \"EQUALS\", \"value\": \"%s\"}".formatted(company)));
        draft.put("when", json(when));
        draft.put("enabled", true);
        return draft;
    }

    private JsonNode filter(String leaves) {
        return json("{\"all\": [" + leaves + "]}");
    }

    private static JsonNode json(String text) {
        try {
            return new com.fasterxml.jackson.databind.ObjectMapper().readTree(text);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private String create(Map<String, Object> draft) {
        return created(api.as(team.manager()).post("/audiences", draft));
    }

    private String created(Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        made.add(answer.body().get("id").asText());
        return made.get(made.size() - 1);
    }

    private JsonNode get(String audience) {
        return api.as(team.manager()).get("/audiences/" + audience).body();
    }

    private void disable(String audience) {
        assertThat(api.as(team.manager())
                        .post("/audiences/" + audience + "/disable")
                        .status())
                .isEqualTo(200);
    }

    private void evaluate(String audience) {
        evaluateLater(audience);
        journey.run();
    }

    private void evaluateLater(String audience) {
        assertThat(api.as(team.manager())
                        .post("/audiences/" + audience + "/evaluate")
                        .status())
                .isEqualTo(200);
    }

    private List<String> problems(String audience, String state) {
        return api.as(team.manager())
                .get("/audiences/" + audience + "/members?state=" + state)
                .body()
                .get("items")
                .findValuesAsText("rule");
    }

    private String view(String city) {
        return api.as(team.manager())
                .post(
                        "/views",
                        Map.of(
                                "recordType",
                                "LEAD",
                                "name",
                                city,
                                "q",
                                company,
                                "filter",
                                filter("{\"field\": \"city\", \"op\": \"EQUALS\", \"value\": \"" + city + "\"}")))
                .body()
                .get("id")
                .asText();
    }

    private List<RecordId> in(SequenceId sequence, RecordId... candidates) {
        return List.of(candidates).stream()
                .filter(record -> enrollments.ofRecord(record).stream()
                        .anyMatch(enrollment -> enrollment.sequence().equals(sequence)))
                .toList();
    }

    private Enrollment last(SequenceId sequence, RecordId record) {
        return enrollments.ofRecord(record).stream()
                .filter(enrollment -> enrollment.sequence().equals(sequence))
                .findFirst()
                .orElseThrow();
    }

    private void complete(RecordId record) {
        String id = enrollments.ofRecord(record).get(0).id().toString();
        assertThat(api.as(team.manager())
                        .post("/enrollments/" + id + "/disconnect")
                        .status())
                .isEqualTo(200);
    }

    private RecordId lead(Map<String, Object> fields) {
        Map<String, Object> all = new HashMap<>(fields);
        all.put("company", company);
        return journey.lead(team, all);
    }

    private void update(RecordId record, String field, Object value) {
        records.update(record, Map.of(field, value), null, null, Actor.SYSTEM);
    }

    private RecordId contact(RecordId account) {
        return record(RecordType.CONTACT, Map.of("lastName", TestUsers.next("Contact"), "account", account.toString()));
    }

    private RecordId record(RecordType type, Map<String, Object> fields) {
        return records.create(type, fields, Principal.user(team.seller().id()), "ACTIVE", Actor.SYSTEM)
                .id();
    }

    private SequenceId sequence(String recordType, String mode, String steps) {
        String id = api.as(team.manager())
                .post("/sequences", """
                        {"name": "%s", "recordType": "%s", "mode": %s, "steps": %s}
                        """.formatted(TestUsers.next("Sequence"), recordType, mode, steps))
                .body()
                .get("id")
                .asText();
        Answer activated =
                api.as(team.manager()).post("/sequences/" + id + "/activate", Map.of("changeDescription", "first"));
        assertThat(activated.status()).as(activated.toString()).isEqualTo(200);
        return SequenceId.of(id);
    }
}
