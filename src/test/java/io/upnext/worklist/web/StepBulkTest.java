package io.upnext.worklist.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.upnext.record.CrmRecord;
import io.upnext.security.Role;
import io.upnext.testing.Api;
import io.upnext.testing.Api.Answer;
import io.upnext.testing.TestUsers;
import io.upnext.testing.TestUsers.Person;
import io.upnext.testing.UpnextTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** One action on many steps, and who may steer what a record is connected to. */
@UpnextTest
class StepBulkTest {

    private static final String WAIT =
            "{\"id\": \"pause\", \"type\": \"WAIT\", \"name\": \"Pause\", \"days\": 2, \"hours\": 0}";

    @Autowired
    Api api;

    @Autowired
    TestUsers users;

    @Autowired
    ApplicationContext context;

    Selling selling;
    Person seller;

    @BeforeEach
    void aSeller() {
        selling = new Selling(context);
        seller = users.seller();
    }

    private Answer act(Person person, Map<String, ?> action) {
        return api.as(person).post("/step-runs/actions", action);
    }

    @Test
    void everything_a_filter_finds_is_noted_snoozed_and_given_away_in_the_background() {
        String sequence = selling.sequence(Selling.TASK);
        selling.connect(sequence, selling.lead(seller), selling.lead(seller), selling.lead(seller));
        JsonNode other = selling.openStep(seller, Selling.CALL);
        Person colleague = users.seller(seller.unit());
        var all = Map.of("sequence", sequence);

        for (var action : List.of(
                Map.of("action", "NOTE", "note", "On holiday", "filter", all),
                Map.of("action", "SNOOZE", "until", "2026-03-04T09:00:00Z", "filter", all),
                Map.of("action", "ASSIGN", "to", colleague.username(), "filter", all))) {
            Answer started = act(seller, action);
            assertThat(started.status()).as(started.toString()).isEqualTo(202);
            selling.settle();
            JsonNode operation = api.as(seller)
                    .get("/operations/" + started.body().get("operation").asText())
                    .body();
            assertThat(operation.get("succeeded").asInt())
                    .as(operation.toString())
                    .isEqualTo(3);
        }

        JsonNode given = api.as(colleague).get("/work-list?due=ALL").body();
        assertThat(given.get("total").asInt()).isEqualTo(3);
        assertThat(given.findValuesAsText("note")).containsOnly("On holiday");
        assertThat(given.findValuesAsText("snoozedUntil")).containsOnly("2026-03-04T09:00:00Z");
        assertThat(api.as(seller)
                        .get("/work-list?due=ALL")
                        .body()
                        .get("items")
                        .get(0)
                        .get("id"))
                .isEqualTo(other.get("id"));
    }

    @Test
    void what_is_refused_in_the_background_stops_nothing_and_says_why() {
        String sequence = selling.sequence(Selling.CALL);
        selling.connect(sequence, selling.lead(seller), selling.lead(seller));

        Answer started = act(seller, Map.of("action", "COMPLETE", "filter", Map.of("sequence", sequence)));
        selling.settle();

        String operation = "/operations/" + started.body().get("operation").asText();
        assertThat(api.as(seller).get(operation).body().get("rejected").asInt()).isEqualTo(2);
        assertThat(api.as(seller).get(operation + "/results").text()).contains("A call needs its outcome");
        assertThat(act(seller, Map.of("action", "SKIP")).status()).isEqualTo(400);
        assertThat(act(seller, Map.of("action", "NOTE", "ids", List.of())).status())
                .isEqualTo(400);
    }

    @Test
    void a_wait_ends_by_those_whose_work_it_is_and_nobody_else_of_the_unit() {
        CrmRecord lead = selling.lead(seller);
        selling.connect(selling.sequence(WAIT, Selling.TASK), lead);
        Person colleague = users.seller(seller.unit());
        JsonNode next = api.as(seller)
                .get("/records/leads/" + lead.id() + "/up-next")
                .body()
                .get("enrollments")
                .get(0);
        String wait = next.get("current").get(0).get("id").asText();
        String enrollment = "/enrollments/" + next.get("enrollment").get("id").asText();

        assertThat(api.as(colleague).get(enrollment).status()).isEqualTo(200);
        for (String steering : List.of("/pause", "/resume", "/end-wait", "/disconnect")) {
            Answer refused = api.as(colleague).post(enrollment + steering);
            assertThat(refused.status()).as(steering).isEqualTo(403);
        }
        assertThat(act(colleague, Map.of("action", "END_WAIT", "ids", List.of(wait)))
                        .body()
                        .findValuesAsText("ok"))
                .containsExactly("false");
        assertThat(api.as(seller).post(enrollment + "/pause").status()).isEqualTo(200);
        assertThat(api.as(users.with(seller.unit(), Role.SALES_MANAGER))
                        .post(enrollment + "/resume")
                        .status())
                .isEqualTo(200);
        assertThat(act(seller, Map.of("action", "END_WAIT", "ids", List.of(wait)))
                        .body()
                        .findValuesAsText("ok"))
                .containsExactly("true");
        selling.settle();
        assertThat(selling.of(seller, lead, "ALL")).hasSize(1);
    }

    @Test
    void the_page_acts_on_the_chosen_steps_and_on_all_that_the_filter_finds() {
        String sequence = selling.sequence(Selling.TASK);
        CrmRecord first = selling.lead(seller);
        selling.connect(sequence, first, selling.lead(seller), selling.lead(seller));
        String chosen = selling.of(seller, first, "ALL").get(0).get("id").asText();
        Person colleague = users.seller(seller.unit());
        var browser = api.visit(seller);

        assertThat(browser.post("/work/actions?lang=de", "action", "SKIP").text())
                .contains("Kein Schritt ist ausgewählt");
        assertThat(browser.post("/work/actions?lang=en", "action", "SKIP", "ids", chosen)
                        .text())
                .contains("1 step done");
        assertThat(selling.of(seller, first, "ALL")).isEmpty();
        browser.post(
                "/work/actions?sequence=" + sequence,
                "action",
                "ASSIGN",
                "all",
                "true",
                "assignee",
                colleague.id().toString());
        selling.settle();

        assertThat(api.as(colleague)
                        .get("/work-list?due=ALL")
                        .body()
                        .get("total")
                        .asInt())
                .isEqualTo(2);
    }
}
