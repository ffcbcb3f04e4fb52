package io.upnext.enrollment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.upnext.enrollment.abtest.Lots;
import io.upnext.enrollment.abtest.TestRow;
import io.upnext.enrollment.abtest.Variant;
import io.upnext.messaging.Receiving;
import io.upnext.messaging.template.TemplateCatalogue;
import io.upnext.operation.Worker;
import io.upnext.security.Role;
import io.upnext.sequence.Step;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.RecordId;
import io.upnext.shared.RecordType;
import io.upnext.shared.SequenceId;
import io.upnext.shared.StepRunId;
import io.upnext.shared.VersionId;
import io.upnext.testing.Api;
import io.upnext.testing.Journey;
import io.upnext.testing.Journey.SalesTeam;
import io.upnext.testing.MutableClock;
import io.upnext.testing.TestMail;
import io.upnext.testing.TestUsers;
import io.upnext.testing.UpnextTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

@UpnextTest
class AbTestJourneyTest {

    private final Journey journey;
    private final TestUsers users;
    private final TestMail mail;
    private final TemplateCatalogue templates;
    private final Receiving receiving;
    private final Api api;
    private final MutableClock clock;
    private final ObjectProvider<Worker> workers;
    private final Lots lots;
    private final TransactionTemplate transaction;
    private SalesTeam team;

    AbTestJourneyTest(
            @Autowired Journey journey,
            @Autowired TestUsers users,
            @Autowired TestMail mail,
            @Autowired TemplateCatalogue templates,
            @Autowired Receiving receiving,
            @Autowired Api api,
            @Autowired MutableClock clock,
            @Autowired ObjectProvider<Worker> workers,
            @Autowired Lots lots,
            @Autowired TransactionTemplate transaction) {
        this.journey = journey;
        this.users = users;
        this.mail = mail;
        this.templates = templates;
        this.receiving = receiving;
        this.api = api;
        this.clock = clock;
        this.workers = workers;
        this.lots = lots;
        this.transaction = transaction;
    }

    @BeforeEach
    void aTeam() {
        team = journey.team();
    }

    @Test
    void the_version_more_people_click_is_what_everybody_gets_from_then_on() {
        SequenceId sequence = test("\"winner\": \"CLICKS\"");
        List<RecordId> leads = leads(20);

        EnrollmentId first = journey.connect(team, sequence, leads.toArray(RecordId[]::new));
        List<RecordId> gotA =
                leads.stream().filter(lead -> got(lead).equals("A")).toList();
        assertThat(gotA).hasSize(10);
        assertThat(journey.path(first)).containsExactly("try:DONE:SENT", "clicked:WAITING");
        assertThat(figures(sequence).at("/a/test/delivered").asInt()).isEqualTo(10);
        assertThat(planned(sequence, leads.get(0)).findValuesAsText("subject")).containsExactly("A", "A", "B");
        gotA.subList(0, 8).forEach(this::click);
        journey.run();

        JsonNode decided = figures(sequence);
        assertThat(decided.at("/state").asText()).isEqualTo("DECIDED");
        assertThat(decided.at("/chosen").asText()).isEqualTo("A");
        assertThat(decided.at("/decision").asText()).isEqualTo("SIGNIFICANT");
        assertThat(decided.at("/p").asDouble()).isLessThan(decided.at("/level").asDouble());
        assertThat(decided.at("/a/rate").asDouble()).isEqualTo(0.8);
        List<RecordId> rest = leads(4);
        journey.connect(team, sequence, rest.toArray(RecordId[]::new));
        assertThat(rest).allSatisfy(lead -> assertThat(got(lead)).isEqualTo("A"));
        assertThat(figures(sequence).at("/a/rest/sent").asInt()).isEqualTo(4);
        assertThat(planned(sequence, leads.get(0)).findValuesAsText("subject")).containsExactly("A");
        assertThat(enrollmentsOf(gotA.get(0), sequence))
                .containsExactly("try:DONE:SENT", "clicked:DONE:YES", "good:OPEN");
    }

    @Test
    void undecided_at_its_end_the_default_is_used_and_two_nodes_decide_once() throws Exception {
        String until = clock.instant().plus(Duration.ofDays(2)).toString();
        SequenceId sequence =
                test("\"winner\": \"OPENS\", \"until\": \"%s\", \"default\": \"B\", \"split\": 90".formatted(until));
        List<RecordId> leads = leads(10);
        journey.connect(team, sequence, leads.toArray(RecordId[]::new));
        assertThat(leads.stream().filter(lead -> got(lead).equals("A"))).hasSize(9);

        clock.set(clock.instant().plus(Duration.ofDays(2)));
        Worker worker = workers.stream()
                .filter(w -> w.name().equals("ab-tests"))
                .findFirst()
                .orElseThrow();
        CompletableFuture<Integer> other = CompletableFuture.supplyAsync(worker::runOnce);
        worker.runOnce();
        other.get();
        journey.run();

        JsonNode decided = figures(sequence);
        assertThat(decided.at("/chosen").asText()).isEqualTo("B");
        assertThat(decided.at("/decision").asText()).isEqualTo("DEFAULT");
        assertThat(audited(sequence)).hasSize(1);
        RecordId later = leads(1).get(0);
        journey.connect(team, sequence, later);
        assertThat(got(later)).isEqualTo("B");
    }

    @Test
    void who_stops_a_test_chooses_and_mails_that_have_not_left_are_turned() {
        SequenceId sequence = test(
                "\"winner\": \"REPLIES\"",
                "{\"window\": {\"days\": [\"SUNDAY\"], \"from\": \"10:00\","
                        + " \"to\": \"11:00\", \"zone\": \"SENDER\"}}");
        List<RecordId> leads = leads(6);
        EnrollmentId first = journey.connect(team, sequence, leads.toArray(RecordId[]::new));
        assertThat(journey.path(first)).containsExactly("try:WAITING");
        String run = api.as(team.manager())
                .get("/enrollments/" + first + "/step-runs")
                .body()
                .at("/items/0/id")
                .asText();
        assertThat(api.as(team.manager())
                        .get("/step-runs/" + run)
                        .body()
                        .at("/variant")
                        .asText())
                .matches("[AB]");
        String stop = "/step-runs/" + run + "/stop-test";

        assertThat(api.as(team.seller()).post(stop, Map.of("winner", "B")).status())
                .isEqualTo(403);
        assertThat(api.as(users.with(users.unit().id(), Role.SALESPERSON))
                        .post(stop, Map.of("winner", "B"))
                        .status())
                .isEqualTo(404);
        assertThat(api.as(team.manager()).post(stop, Map.of()).status()).isEqualTo(400);
        assertThat(api.as(team.manager()).post(stop, Map.of("winner", "B")).status())
                .isEqualTo(200);
        assertThat(api.as(team.manager()).post(stop, Map.of("winner", "B")).status())
                .isEqualTo(200);
        assertThat(api.as(team.manager()).post(stop, Map.of("winner", "A")).status())
                .isEqualTo(409);
        assertThat(api.as(team.manager())
                        .get("/step-runs/" + run + "/preview")
                        .body()
                        .at("/subject")
                        .asText())
                .isEqualTo("B");
        assertThat(api.as(team.manager())
                        .post("/step-runs/" + run + "/send-now", Map.of())
                        .status())
                .isEqualTo(200);
        journey.advance(Duration.ofDays(7));

        assertThat(leads).allSatisfy(lead -> assertThat(got(lead)).isEqualTo("B"));
        assertThat(figures(sequence).at("/b/rest/sent").asInt()).isEqualTo(6);
        assertThat(figures(sequence).at("/decision").asText()).isEqualTo("STOPPED");
        mail.answer(mail.only(journey.addressOf(leads.get(0))), "Yes.");
        receiving.fetchNow(mail.mailboxOf(team.seller().id()));
        journey.run();
        assertThat(figures(sequence).at("/b/rest/replied").asInt()).isEqualTo(1);
    }

    @Test
    void draws_at_the_same_moment_keep_the_split_and_one_that_fails_leaves_no_trace() {
        TestRow.Key key = new TestRow.Key(VersionId.next(), "try");
        Step.AbTest step = new Step.AbTest("try", "Try", null, null, "A", "B", 30, null, null, null, null);
        SequenceId sequence = SequenceId.next();
        List<CompletableFuture<StepRunId>> drawn = new ArrayList<>();
        for (int i = 0; i < 110; i++) {
            boolean fails = i % 11 == 0;
            drawn.add(CompletableFuture.supplyAsync(() -> transaction.execute(status -> {
                StepRunId run = StepRunId.next();
                lots.enlist(key, sequence, step, EnrollmentId.next(), run);
                if (fails) {
                    status.setRollbackOnly();
                }
                return run;
            })));
        }

        List<StepRunId> runs = drawn.stream().map(CompletableFuture::join).toList();

        Collection<Variant> all = lots.variants(runs).values();
        assertThat(all.stream().filter(Variant.A::equals)).hasSize(30);
        assertThat(all.stream().filter(Variant.B::equals)).hasSize(70);
    }

    private List<String> enrollmentsOf(RecordId lead, SequenceId sequence) {
        List<String> paths = new ArrayList<>();
        api.as(team.manager())
                .get("/records/leads/" + lead + "/up-next")
                .body()
                .at("/enrollments")
                .forEach(one -> paths.addAll(
                        journey.path(EnrollmentId.of(one.at("/enrollment/id").asText()))));
        return paths;
    }

    private JsonNode audited(SequenceId sequence) {
        return api.as(users.administrator())
                .get("/audit?action=sequence.abTest&subject=sequence:" + sequence)
                .body()
                .at("/items");
    }

    private SequenceId test(String how) {
        return test(how, "{}");
    }

    private SequenceId test(String how, String options) {
        return journey.sequence(team, """
                [{"id": "try", "type": "AB_TEST", "name": "Try", "a": {"template": "%s"}, "b": {"template": "%s"}, %s},
                 {"id": "clicked", "type": "CONDITION", "test": {"email": {"any": ["LINK_CLICKED"]}}, "within": {"days": 5},
                  "yes": [{"id": "good", "type": "TASK", "name": "Good"}],
                  "no": [{"id": "bad", "type": "TASK", "name": "Bad"}]}]
                """.formatted(template("A"), template("B"), how), options);
    }

    private String template(String subject) {
        String name = TestUsers.next("template");
        templates.create(
                users.caller(team.manager()),
                new TemplateCatalogue.Draft(
                        name,
                        subject,
                        "<p><a href=\"https://www.example.com/offer\">Offer</a></p>",
                        null,
                        "en",
                        RecordType.LEAD));
        return name;
    }

    private List<RecordId> leads(int count) {
        List<RecordId> leads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            leads.add(journey.lead(team));
        }
        return leads;
    }

    private String got(RecordId lead) {
        return mail.only(journey.addressOf(lead)).subject();
    }

    private JsonNode planned(SequenceId sequence, RecordId lead) {
        return api.as(team.manager())
                .post("/sequences/" + sequence + "/preview", Map.of("recordId", lead.toString()))
                .body()
                .at("/entries/0");
    }

    private JsonNode figures(SequenceId sequence) {
        return api.as(team.manager())
                .get("/sequences/" + sequence + "/tests")
                .body()
                .get(0);
    }

    private void click(RecordId lead) {
        var link = Pattern.compile("/t/c/[^\"'<>\\s]+")
                .matcher(mail.only(journey.addressOf(lead)).html());
        assertThat(link.find()).isTrue();
        api.anonymous().with("User-Agent", "Mozilla/5.0 Firefox/140").get("/" + link.group());
    }
}
