package io.upnext.sequence.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.upnext.testing.Api;
import io.upnext.testing.TestUsers;
import io.upnext.testing.TestUsers.Person;
import io.upnext.testing.UpnextTest;
import java.io.IOException;
import java.util.Map;
import org.jsoup.Connection;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.FormElement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;

/** The pages as a browser without scripts sees them: every link is followed, every form is sent as it stands. */
@UpnextTest
class SequencePagesTest {

    @Autowired
    Api api;

    @Autowired
    TestUsers users;

    @Autowired
    Environment environment;

    Person manager;
    Connection browser;

    @BeforeEach
    void logIn() throws IOException {
        manager = users.manager();
        browser = browserOf(manager);
    }

    private Connection browserOf(Person person) throws IOException {
        Connection session = Jsoup.newSession().ignoreHttpErrors(true);
        FormElement login = form(session.newRequest(url("/login?lang=en")).get(), "/login");
        login.selectFirst("[name=username]").val(person.username());
        login.selectFirst("[name=password]").val(person.password());
        login.submit().post();
        return session;
    }

    private String url(String path) {
        return "http://localhost:" + environment.getRequiredProperty("local.server.port") + path;
    }

    private Document page(String path) throws IOException {
        Connection.Response response = browser.newRequest(url(path)).execute();
        assertThat(response.statusCode()).as(path + ": " + response.body()).isEqualTo(200);
        return response.parse();
    }

    private static FormElement form(Document page, String action) {
        Element form = page.selectFirst("form[action$=" + action + "]");
        assertThat(form).as("form to " + action + " in " + page.body()).isNotNull();
        return (FormElement) form;
    }

    private Document send(FormElement form) throws IOException {
        return form.submit().ignoreHttpErrors(true).execute().parse();
    }

    private String newSequence(String name) throws IOException {
        FormElement form = form(page("/sequences/new"), "/sequences");
        form.selectFirst("[name=name]").val(name);
        Document editor = send(form);
        assertThat(editor.location()).endsWith("/edit");
        return editor.location().replaceAll(".*/sequences/([^/]+)/edit", "$1");
    }

    private Document add(String id, String place, String type, String... values) throws IOException {
        FormElement form = form(page("/sequences/" + id + "/steps/new?at=" + place + "&type=" + type), "/steps/new");
        for (int i = 0; i < values.length; i += 2) {
            Element input = form.selectFirst("[name=" + values[i] + "]");
            assertThat(input).as(values[i]).isNotNull();
            fill(form, input, values[i + 1]);
        }
        return send(form);
    }

    private static void fill(FormElement form, Element input, String value) {
        if (input.tagName().equals("select")) {
            input.select("option").removeAttr("selected");
            Element option = input.selectFirst("option[value=" + value + "]");
            assertThat(option).as(value + " in " + input).isNotNull();
            option.attr("selected", "selected");
        } else if (input.attr("type").equals("checkbox")) {
            form.selectFirst("[name=" + input.attr("name") + "][value=" + value + "]")
                    .attr("checked", "checked");
        } else {
            input.val(value);
        }
    }

    @Test
    void a_sequence_is_made_edited_and_activated_with_forms_alone() throws IOException {
        String name = TestUsers.next("By forms");
        String id = newSequence(name);

        add(id, "steps[0]", "PHONE_CALL", "name", "First call", "script", "Hello\nyou");
        add(id, "steps[1]", "CONDITION", "ask", "call", "outcomes", "CONNECTED");
        add(id, "steps[1].yes[0]", "TASK", "name", "Send the offer", "dueIn-days", "2");
        add(id, "steps[1].no[0]", "WAIT", "days", "1", "counting", "WORKING_DAYS");
        add(id, "steps[1].no[1]", "UPDATE_FIELD", "name", "No mail", "update", "doNotEmail=true");
        Document editor = page("/sequences/" + id + "/edit");

        assertThat(editor.select(".outline-title").eachText())
                .containsExactly("First call", "Condition", "Send the offer", "Wait", "No mail");
        assertThat(editor.select(".outline-type").eachText())
                .as("what is not in the title already")
                .containsExactly("Phone call", "Task", "Update field");
        assertThat(editor.select(".outline-summary").eachText()).contains("Sets: Do not email is Yes");
        assertThat(editor.select(".problems-none")).hasSize(1);
        assertThat(api.as(manager).get("/sequences/" + id).body().get("steps").toString())
                .isEqualTo("""
                        [{"id":"first-call","type":"PHONE_CALL","name":"First call","script":"Hello\\nyou"},\
                        {"id":"condition","type":"CONDITION","test":{"call":["CONNECTED"]},\
                        "yes":[{"id":"send-the-offer","type":"TASK","name":"Send the offer","dueIn":{"days":2}}],\
                        "no":[{"id":"wait","type":"WAIT","days":1,"counting":"WORKING_DAYS"},\
                        {"id":"no-mail","type":"UPDATE_FIELD","name":"No mail","field":"doNotEmail","value":true}]}]\
                        """);

        Document active = send(form(page("/sequences/" + id), "/activate"));

        assertThat(active.select(".notice").text()).contains("Version 1 is active");
        assertThat(page("/sequences?q=" + name.replace(" ", "+")).select(".state-active"))
                .hasSize(1);
        assertThat(page("/sequences/" + id + "/versions").select("tbody tr")).hasSize(1);
        assertThat(page("/sequences/" + id + "/versions/1").select(".outline-title"))
                .hasSize(5);
        assertThat(page("/sequences/" + id + "/connected").select("[hx-get$=/enrollments-panel]"))
                .hasSize(1);
    }

    @Test
    void steps_are_changed_moved_and_removed() throws IOException {
        String id = newSequence("Moving");
        add(id, "steps[0]", "TASK", "name", "One");
        add(id, "steps[1]", "TASK", "name", "Two");

        FormElement up = (FormElement) page("/sequences/" + id + "/edit")
                .select("form[action$=/steps/move]:has([name=up][value=true])")
                .first();
        send(up);
        FormElement edit = form(page("/sequences/" + id + "/steps/edit?at=steps[0]"), "/steps/edit");
        assertThat(edit.selectFirst("[name=name]").val()).isEqualTo("Two");
        edit.selectFirst("[name=name]").val("Second");
        Document changed = send(edit);
        assertThat(changed.select(".outline-title").eachText()).containsExactly("Second", "One");
        Document removed = send(form(changed, "/steps/remove"));

        assertThat(removed.select(".outline-title").eachText()).containsExactly("One");
    }

    @Test
    void the_frame_is_edited_and_what_is_left_to_the_default_stays_absent() throws IOException {
        String id = newSequence("Frame");
        FormElement form = form(page("/sequences/" + id + "/edit"), "/edit");
        form.selectFirst("[name=name]").val("Frame two");
        form.selectFirst("[name=tags]").val("a/b\nc");
        form.selectFirst("[name=exitWhen]").val("{\"all\": [{\"field\": \"city\", \"op\": \"IS_EMPTY\"}]}");
        fill(form, form.selectFirst("[name=exitOnReply]"), "false");

        send(form);

        var saved = api.as(manager).get("/sequences/" + id).body();
        assertThat(saved.get("name").asText()).isEqualTo("Frame two");
        assertThat(saved.get("tags").toString()).isEqualTo("[\"a/b\",\"c\"]");
        assertThat(saved.get("options").toString())
                .isEqualTo("{\"exitOnReply\":false,\"exitWhen\":{\"all\":[{\"field\":\"city\",\"op\":\"IS_EMPTY\"}]}}");
        assertThat(saved.has("assignTo")).isFalse();
    }

    @Test
    void people_mailboxes_sequences_and_places_are_told_by_name() throws IOException {
        String target = newSequence(TestUsers.next("Target"));
        String targetName = page("/sequences/" + target).selectFirst("h1 span").text();
        add(target, "steps[0]", "TASK", "name", "There");
        api.as(manager).post("/sequences/" + target + "/activate", Map.of("changeDescription", "first"));
        String id = newSequence(TestUsers.next("Named"));
        add(id, "steps[0]", "TASK", "name", "Begin");

        FormElement frame = form(page("/sequences/" + id + "/edit"), "/edit");
        fill(frame, frame.selectFirst("[name=assignKind]"), "USER");
        fill(frame, frame.selectFirst("[name=assignWho]"), manager.id().toString());
        Document assigned = send(frame);
        Document mail = page("/sequences/" + id + "/steps/new?at=steps[1]&type=EMAIL");
        Document advancing = add(id, "steps[1]", "ADVANCE", "name", "On", "sequence", target);
        api.as(manager).post("/sequences/" + id + "/activate", Map.of("changeDescription", "first"));
        api.as(manager).post("/sequences/" + id + "/revision");
        add(id, "steps[1]", "TASK", "name", "Between");
        api.as(manager).post("/sequences/" + id + "/activate", Map.of("changeDescription", "second"));

        assertThat(assigned.selectFirst("[name=assignWho] option[selected]").val())
                .isEqualTo(manager.id().toString());
        assertThat(mail.select("[name=from] option").eachText())
                .contains("Whoever is assigned", "Owner of the sequence");
        assertThat(advancing.select(".outline-summary").text()).contains(targetName);
        assertThat(page("/sequences/" + id + "/versions/compare?a=1&b=2").text())
                .contains("Between Task · 2");
    }

    @Test
    void when_mail_of_the_sequence_leaves_is_chosen_and_taken_back_with_fields() throws IOException {
        String id = newSequence("Office hours");
        FormElement form = form(page("/sequences/" + id + "/edit"), "/edit");
        Element days = form.selectFirst("[name=windowDays]");
        fill(form, days, "MONDAY");
        fill(form, days, "FRIDAY");
        form.selectFirst("[name=windowFrom]").val("09:00");
        form.selectFirst("[name=windowTo]").val("17:00");
        fill(form, form.selectFirst("[name=windowZone]"), "SENDER");

        send(form);

        String saved =
                "{\"window\":{\"days\":[\"MONDAY\",\"FRIDAY\"],\"from\":\"09:00\",\"to\":\"17:00\",\"zone\":\"SENDER\"}}";
        assertThat(options(id)).isEqualTo(saved);
        assertThat(page("/sequences/" + id).text()).contains("Friday", "09:00–17:00");
        send(form(page("/sequences/" + id + "/edit"), "/edit"));
        assertThat(options(id)).isEqualTo(saved);

        form = form(page("/sequences/" + id + "/edit"), "/edit");
        form.select("[name=windowDays]").removeAttr("checked");
        form.select("[name=windowFrom], [name=windowTo]").val("");
        send(form);

        assertThat(options(id)).doesNotContain("window");
    }

    private String options(String id) {
        return api.as(manager).get("/sequences/" + id).body().path("options").toString();
    }

    @Test
    void classic_and_smart_sequences_are_designed_with_forms_alone() throws IOException {
        FormElement blank = form(page("/sequences/new"), "/sequences");
        blank.selectFirst("[name=name]").val(TestUsers.next("Classic"));
        blank.select("[name=mode]").removeAttr("checked");
        blank.selectFirst("[name=mode][value=CLASSIC]").attr("checked", "checked");
        Document editor = send(blank);
        String id = editor.location().replaceAll(".*/sequences/([^/]+)/edit", "$1");
        assertThat(editor.select(".outline-add a").eachText()).contains("Task").doesNotContain("Wait", "Condition");
        assertThat(page("/sequences/" + id).text()).contains("at 09:00 not on weekends");

        add(id, "steps[0]", "TASK", "name", "Look", "day", "2", "when", "{\"field\": \"city\", \"op\": \"IS_EMPTY\"}");
        Document second = page("/sequences/" + id + "/steps/new?at=steps[1]&type=PHONE_CALL");
        assertThat(second.selectFirst("[name=day]").val()).isEqualTo("2");
        editor = add(id, "steps[1]", "PHONE_CALL", "name", "Ring", "day", "91");
        assertThat(editor.select(".outline-problem").text()).contains("needs a day from 1 to 90");
        FormElement ring = form(page("/sequences/" + id + "/steps/edit?at=steps[1]"), "/steps/edit");
        ring.selectFirst("[name=day]").val("4");
        send(ring);
        FormElement frame = form(page("/sequences/" + id + "/edit"), "/edit");
        frame.selectFirst("[name=scheduleAt]").val("10:15");
        frame.selectFirst("[name=skipWeekends]").removeAttr("checked");
        fill(frame, frame.selectFirst("[name=exitWhenDone]"), "false");
        editor = send(frame);

        var saved = api.as(manager).get("/sequences/" + id).body();
        assertThat(saved.get("schedule")).hasToString("{\"at\":\"10:15\",\"skipWeekends\":false}");
        assertThat(saved.at("/options/exitWhenDone").asBoolean(true)).isFalse();
        assertThat(saved.at("/steps/0/when/all/0/field").asText()).isEqualTo("city");
        assertThat(editor.select(".outline-summary").eachText()).containsExactly("Day 2 · if City is empty", "Day 4");
        assertThat(editor.select(".outline-problem")).isEmpty();
    }

    @Test
    void pages_say_how_a_smart_sequence_goes_on_where_nothing_ends_it() throws IOException {
        String id = api.as(manager).post("/sequences", """
                        {"name": "Again and again", "recordType": "LEAD", "mode": "SMART",
                         "schedule": {"every": {"days": 2}, "at": "09:00"}, "options": {"exitWhenDone": false},
                         "steps": [{"id": "look", "type": "TASK", "name": "Look"}]}""").body().at("/id").asText();
        String lead = api.as(manager)
                .post("/records/leads", "{\"fields\": {\"lastName\": \"Endless\"}}")
                .body()
                .at("/id")
                .asText();
        String panel = "/sequences/" + id + "/preview-panel?record=" + lead;

        assertThat(page("/sequences/" + id).text()).contains("every 2 days at 09:00");
        assertThat(page(panel).text()).contains("the record stays connected until an exit");

        FormElement look = form(page("/sequences/" + id + "/steps/edit?at=steps[0]"), "/steps/edit");
        fill(look, look.selectFirst("[name=repeat]"), "true");
        send(look);
        assertThat(page(panel).text()).contains("It goes on like this").doesNotContain("more ways");
    }

    @Test
    void the_definition_is_edited_as_json_and_a_mistake_is_said_beside_it() throws IOException {
        String id = newSequence("As JSON");
        FormElement form = form(page("/sequences/" + id + "/json"), "/json");
        form.selectFirst("[name=json]").val("{\"name\": 5}");
        Document again = send(form);
        assertThat(again.select("[role=alert]").text()).contains("'name' must be a text");
        assertThat(again.selectFirst("[name=json]").text()).isEqualTo("{\"name\": 5}");
        FormElement right = form(again, "/json");
        right.selectFirst("[name=json]").val(SequenceLifeTest.oneTask("From JSON"));

        Document saved = send(right);

        assertThat(saved.select(".outline-title").eachText()).containsExactly("Do it");
    }

    @Test
    void problems_are_told_while_one_types() throws IOException {
        String id = newSequence("Live");
        FormElement form = form(page("/sequences/" + id + "/json"), "/json");
        form.attr("action", url("/sequences/" + id + "/problems"));
        form.selectFirst("[name=json]").val("{\"name\": 5}");
        assertThat(send(form).select(".problems li").text()).contains("'name' must be a text");
        form.selectFirst("[name=json]").val(SequenceLifeTest.oneTask("Fine"));

        assertThat(send(form).select(".problems-none")).hasSize(1);
        assertThat(page("/sequences/" + id + "/problems").select(".problems li").text())
                .contains("has no steps");
    }

    @Test
    void where_a_branch_ends_in_a_condition_a_new_step_goes_before_it() throws IOException {
        String id = newSequence("Before");
        add(id, "steps[0]", "CONDITION", "ask", "call", "outcomes", "CONNECTED");

        assertThat(page("/sequences/" + id + "/edit")
                        .select(".outline-add summary")
                        .eachText())
                .containsExactly("Add a step", "Add a step", "Add a step before Condition");
        assertThat(add(id, "steps[0]", "PHONE_CALL", "name", "Call")
                        .select(".outline-title")
                        .eachText())
                .containsExactly("Call", "Condition");
    }

    @Test
    void a_go_to_is_offered_only_steps_that_it_may_lead_to() throws IOException {
        String id = newSequence("Go on");
        String task = "{'id': '%s', 'type': 'TASK', 'name': 'Step %1$s'}";
        FormElement json = form(page("/sequences/" + id + "/json"), "/json");
        json.selectFirst("[name=json]")
                .text("""
                {'name': 'Go on', 'recordType': 'LEAD', 'steps': [%s,
                 {'id': 'asks', 'type': 'CONDITION', 'test': {'field': {'all': [{'field': 'city', 'op': 'IS_EMPTY'}]}},
                  'yes': [%s],
                  'no': [{'id': 'ring', 'type': 'PHONE_CALL', 'name': 'Ring'},
                         {'id': 'busy', 'type': 'CONDITION', 'test': {'call': ['BUSY']}, 'yes': [%s], 'no': []}]}]}
                """.formatted(task.formatted("a"), task.formatted("b"), task.formatted("c"))
                        .replace('\'', '"'));
        send(json);
        String goTo = "/sequences/" + id + "/steps/go-to?at=steps[1].";

        FormElement offered = form(page(goTo + "yes[1]"), "/go-to");
        Document nothing = page(goTo + "no[1].yes[1]");

        assertThat(offered.select("option").eachAttr("value")).containsExactly("", "ring", "c");
        assertThat(nothing.select("#target")).isEmpty();
        assertThat(nothing.text()).contains("there is nothing to go to");
        fill(offered, offered.selectFirst("[name=target]"), "ring");
        Document saved = send(offered);
        assertThat(saved.select(".outline-title").eachText()).contains("Go to Ring");
        assertThat(page("/sequences/" + id + "/steps/edit?at=steps[1].yes[1]")
                        .select("option[selected]")
                        .eachAttr("value"))
                .containsExactly("ring");
    }

    @Test
    void an_edit_on_a_page_that_has_grown_old_is_refused() throws IOException {
        String id = newSequence("Old");
        FormElement old = form(page("/sequences/" + id + "/edit"), "/edit");
        add(id, "steps[0]", "TASK", "name", "One");

        Connection.Response refused = old.submit().ignoreHttpErrors(true).execute();

        assertThat(refused.statusCode()).isEqualTo(412);
        Document page = refused.parse();
        assertThat(page.select("button[data-back]").text()).isEqualTo("Back to what you typed");
        assertThat(page.text()).contains("Somebody else was faster", "Copy what you typed");
    }

    @Test
    void who_may_only_see_gets_no_buttons_and_no_editor() throws IOException {
        Person author = users.seller();
        String id = api.as(author)
                .post("/sequences", SequenceLifeTest.oneTask("Somebody's"))
                .body()
                .get("id")
                .asText();
        browser = browserOf(users.seller(author.unit()));

        Document page = page("/sequences/" + id);

        assertThat(page.select("form[action$=/activate], form[action$=/delete]"))
                .isEmpty();
        assertThat(page.select("form[action$=/copy]")).hasSize(1);
        assertThat(browser.newRequest(url("/sequences/" + id + "/edit"))
                        .execute()
                        .statusCode())
                .isEqualTo(403);
        assertThat(browserOf(users.seller())
                        .newRequest(url("/sequences/" + id))
                        .execute()
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void pages_speak_german() throws IOException {
        String id = newSequence("Deutsch");
        add(id, "steps[0]", "WAIT", "days", "2");

        assertThat(page("/sequences/" + id + "?lang=de").text()).contains("Schritte", "2 Tage", "Aktivieren");
        assertThat(page("/sequences?lang=de").text()).contains("Datensatzart");
        assertThat(page("/sequences/" + id + "/steps/new?at=steps[0]&type=CONDITION&lang=de")
                        .text())
                .contains("Fragen nach");
    }

    @Test
    void nothing_in_the_pages_needs_inline_scripts_or_styles() throws IOException {
        String id = newSequence("Strict");
        add(id, "steps[0]", "EMAIL", "name", "Mail");

        for (String path : new String[] {"", "/edit", "/json", "/versions", "/steps/edit?at=steps[0]"}) {
            Document page = page("/sequences/" + id + path);
            assertThat(page.select("[style], style, script:not([src]), [onclick]"))
                    .as(path)
                    .isEmpty();
            assertThat(page.text()).as(path).doesNotContain("??");
        }
    }
}
