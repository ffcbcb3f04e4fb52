package io.upnext.worklist.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.upnext.record.CrmRecord;
import io.upnext.testing.Api;
import io.upnext.testing.Browser;
import io.upnext.testing.TestUsers;
import io.upnext.testing.TestUsers.Person;
import io.upnext.testing.UpnextTest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** The pages of sellers, without scripts: what a person reads and what forms do. */
@UpnextTest
class WorkPagesTest {

    @Autowired
    Api api;

    @Autowired
    TestUsers users;

    @Autowired
    ApplicationContext context;

    Selling selling;
    Person seller;
    Browser browser;

    @BeforeEach
    void aSellerAtTheBrowser() {
        selling = new Selling(context);
        seller = users.seller();
        browser = api.browser().logIn(seller.username(), seller.password());
    }

    private static String form(JsonNode run, String action) {
        return "/work/steps/" + run.get("id").asText() + "/" + action;
    }

    private static String shown(HttpResponse<String> page) {
        assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
        return page.body();
    }

    @Test
    void an_empty_list_says_so() {
        assertThat(shown(browser.get("/work"))).contains("All done");
        assertThat(shown(browser.get("/work?lang=de"))).contains("Alles erledigt");
    }

    @Test
    void the_page_shows_whom_to_call_and_what_to_say() {
        CrmRecord lead = selling.lead(
                seller, Map.of("phone", "+49 30 1234-5", "timeZone", "Asia/Tokyo", "jobTitle", "<b>CTO</b>"));
        selling.connect(selling.sequence(Selling.CALL), lead);

        String page = shown(browser.get("/work"));

        assertThat(page)
                .contains(lead.name(), "href=\"tel:%2B493012345\"", "Asia/Tokyo", "Call script", "Hello", "18:00")
                .contains("&lt;b&gt;CTO&lt;/b&gt;", "Left voicemail", "Hand over", "Put off")
                .doesNotContain("All done");
    }

    @Test
    void after_completing_the_next_step_opens() {
        JsonNode first = selling.openStep(seller, Selling.TASK);
        JsonNode second = selling.openStep(seller, Selling.CALL);
        browser.get("/work");

        String after = shown(browser.post(form(first, "complete"), Map.of("note", "Tuesday at ten")));

        assertThat(after).contains("data-item=\"" + second.get("id").asText() + "\"");
        assertThat(after).doesNotContain("data-step=\"" + first.get("id").asText() + "\"");
        JsonNode done =
                api.as(seller).get("/step-runs/" + first.get("id").asText()).body();
        assertThat(done.get("state").asText()).isEqualTo("DONE");
        assertThat(done.get("note").asText()).isEqualTo("Tuesday at ten");
    }

    @Test
    void what_lacks_its_evidence_stays_with_the_sentence_and_what_was_typed() {
        JsonNode call = selling.openStep(seller, Selling.CALL);
        browser.get("/work");

        String page = shown(browser.post(form(call, "complete"), Map.of("note", "Typed before", "outcome", "")));

        assertThat(page).contains("A call needs its outcome", "Typed before", "role=\"alert\"");
    }

    @Test
    void a_mail_is_written_from_its_template_and_sent() {
        selling.equipWithMail(seller);
        JsonNode mail = selling.openStep(seller, Selling.EMAIL);

        assertThat(shown(browser.get("/work"))).contains("data-editor", "Send and complete");
        browser.post(
                form(mail, "complete"), Map.of("how", "send", "subject", "Hello Ada", "html", "<p>How are you?</p>"));

        JsonNode done =
                api.as(seller).get("/step-runs/" + mail.get("id").asText()).body();
        assertThat(done.get("state").asText()).isEqualTo("DONE");
        assertThat(done.get("outcome").asText()).isIn("QUEUED", "SENT");
    }

    @Test
    void a_step_is_put_off_taken_back_and_handed_over() {
        JsonNode task = selling.openStep(seller, Selling.TASK);
        Person colleague = users.seller(seller.unit());
        browser.get("/work");

        browser.post(form(task, "snooze"), Map.of("preset", "tomorrow"));
        JsonNode off =
                api.as(seller).get("/step-runs/" + task.get("id").asText()).body();
        assertThat(shown(browser.get("/work?due=LATER"))).contains("Put off until");
        browser.post(form(task, "wake"), Map.of("due", "LATER"));
        JsonNode back =
                api.as(seller).get("/step-runs/" + task.get("id").asText()).body();
        browser.post(form(task, "assign"), Map.of("to", colleague.id().toString()));
        JsonNode given =
                api.as(seller).get("/step-runs/" + task.get("id").asText()).body();

        assertThat(off.get("snoozedUntil").asText()).isEqualTo("2026-03-03T09:00:00Z");
        assertThat(back.has("snoozedUntil")).isFalse();
        assertThat(given.get("assignee").asText()).isEqualTo(colleague.id().toString());
        assertThat(shown(browser.get("/work?due=ALL"))).contains("Nothing is waiting");
    }

    @Test
    void a_records_page_gets_its_up_next_part() {
        CrmRecord lead = selling.lead(seller);
        selling.connect(selling.sequence(Selling.TASK, Selling.CALL), lead);

        String part = shown(browser.get("/records/leads/" + lead.id() + "/up-next"));

        assertThat(part)
                .contains("Arrange the meeting", "Do it", "What may come next", "First call", "0 done, 2 left")
                .doesNotContain("<html", "In no sequence now");
        assertThat(browser.get("/records/leads/" + selling.lead(users.seller()).id() + "/up-next")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void a_sequences_page_gets_its_connected_records_and_connects_more() {
        Browser manager = api.browser()
                .logIn(selling.manager().username(), selling.manager().password());
        String sequence = selling.sequence(Selling.TASK);
        CrmRecord in = selling.lead(seller);
        CrmRecord out = selling.lead(seller);
        selling.connect(sequence, in);
        String base = "/sequences/" + sequence;

        String panel = shown(manager.get(base + "/enrollments-panel"));
        assertThat(panel)
                .contains(in.name(), "Arrange the meeting", "Connected (1)", "Disconnect")
                .doesNotContain("No records here");
        String found = shown(manager.get(base + "/connect?q=" + out.fields().get("lastName")));
        assertThat(found).contains(out.name(), "1 found").doesNotContain(in.name());
        manager.get("/work");
        String progress = shown(
                manager.post(base + "/connect", Map.of("recordIds", out.id().toString())));
        assertThat(progress).contains("0 of 1 done");
        selling.settle();
        assertThat(shown(manager.get(base + "/enrollments-panel?state=CONNECTED")))
                .contains(out.name());
        String none = shown(manager.post(base + "/connect", Map.of("q", "nobody of that name")));
        assertThat(none).contains("Choose at least one record");
    }

    @Test
    void incidents_are_listed_for_those_who_can_do_something() {
        assertThat(shown(browser.get("/incidents"))).contains("No incidents");
        assertThat(api.as(seller).get("/incidents").body().get("total").asInt()).isZero();
        assertThat(api.as(seller).get("/incidents?sort=cause").status()).isEqualTo(400);
        assertThat(api.as(seller)
                        .post("/incidents/" + java.util.UUID.randomUUID() + "/retry")
                        .status())
                .isEqualTo(404);
    }
}
