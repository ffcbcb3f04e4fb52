package io.upnext.record.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.upnext.record.FilterEditors;
import io.upnext.record.FilterEditors.Act;
import io.upnext.record.FilterEditors.Place;
import io.upnext.shared.InvalidException;
import io.upnext.shared.RecordType;
import io.upnext.shared.filter.Filter;
import io.upnext.testing.Api;
import io.upnext.testing.TestUsers;
import io.upnext.testing.UpnextTest;
import io.upnext.testing.Visitor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Filters become lines and come back as they were; what lines cannot show stays as JSON. */
@UpnextTest
class FilterEditorTest {

    private static final Place PLACE = new Place("when", RecordType.OPPORTUNITY, true);

    @Autowired
    FilterEditors editors;

    @Autowired
    Api api;

    @Autowired
    TestUsers people;

    Visitor visitor;

    @BeforeEach
    void logIn() {
        visitor = api.visit(people.manager());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'field':'name','op':'CONTAINS','value':'a, b'}",
                "{'any':[{'field':'estimatedValue','op':'BETWEEN','value':[5,1000.50]},"
                        + "{'all':[{'field':'account.sector','op':'IN','value':['x','y z']},{'field':'contact.doNotEmail','op':'EQUALS','value':true}]}]}",
                "{'all':[{'field':'createdAt','op':'IN_LAST_DAYS','value':30},{'field':'estimatedCloseDate','op':'BEFORE','value':'2026-01-31'},"
                        + "{'field':'state','op':'NOT_IN','value':['OPEN','WON']},{'field':'budget','op':'EQUALS','value':'can_buy'}]}",
                "{'all':[{'field':'sequence','op':'EQUALS','value':'Some name'},{'field':'sequence.state','op':'EQUALS','value':'Follow up/COMPLETED'},"
                        + "{'field':'sequence.step','op':'NOT_EQUALS','value':'intro'},{'field':'sequence.lastState','op':'IN','value':['PAUSED','x/ERROR']}]}",
                "{'all':[{'field':'lastEmail.clicked','op':'EQUALS','value':true},{'field':'contact.account','op':'IS_EMPTY'}]}",
                // What no input shows
                "{'all':[{'field':'gone','op':'EQUALS','value':'x'},{'field':'name','op':'EQUALS','value':7}]}",
                "{'all':[{'field':'name','op':'EQUALS','value':'  two\\nlines '},{'field':'createdAt','op':'AFTER','value':'2026-01-01T10:00:00Z'}]}",
                "{'any':[{'field':'name','op':'IN','value':[]},{'field':'estimatedValue','op':'EQUALS','value':'many'},{'field':'name','op':'EQUALS'}]}",
                "{'all':[]}",
                "{'any':[{'all':[]},{'field':'name','op':'IS_EMPTY'}]}"
            })
    void a_filter_is_sent_back_as_it_was(String json) {
        Filter filter = Filter.parse(json.replace('\'', '"'));

        Document page = page("BODY", Map.of("when", List.of(json.replace('\'', '"'))), Act.CHANGE);

        assertThat(editors.filter(PLACE, sent(page))).contains(filter);
    }

    @Test
    void lines_are_added_grouped_changed_and_removed() {
        Document page = page("BODY", Map.of("when.rows", List.of("true")), Act.ADD);
        page = with(page, "select[name$=.field]", "account.city");
        assertThat(page.select("select[name$=.op] option").eachAttr("value"))
                .contains("CONTAINS", "IN")
                .doesNotContain("BETWEEN");
        page.select("select[name$=.op] option").removeAttr("selected");
        page.selectFirst("select[name$=.op] option[value=IN]").attr("selected", "selected");
        page = page("BODY", form(page), Act.GROUP);
        page.selectFirst("textarea[name$=.value]").val("Bonn\n\n Köln ");
        page = page("BODY", form(page), Act.CHANGE);
        Element group = page.selectFirst(".filter-group");
        group.select("select[name$=.field] option").removeAttr("selected");
        group.selectFirst("select[name$=.field] option[value=state]").attr("selected", "selected");
        page = page("BODY", form(page), Act.CHANGE);
        page.selectFirst(".filter-group select[name$=.value] option[value=OPEN]")
                .attr("selected", "selected");

        assertThat(editors.filter(PLACE, sent(page)))
                .contains(Filter.parse(
                        "{\"all\":[{\"field\":\"account.city\",\"op\":\"IN\",\"value\":[\"Bonn\",\"Köln\"]},"
                                + "{\"any\":[{\"field\":\"state\",\"op\":\"EQUALS\",\"value\":\"OPEN\"}]}]}"));
        String first = page.selectFirst("input[name=when.row]").val();
        Document less = Jsoup.parse(visitor.post(url("BODY", Act.REMOVE) + "&line=" + first, array(form(page)))
                .text());
        assertThat(editors.filter(PLACE, sent(less)))
                .contains(Filter.parse(
                        "{\"all\":[{\"any\":[{\"field\":\"state\",\"op\":\"EQUALS\",\"value\":\"OPEN\"}]}]}"));
    }

    private Document with(Document page, String select, String value) {
        page.select(select + " option").removeAttr("selected");
        page.selectFirst(select + " option[value=" + value + "]").attr("selected", "selected");
        return page("BODY", form(page), Act.CHANGE);
    }

    @Test
    void the_steps_of_the_chosen_sequence_are_offered_by_name() {
        String name = TestUsers.next("Deals");
        String id = api.as(people.manager())
                .post(
                        "/sequences",
                        Map.of(
                                "name",
                                name,
                                "recordType",
                                "OPPORTUNITY",
                                "steps",
                                List.of(Map.of("id", "meet", "type", "TASK", "name", "Meet"))))
                .body()
                .get("id")
                .asText();
        Filter filter = Filter.parse("{\"field\":\"sequence.step\",\"op\":\"EQUALS\",\"value\":\"" + id + "/meet\"}");

        Document page = page(
                "BODY",
                Map.of(
                        "when",
                        List.of("{\"field\":\"sequence.step\",\"op\":\"EQUALS\",\"value\":\"" + id + "/meet\"}")),
                Act.CHANGE);

        assertThat(page.select("select[name$=.value] option").eachText()).contains("Meet (meet)");
        assertThat(editors.filter(PLACE, sent(page))).contains(filter);
        page.select("select[name$=.of] option").removeAttr("selected");
        String key = page.selectFirst("input[name=when.row]").val();
        Document typed = Jsoup.parse(visitor.post(url("STEPS", Act.CHANGE) + "&line=" + key, array(form(page)))
                .text());
        assertThat(typed.select("input[type=text][name$=.value]").eachAttr("value"))
                .containsExactly("");
        assertThat(typed.select("[name$=.of]")).isEmpty();
    }

    @Test
    void what_is_changed_in_the_json_counts_and_mistakes_are_said() {
        Document page = page("BODY", Map.of("when", List.of("{\"field\":\"name\",\"op\":\"IS_EMPTY\"}")), Act.CHANGE);
        assertThat(page.select(".filter-row")).hasSize(1);
        page.selectFirst("textarea[name=when]").val("{\"any\": [");

        Document wrong = page("STATE", form(page), Act.CHANGE);

        assertThat(wrong.select("[role=alert]").text()).contains("no valid JSON");
        assertThat(wrong.selectFirst("textarea[name=when]").val()).isEqualTo("{\"any\": [");
        assertThatThrownBy(() -> editors.filter(PLACE, sent(wrong))).isInstanceOf(InvalidException.class);
        wrong.selectFirst("textarea[name=when]").val("{\"field\":\"gone\",\"op\":\"IS_EMPTY\"}");
        Document raw = page("BODY", form(wrong), Act.CHANGE);
        assertThat(raw.selectFirst("textarea[name$=.raw]").val()).contains("gone");
        raw.selectFirst("textarea[name$=.raw]").val("{\"all\":[]}");
        assertThatThrownBy(() -> editors.filter(PLACE, sent(raw))).hasMessageContaining("is one condition");
        assertThat(page("STATE", form(raw), Act.CHANGE).select("[role=alert]").text())
                .contains("is one condition");
        assertThat(visitor.post("/filter-editor/LEAD/a.b/ADD/BODY").status()).isEqualTo(400);
    }

    @Test
    void no_more_than_eight_are_offered_and_what_follows_a_field_comes_with_the_json() {
        String eight = "{\"all\":["
                + String.join(",", java.util.Collections.nCopies(8, "{\"field\":\"name\",\"op\":\"IS_EMPTY\"}")) + "]}";
        Document full = page("BODY", Map.of("when", List.of(eight)), Act.CHANGE);
        assertThat(full.select("#when-add[disabled]")).hasSize(1);
        String key = full.selectFirst("input[name=when.row]").val();

        Document row = Jsoup.parse(
                visitor.post(url("REST", Act.CHANGE).replace("?", "?lang=de&") + "&line=" + key, array(form(full)))
                        .text());

        assertThat(row.select(".filter-row, [name$=.field]")).isEmpty();
        assertThat(row.select("[name$=.op]")).hasSize(1);
        assertThat(row.select("[hx-swap-oob] textarea[name=when]")).hasSize(1);
        assertThat(row.text()).contains("8 Bedingungen, höchstens 8.");
    }

    private static String url(String shown, Act act) {
        return "/filter-editor/OPPORTUNITY/when/" + act + "/" + shown + "?lastMail=true";
    }

    private Document page(String shown, Map<String, List<String>> sent, Act act) {
        var seen = visitor.post(url(shown, act), array(sent));
        assertThat(seen.status()).as(seen.text()).isEqualTo(200);
        return Jsoup.parse(seen.text());
    }

    private static String[] array(Map<String, List<String>> sent) {
        return sent.entrySet().stream()
                .flatMap(entry -> entry.getValue().stream().flatMap(value -> Stream.of(entry.getKey(), value)))
                .toArray(String[]::new);
    }

    /** What a browser would send of it. */
    private static Map<String, List<String>> form(Document page) {
        Map<String, List<String>> sent = new HashMap<>();
        for (Element input : page.select("[name]:not([disabled])")) {
            boolean off = input.attr("type").equals("checkbox") && !input.hasAttr("checked");
            String value = input.tagName().equals("select")
                    ? input.select("option[selected]").isEmpty()
                            ? input.selectFirst("option").val()
                            : input.select("option[selected]").last().val()
                    : input.val().replace("\n", "\r\n");
            if (!off && !input.tagName().equals("meta")) {
                sent.computeIfAbsent(input.attr("name"), name -> new ArrayList<>())
                        .add(value);
            }
        }
        return sent;
    }

    private static Map<String, String[]> sent(Document page) {
        Map<String, String[]> sent = new HashMap<>();
        form(page).forEach((name, values) -> sent.put(name, values.toArray(String[]::new)));
        return sent;
    }
}
