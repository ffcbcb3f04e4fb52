package io.upnext.enrollment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.upnext.messaging.Receiving;
import io.upnext.record.Records;
import io.upnext.shared.Actor;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.Principal;
import io.upnext.shared.RecordId;
import io.upnext.shared.RecordType;
import io.upnext.shared.SequenceId;
import io.upnext.testing.Api;
import io.upnext.testing.Journey;
import io.upnext.testing.Journey.SalesTeam;
import io.upnext.testing.TestMail;
import io.upnext.testing.TestUsers;
import io.upnext.testing.UpnextTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Every way a condition can be asked and answered, on the real engine and with real mail. */
@UpnextTest
class ConditionTest {

    private static final String NO_EXITS =
            "{\"exitOnReply\": false, \"exitOnUnsubscribe\": false, \"exitOnBounce\": false}";

    private final Journey journey;
    private final StepRuns stepRuns;
    private final Records records;
    private final Receiving receiving;
    private final TestUsers users;
    private final TestMail mail;
    private final Api api;
    private SalesTeam team;

    ConditionTest(
            @Autowired Journey journey,
            @Autowired StepRuns stepRuns,
            @Autowired Records records,
            @Autowired Receiving receiving,
            @Autowired TestUsers users,
            @Autowired TestMail mail,
            @Autowired Api api) {
        this.journey = journey;
        this.stepRuns = stepRuns;
        this.records = records;
        this.receiving = receiving;
        this.users = users;
        this.mail = mail;
        this.api = api;
    }

    @BeforeEach
    void aTeam() {
        team = journey.team();
    }

    @Test
    void any_needs_one_and_all_needs_each_of_opened_clicked_and_replied() {
        SequenceId any = asks("any", "OPENED\", \"REPLIED", "AT_ONCE");
        SequenceId all = asks("all", "OPENED\", \"LINK_CLICKED\", \"REPLIED", "AT_ONCE");
        RecordId lead = journey.lead(team);
        RecordId other = journey.lead(team);
        EnrollmentId one = journey.connect(team, any, lead);
        EnrollmentId each = journey.connect(team, all, other);

        visit(other, "/t/c/");
        journey.run();
        visit(lead, "/t/c/");
        journey.run();
        assertThat(journey.path(one)).containsExactly("intro:DONE:SENT", "asked:WAITING");
        visit(lead, "/t/o/");
        visit(other, "/t/o/");
        journey.run();
        assertThat(journey.path(one)).containsExactly("intro:DONE:SENT", "asked:DONE:YES", "good:OPEN");
        assertThat(journey.path(each)).containsExactly("intro:DONE:SENT", "asked:WAITING");
        reply(other);
        assertThat(journey.path(each)).containsExactly("intro:DONE:SENT", "asked:DONE:YES", "good:OPEN");
    }

    @Test
    void at_the_limit_it_is_looked_at_then_and_a_mail_not_sent_takes_no_at_once() {
        SequenceId sequence = asks("any", "LINK_CLICKED", "AT_LIMIT");
        RecordId lead = journey.lead(team);
        EnrollmentId clicks = journey.connect(team, sequence, lead);
        EnrollmentId silent = journey.connect(team, sequence, journey.lead(team));
        EnrollmentId refused = journey.connect(team, sequence, journey.lead(team, Map.of("doNotEmail", true)));
        assertThat(journey.path(refused)).containsExactly("intro:SKIPPED:DO_NOT_EMAIL", "asked:DONE:NO", "bad:OPEN");

        visit(lead, "/t/c/");
        journey.advance(Duration.ofHours(47));
        assertThat(journey.path(clicks)).containsExactly("intro:DONE:SENT", "asked:WAITING");
        journey.advance(Duration.ofHours(2));

        assertThat(journey.path(clicks)).containsExactly("intro:DONE:SENT", "asked:DONE:YES", "good:OPEN");
        assertThat(journey.path(silent)).containsExactly("intro:DONE:SENT", "asked:DONE:NO", "bad:OPEN");
    }

    @Test
    void a_branch_may_begin_with_a_further_condition_on_the_mail_and_what_happened_before_counts() {
        SequenceId sequence = journey.sequence(team, """
                [{"id": "intro", "type": "AUTOMATED_EMAIL", "name": "Intro", "template": "%s"},
                 {"id": "replied", "type": "CONDITION", "test": {"email": {"any": ["REPLIED"]}}, "within": {"days": 1},
                  "yes": [],
                  "no": [{"id": "clicked", "type": "CONDITION", "test": {"email": {"any": ["LINK_CLICKED"]}},
                    "within": {"days": 1},
                    "yes": [{"id": "good", "type": "TASK", "name": "Good"}],
                    "no": [{"id": "bad", "type": "TASK", "name": "Bad"}]}]}]
                """.formatted(journey.template(team)), NO_EXITS);
        RecordId before = journey.lead(team);
        RecordId after = journey.lead(team);
        EnrollmentId early = journey.connect(team, sequence, before);
        EnrollmentId late = journey.connect(team, sequence, after);
        EnrollmentId never = journey.connect(team, sequence, journey.lead(team, Map.of("doNotEmail", true)));
        assertThat(journey.path(never))
                .containsExactly("intro:SKIPPED:DO_NOT_EMAIL", "replied:DONE:NO", "clicked:DONE:NO", "bad:OPEN");

        visit(before, "/t/c/");
        journey.advance(Duration.ofHours(25));
        assertThat(journey.path(early))
                .containsExactly("intro:DONE:SENT", "replied:DONE:NO", "clicked:DONE:YES", "good:OPEN");
        assertThat(journey.path(late)).containsExactly("intro:DONE:SENT", "replied:DONE:NO", "clicked:WAITING");
        visit(after, "/t/c/");
        journey.run();
        assertThat(journey.path(late))
                .containsExactly("intro:DONE:SENT", "replied:DONE:NO", "clicked:DONE:YES", "good:OPEN");
    }

    @Test
    void who_skips_a_mail_takes_no_and_a_branch_goes_on_in_another() {
        SequenceId sequence = journey.sequence(team, """
                [{"id": "write", "type": "EMAIL", "name": "Write", "template": "%s"},
                 {"id": "replied", "type": "CONDITION", "test": {"email": {"any": ["REPLIED"]}}, "within": {"days": 2},
                  "yes": [{"id": "good", "type": "TASK", "name": "Good"}, {"goTo": "thank"}],
                  "no": [{"id": "bad", "type": "TASK", "name": "Bad"}, {"id": "thank", "type": "TASK", "name": "Thank"}]}]
                """.formatted(journey.template(team)), NO_EXITS);
        RecordId lead = journey.lead(team);
        EnrollmentId skipped = journey.connect(team, sequence, journey.lead(team));
        EnrollmentId elsewhere = journey.connect(team, sequence, journey.lead(team));
        EnrollmentId written = journey.connect(team, sequence, lead);

        stepRuns.skip(users.caller(team.seller()), journey.open(skipped).id(), null);
        complete(elsewhere, Map.of("doneElsewhere", true));
        complete(written, Map.of("email", Map.of("subject", "Hello", "html", "<p>Hello</p>")));
        journey.run();
        assertThat(journey.path(skipped)).containsExactly("write:SKIPPED:SKIPPED", "replied:DONE:NO", "bad:OPEN");
        assertThat(journey.path(elsewhere)).endsWith("replied:DONE:NO", "bad:OPEN");
        assertThat(journey.path(written)).endsWith("replied:WAITING");
        reply(lead);
        complete(written, Map.of());

        assertThat(journey.path(written)).endsWith("replied:DONE:YES", "good:DONE:COMPLETED", "thank:OPEN");
    }

    @Test
    void filters_reach_the_account_and_the_contact_at_the_moment_they_are_asked() {
        Principal seller = Principal.user(team.seller().id());
        RecordId account = records.create(
                        RecordType.ACCOUNT,
                        Map.of("name", TestUsers.next("Acme"), "city", "Rome"),
                        seller,
                        null,
                        Actor.SYSTEM)
                .id();
        RecordId contact = records.create(
                        RecordType.CONTACT,
                        Map.of("firstName", "Ada", "lastName", "L", "jobTitle", "CEO", "account", account.toString()),
                        seller,
                        null,
                        Actor.SYSTEM)
                .id();
        RecordId deal = records.create(
                        RecordType.OPPORTUNITY,
                        Map.of("name", "Deal", "account", account.toString(), "contact", contact.toString()),
                        seller,
                        "OPEN",
                        Actor.SYSTEM)
                .id();
        SequenceId sequence = opportunities("""
                [{"id": "wait", "type": "TASK", "name": "Wait"},
                 {"id": "rome", "type": "CONDITION", "test": {"field": {"all": [
                    {"field": "account.city", "op": "EQUALS", "value": "rome"},
                    {"any": [{"field": "contact.jobTitle", "op": "IN", "value": ["CTO", "CIO"]},
                             {"field": "contact.firstName", "op": "STARTS_WITH", "value": "g"}]}]}},
                  "yes": [{"id": "good", "type": "TASK", "name": "Good"}],
                  "no": [{"id": "bad", "type": "TASK", "name": "Bad"}]}]
                """);
        EnrollmentId enrollment = journey.connect(team, sequence, deal);

        records.update(contact, Map.of("jobTitle", "CTO"), null, null, Actor.SYSTEM);
        complete(enrollment, Map.of());

        assertThat(journey.path(enrollment)).containsExactly("wait:DONE:COMPLETED", "rome:DONE:YES", "good:OPEN");
    }

    private SequenceId opportunities(String steps) {
        JsonNode made = api.as(team.manager())
                .post("/sequences", """
                        {"name": "%s", "recordType": "OPPORTUNITY", "steps": %s}
                        """.formatted(TestUsers.next("Sequence"), steps))
                .body();
        Api.Answer activated = api.as(team.manager())
                .post("/sequences/" + made.at("/id").asText() + "/activate", Map.of("changeDescription", "first"));
        assertThat(activated.status()).as(activated.toString()).isEqualTo(200);
        return SequenceId.of(made.at("/id").asText());
    }

    private SequenceId asks(String how, String events, String decide) {
        return journey.sequence(team, """
                [{"id": "intro", "type": "AUTOMATED_EMAIL", "name": "Intro", "template": "%s"},
                 {"id": "asked", "type": "CONDITION", "test": {"email": {"%s": ["%s"]}}, "within": {"days": 2},
                  "decide": "%s",
                  "yes": [{"id": "good", "type": "TASK", "name": "Good"}],
                  "no": [{"id": "bad", "type": "TASK", "name": "Bad"}]}]
                """.formatted(journey.template(team), how, events, decide), NO_EXITS);
    }

    private void complete(EnrollmentId id, Map<String, Object> evidence) {
        Api.Answer answer =
                api.as(team.seller()).post("/step-runs/" + journey.open(id).id() + "/complete", evidence);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    }

    private void reply(RecordId lead) {
        List<TestMail.Received> all = mail.at(journey.addressOf(lead));
        mail.answer(all.get(all.size() - 1), "Yes.");
        receiving.fetchNow(mail.mailboxOf(team.seller().id()));
        journey.run();
    }

    private void visit(RecordId lead, String kind) {
        var link = Pattern.compile(kind + "[^\"'<>\\s]+")
                .matcher(mail.only(journey.addressOf(lead)).html());
        assertThat(link.find()).isTrue();
        api.anonymous().with("User-Agent", "Mozilla/5.0 Firefox/140").get("/" + link.group());
    }
}
