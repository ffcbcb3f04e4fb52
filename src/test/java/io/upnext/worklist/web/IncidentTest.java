package io.upnext.worklist.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.upnext.record.CrmRecord;
import io.upnext.security.Role;
import io.upnext.testing.Api;
import io.upnext.testing.Api.Answer;
import io.upnext.testing.TestMail;
import io.upnext.testing.TestUsers;
import io.upnext.testing.TestUsers.Person;
import io.upnext.testing.UpnextTest;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Automated steps that failed: who sees them, what they say, and how they go on. */
@UpnextTest
class IncidentTest {

    @Autowired
    Api api;

    @Autowired
    TestUsers users;

    @Autowired
    TestMail mail;

    @Autowired
    ApplicationContext context;

    Selling selling;
    Person manager;
    Person seller;
    CrmRecord lead;

    /** A mail that cannot leave because its sender has no mailbox. */
    @BeforeEach
    void anIncident() {
        selling = new Selling(context);
        manager = users.with(Role.SALES_MANAGER);
        seller = users.seller(manager.unit());
        selling.equipWithMail(users.seller());
        lead = selling.lead(seller);
        selling.connect(selling.sequence(selling.automatedMail("Hello {{record.firstName}}")), lead);
    }

    private JsonNode incident(Person person) {
        Answer list = api.as(person).get("/incidents?size=500");
        assertThat(list.status()).as(list.toString()).isEqualTo(200);
        for (JsonNode item : list.body().get("items")) {
            if (item.get("record").get("id").asText().equals(lead.id().toString())) {
                return item;
            }
        }
        return null;
    }

    @Test
    void an_incident_says_what_failed_why_and_what_to_do() {
        JsonNode incident = incident(seller);

        assertThat(incident.get("step").get("id").asText()).isEqualTo("intro");
        assertThat(incident.get("cause").asText()).contains("mailbox");
        assertThat(incident.get("remedy").asText()).contains("try again");
        assertThat(incident.get("retriesLeft").asInt()).isZero();
        assertThat(incident.get("since").asText()).isEqualTo("2026-03-02T09:00:00Z");
        assertThat(incident.get("enrollment").asText()).isNotBlank();
        assertThat(api.as(seller)
                        .get("/enrollments/" + incident.get("enrollment").asText())
                        .body()
                        .get("state")
                        .asText())
                .isEqualTo("ERROR");
    }

    @Test
    void owners_and_managers_of_the_unit_see_it_and_strangers_do_not() {
        Person colleague = users.seller(manager.unit());
        JsonNode incident = incident(manager);

        assertThat(incident).isNotNull();
        assertThat(incident(users.administrator())).isNotNull();
        assertThat(incident(colleague)).isNull();
        assertThat(incident(users.seller())).isNull();
        assertThat(incident(users.salesManager())).isNull();
        String retry = "/incidents/" + incident.get("id").asText() + "/retry";
        assertThat(api.as(colleague).post(retry).status()).isEqualTo(403);
        assertThat(api.as(users.seller()).post(retry).status()).isEqualTo(404);
    }

    @Test
    void after_the_cause_is_gone_trying_again_helps() {
        String id = incident(seller).get("id").asText();
        mail.mailboxOf(seller);

        Answer retried = api.as(seller).post("/incidents/" + id + "/retry");
        selling.settle();

        assertThat(retried.status()).as(retried.toString()).isEqualTo(200);
        assertThat(incident(seller)).isNull();
        assertThat(api.as(seller).get("/step-runs/" + id).body().get("outcome").asText())
                .isEqualTo("SENT");
        assertThat(mail.at(lead.text("email"))).hasSize(1);
        assertThat(api.as(seller).post("/incidents/" + id + "/retry").status()).isEqualTo(409);
    }

    @Test
    void several_are_done_by_hand_at_once_and_what_is_refused_is_said() {
        CrmRecord other = selling.lead(seller);
        selling.connect(selling.sequence(selling.automatedMail("Hello {{record.firstName}}")), other);
        var browser = api.browser().logIn(seller.username(), seller.password());
        String id = incident(seller).get("id").asText();

        String page = browser.get("/incidents?lang=de").body();
        String after = browser.post("/incidents/actions?lang=en", Map.of("action", "MAKE_MANUAL", "ids", id))
                .body();
        String again = browser.post("/incidents/actions", Map.of("action", "MAKE_MANUAL", "ids", id))
                .body();

        assertThat(page).contains("Mit den gewählten:", "erledigen Sie den Schritt selbst", "incidents-many");
        assertThat(after).contains("1 step done.", other.name()).doesNotContain(lead.name());
        assertThat(again).contains("0 steps done, 1 refused");
        assertThat(api.as(seller)
                        .get("/step-runs/" + id)
                        .body()
                        .at("/step/type")
                        .asText())
                .isEqualTo("EMAIL");
        assertThat(browser.post("/incidents/actions", Map.of("action", "ASSIGN", "ids", id))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void the_page_lists_it_and_skips_it() {
        var browser = api.browser().logIn(manager.username(), manager.password());
        JsonNode incident = incident(seller);
        String id = incident.get("id").asText();

        var page = browser.get("/incidents");
        var retried = browser.post("/incidents/actions", Map.of("action", "RETRY", "ids", id));
        selling.settle();
        var after = browser.post("/incidents/" + id + "/skip", Map.of());

        assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
        assertThat(page.body())
                .contains(lead.name(), "mailbox", "Try again", "Skip the step")
                .contains("/sequences/" + incident.get("sequence").asText() + "\"")
                .doesNotContain("No incidents");
        assertThat(retried.body()).contains("1 step is tried again.");
        assertThat(after.body()).contains("The step is skipped.").doesNotContain(lead.name());
        assertThat(api.as(seller).get("/step-runs/" + id).body().get("state").asText())
                .isEqualTo("SKIPPED");
    }
}
