package io.upnext.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.upnext.security.Role;
import io.upnext.shared.RecordType;
import io.upnext.testing.Api;
import io.upnext.testing.Api.Answer;
import io.upnext.testing.Api.Caller;
import io.upnext.testing.TestUsers;
import io.upnext.testing.TestUsers.Person;
import io.upnext.testing.UpnextTest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

@UpnextTest
class RecordApiTest {

    private final Api api;
    private final TestUsers people;
    private final Records records;
    private Person seller;
    private Caller caller;

    RecordApiTest(@Autowired Api api, @Autowired TestUsers people, @Autowired Records records) {
        this.api = api;
        this.people = people;
        this.records = records;
    }

    @BeforeEach
    void somebodyCalls() {
        seller = people.seller();
        caller = api.as(seller);
    }

    @Test
    void a_lead_is_created_read_changed_and_deleted() {
        Answer created = caller.post("/records/leads", """
                {"fields": {"firstName": "Ada", "lastName": "Lovelace", "email": "Ada@Example.museum", "score": 12.50,
                 "rating": "HOT", "doNotEmail": false, "timeZone": "Europe/London"}}""");

        assertThat(created.status()).isEqualTo(201);
        String path = "/records/leads/" + created.body().path("id").asText();
        assertThat(created.header("Location")).endsWith(path);
        JsonNode lead = caller.get(path).body();
        assertThat(lead.path("name").asText()).isEqualTo("Ada Lovelace");
        assertThat(lead.path("type").asText()).isEqualTo("LEAD");
        assertThat(lead.path("state").asText()).isEqualTo("NEW");
        assertThat(lead.path("owner").asText()).isEqualTo(seller.id().toString());
        assertThat(lead.path("fields").path("score").decimalValue()).isEqualByComparingTo("12.5");
        assertThat(lead.path("fields").path("doNotEmail").isBoolean()).isTrue();
        assertThat(lead.path("createdAt").asText()).isEqualTo("2026-03-02T09:00:00Z");

        Answer changed =
                caller.patch(path, "{\"fields\": {\"score\": null, \"city\": \"London\"}, \"state\": \"CONTACTED\"}");

        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.body().path("fields").has("score")).isFalse();
        assertThat(changed.body().path("fields").path("city").asText()).isEqualTo("London");
        assertThat(changed.body().path("state").asText()).isEqualTo("CONTACTED");
        JsonNode timeline = caller.get(path + "/timeline").body();
        assertThat(texts(timeline.path("items"), "kind"))
                .containsExactlyInAnyOrder("record.created", "field.updated", "state.changed");
        assertThat(caller.delete(path).status()).isEqualTo(204);
        assertThat(caller.get(path).status()).isEqualTo(404);
        assertThat(caller.delete(path).status()).isEqualTo(404);
    }

    @Test
    void everything_wrong_is_listed_at_once() {
        Answer answer = caller.post("/records/leads", """
                {"fields": {"lastName": 5, "email": "nobody", "score": "many", "rating": "LUKEWARM", "doNotEmail": "yes",
                 "favouriteColour": "red", "timeZone": "Mars/Base"}, "state": "OPEN"}""");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(texts(answer.body().path("problems"), "rule"))
                .containsExactlyInAnyOrder(
                        "field-kind",
                        "field-value",
                        "field-kind",
                        "field-option",
                        "field-kind",
                        "unknown-field",
                        "field-value",
                        "record-state");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{\"fields\": {}} | A lead needs",
                "{\"fields\": {\"lastName\": \"  \"}} | A lead needs",
                "{\"fields\": {\"lastName\": \"x\", \"city\": {\"a\": 1}}} | 'city' needs text",
                "{\"fields\": {\"lastName\": \"x\", \"city\": [\"a\"]}} | 'city' needs text",
                "{\"fields\": {\"lastName\": \"a\\u0000b\"}} | cannot be stored",
                "{\"fields\": {\"lastName\": \"a\\ud800b\"}} | cannot be stored",
                "{\"fields\": {\"lastName\": \"x\", \"score\": 1e400}} | ",
                "{\"fields\": {\"lastName\": \"x\", \"score\": 1e35}} | more than 30 digits",
                "{\"fields\": {\"lastName\": \"x\"}, \"owner\": \"nobody-at-all\"} | no user or team",
                "{\"fields\": {\"lastName\": \"x\"}, \"owner\": 5} | ",
                "{\"fields\": {\"lastName\": \"x\"}, \"state\": \"new\"} | no state",
                "{\"feilds\": {}} | no field of this name",
                "{\"fields\": [] } | ",
                "[] | ",
                "{ | malformed",
            })
    void what_is_malformed_is_a_400(String body, String sentence) {
        Answer answer = caller.post("/records/leads", body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.detail()).contains(sentence == null ? "" : sentence);
    }

    @ParameterizedTest
    @CsvSource({
        "/records/people,404",
        "/records/leads/no-id,404",
        "/records/leads/00000000-0000-0000-0000-000000000000,404",
        "/records/leads?size=0,400",
        "/records/leads?size=501,400",
        "/records/leads?page=-1,400",
        "/records/leads?page=999999999&size=500,200",
        "/records/leads?sort=nothing,400",
        "/records/leads?sort=account.name,400",
        "'/records/leads?sort=name,sideways',400",
        "/records/leads?filter=nonsense,400",
        "/records/leads?filter=%7B%22field%22%3A%22nothing%22%2C%22op%22%3A%22IS_EMPTY%22%7D,400",
        "/records/leads?q=%00,400",
        "/records/leads?q=%25,200",
        "'/records/leads?sort=owner,desc&sort=score',200",
        "/records/opportunities?sort=account&sort=account.name&sort=contact.lastName,200",
    })
    void bad_paths_and_parameters_are_told_apart(String path, int status) {
        assertThat(caller.get(path).status()).isEqualTo(status);
    }

    @Test
    void a_list_is_searched_filtered_sorted_and_paged() {
        String company = TestUsers.next("Company");
        for (int i = 0; i < 7; i++) {
            lead(Map.of(
                    "lastName", "N" + (7 - i), "company", company, "score", i, "city", i % 2 == 0 ? "Köln" : "Bonn"));
        }
        lead(Map.of("lastName", "Other", "company", company + " 100%_"));

        JsonNode all = list("q", company.toUpperCase() + "", "sort", "lastName", "size", "3", "page", "1");
        JsonNode found = list(
                "q",
                company,
                "filter",
                "{\"all\":[{\"field\":\"city\",\"op\":\"EQUALS\",\"value\":\"KÖLN\"},"
                        + "{\"field\":\"score\",\"op\":\"GREATER_THAN\",\"value\":0}]}",
                "sort",
                "score,desc");

        assertThat(all.path("total").asInt()).isEqualTo(8);
        assertThat(names(all)).containsExactly("N4", "N5", "N6");
        assertThat(names(found)).containsExactly("N1", "N3", "N5");
        assertThat(names(list("q", company + " 100%_"))).containsExactly("Other");
        assertThat(names(list("q", company.replace('-', '_') + "_"))).isEmpty();
    }

    @Test
    void equal_values_are_sorted_by_id_so_that_pages_never_overlap() {
        String company = TestUsers.next("Company");
        for (int i = 0; i < 10; i++) {
            lead(Map.of("lastName", "Same", "company", company));
        }

        List<String> ids = new ArrayList<>();
        for (int page = 0; page < 4; page++) {
            ids.addAll(texts(
                    list("q", company, "sort", "name", "size", "3", "page", "" + page)
                            .path("items"),
                    "id"));
        }

        assertThat(ids).hasSize(10).doesNotHaveDuplicates();
    }

    @Test
    void a_filter_has_at_most_eight_conditions() {
        String leaf = "{\"field\":\"city\",\"op\":\"IS_EMPTY\"}";
        String nine = "{\"all\":[" + String.join(",", java.util.Collections.nCopies(9, leaf)) + "]}";

        Answer answer = caller.get("/records/leads?filter=" + encode(nine));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(texts(answer.body().path("problems"), "rule")).containsExactly("filter-limit");
    }

    @Test
    void a_seller_sees_the_records_of_the_own_unit_and_nobody_elses() {
        Person colleague = people.seller(seller.unit());
        Person stranger = people.seller();
        Person manager = people.with(people.unit().id(), Role.SEQUENCE_MANAGER);
        String company = TestUsers.next("Company");
        String path = "/records/leads/" + lead(Map.of("lastName", "Mine", "company", company));

        assertThat(api.as(colleague).get(path).status()).isEqualTo(200);
        assertThat(api.as(manager).get(path).status()).isEqualTo(200);
        assertThat(api.as(stranger).get(path).status()).isEqualTo(404);
        assertThat(api.as(stranger).patch(path, "{\"state\":\"CONTACTED\"}").status())
                .isEqualTo(404);
        assertThat(api.as(stranger).delete(path).status()).isEqualTo(404);
        assertThat(api.as(stranger).get(path + "/timeline").status()).isEqualTo(404);
        assertThat(api.as(stranger)
                        .get("/records/leads?q=" + company)
                        .body()
                        .path("total")
                        .asInt())
                .isZero();
        assertThat(api.as(colleague).delete(path).status()).isEqualTo(403);
        assertThat(api.anonymous().get(path).status()).isEqualTo(401);
    }

    @Test
    void a_sales_manager_sees_the_units_below() {
        var unit = people.unit();
        Person boss = people.with(unit.id(), Role.SALES_MANAGER);
        Person below = people.seller(people.unitBelow(unit.id()).id());
        String path = "/records/leads/"
                + api.as(below)
                        .post("/records/leads", Map.of("fields", Map.of("lastName", "Low")))
                        .body()
                        .path("id")
                        .asText();

        assertThat(api.as(boss).get(path).status()).isEqualTo(200);
        assertThat(api.as(boss).delete(path).status()).isEqualTo(204);
    }

    @Test
    void the_owner_can_be_a_user_name_or_a_team() {
        Person colleague = people.seller(seller.unit());
        var team = people.team(seller.unit(), colleague);
        String path = "/records/leads/" + lead(Map.of("lastName", "Given"));

        assertThat(caller.patch(path, Map.of("owner", colleague.username()))
                        .body()
                        .path("owner")
                        .asText())
                .isEqualTo(colleague.id().toString());
        assertThat(caller.patch(path, Map.of("owner", team.name()))
                        .body()
                        .path("owner")
                        .asText())
                .isEqualTo("team:" + team.id());
        assertThat(names(list(
                        "q",
                        "Given",
                        "filter",
                        "{\"field\":\"owner\",\"op\":\"EQUALS\",\"value\":\"" + team.name() + "\"}")))
                .containsExactly("Given");
    }

    @Test
    void two_who_change_different_fields_at_once_both_succeed() throws Exception {
        String path = "/records/leads/" + lead(Map.of("lastName", "Busy"));
        var pool = Executors.newFixedThreadPool(4);
        List<Callable<Answer>> changes = new ArrayList<>();
        for (String field : List.of("city", "country", "phone", "mobile", "jobTitle", "company")) {
            changes.add(() -> caller.patch(path, Map.of("fields", Map.of(field, "new " + field))));
        }

        var answers = pool.invokeAll(changes);
        pool.shutdown();

        for (var answer : answers) {
            assertThat(answer.get().status()).isEqualTo(200);
        }
        JsonNode fields = caller.get(path).body().path("fields");
        for (String field : List.of("city", "country", "phone", "mobile", "jobTitle", "company")) {
            assertThat(fields.path(field).asText()).isEqualTo("new " + field);
        }
    }

    @Test
    void whoever_asks_for_the_version_seen_is_told_when_it_has_changed() {
        String path = "/records/leads/" + lead(Map.of("lastName", "Watched"));
        String seen = caller.get(path).header("ETag");

        Answer first = caller.with("If-Match", seen).patch(path, Map.of("fields", Map.of("city", "A")));
        Answer second = caller.with("If-Match", seen).patch(path, Map.of("fields", Map.of("city", "B")));

        assertThat(first.status()).isEqualTo(200);
        assertThat(second.status()).isEqualTo(412);
        assertThat(caller.with("If-Match", "\"x\"").patch(path, Map.of()).status())
                .isEqualTo(400);
    }

    @Test
    void opportunities_reach_their_account_and_contact() {
        String account = create("accounts", Map.of("name", "Acme", "sector", "Toys"));
        String contact =
                create("contacts", Map.of("lastName", "Boss", "email", "boss@acme.example", "account", account));
        String name = TestUsers.next("Deal");
        String id = create(
                "opportunities",
                Map.of(
                        "name",
                        name,
                        "account",
                        account,
                        "contact",
                        contact,
                        "estimatedValue",
                        5000,
                        "estimatedCloseDate",
                        "2026-06-30"));

        JsonNode found = caller.get("/records/opportunities?q=" + name + "&filter="
                        + encode("{\"all\":[{\"field\":\"account.sector\",\"op\":\"STARTS_WITH\",\"value\":\"to\"},"
                                + "{\"field\":\"contact.email\",\"op\":\"IS_NOT_EMPTY\"},"
                                + "{\"field\":\"estimatedCloseDate\",\"op\":\"BEFORE\",\"value\":\"2026-07-01\"}]}"))
                .body();
        RecordGraph graph = records.graph(io.upnext.shared.RecordId.of(id)).orElseThrow();

        assertThat(names(found)).containsExactly(name);
        assertThat(graph.person().name()).isEqualTo("Boss");
        assertThat(graph.value("account.sector")).isEqualTo("Toys");
        assertThat(graph.value("owner.name")).isEqualTo(seller.user().name());
        assertThat(caller.post("/records/opportunities", Map.of("fields", Map.of("name", "x", "account", contact)))
                        .status())
                .isEqualTo(400);
        caller.delete("/records/accounts/" + account);
        assertThat(caller.get("/records/opportunities/" + id)
                        .body()
                        .path("fields")
                        .has("account"))
                .isFalse();
    }

    @Test
    void custom_fields_and_added_options_are_used_like_standard_ones() {
        Caller manager = api.as(people.administrator());
        String name = "f" + System.nanoTime();
        Answer made = manager.post(
                "/fields/leads",
                Map.of(
                        "name",
                        name,
                        "label",
                        "Size",
                        "kind",
                        "OPTION_SET",
                        "options",
                        List.of(Map.of("code", "S", "label", "Small"), Map.of("code", "L", "label", "Large"))));
        Answer more = manager.post("/fields/leads/" + name + "/options", Map.of("code", "XL", "label", "Extra large"));
        manager.post("/fields/leads/leadSource/options", Map.of("code", "FAIR_" + name, "label", "Fair " + name));

        assertThat(made.status()).isEqualTo(201);
        assertThat(more.body().path("options")).hasSize(3);
        String id = lead(Map.of("lastName", "Custom", name, "xl", "leadSource", "fair_" + name));
        assertThat(caller.get("/records/leads/" + id)
                        .body()
                        .path("fields")
                        .path(name)
                        .asText())
                .isEqualTo("XL");
        assertThat(names(list("filter", "{\"field\":\"" + name + "\",\"op\":\"IN\",\"value\":[\"XL\"]}", "sort", name)))
                .containsExactly("Custom");
        assertThat(texts(manager.get("/fields/leads?size=500").body().path("items"), "name"))
                .contains(name, "email");
        assertThat(manager.post("/fields/leads", Map.of("name", name, "label", "Again", "kind", "TEXT"))
                        .status())
                .isEqualTo(409);
        assertThat(caller.post("/fields/leads", Map.of("name", "x1", "label", "No", "kind", "TEXT"))
                        .status())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{\"name\": \"a.b\", \"kind\": \"TEXT\"} | 400",
                "{\"name\": \"state\", \"kind\": \"TEXT\"} | 409",
                "{\"name\": \"EMAIL\", \"kind\": \"TEXT\"} | 409",
                "{\"name\": \"ok\", \"kind\": \"MONEY\"} | 400",
                "{\"name\": \"ok\"} | 400",
                "{\"name\": \"ok\", \"kind\": \"TEXT\", \"options\": [{\"code\": \"A\"}]} | 400",
                "{\"name\": \"ok\", \"kind\": \"OPTION_SET\", \"options\": [{\"code\": \"A\"}, {\"code\": \"a\"}]} | 400",
                "{\"name\": \"ok\", \"kind\": \"OPTION_SET\", \"options\": [{\"code\": \"A B\"}]} | 400",
                "{\"name\": \"ok\", \"kind\": \"TEXT\", \"more\": 1} | 400",
            })
    void malformed_fields_are_refused(String body, int status) {
        assertThat(api.as(people.administrator()).post("/fields/leads", body).status())
                .isEqualTo(status);
    }

    @Test
    void an_option_that_is_null_is_refused_with_a_sentence() {
        Answer answer =
                api.as(people.administrator()).post("/fields/leads/leadSource/options", "{\"options\": [null]}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.detail()).contains("'options' holds a null");
    }

    @Test
    void calls_meetings_and_notes_are_logged() {
        String path = "/records/leads/" + lead(Map.of("lastName", "Called"));

        Answer call = caller.post(path + "/activities", Map.of("kind", "CALL", "outcome", "CONNECTED", "note", "Nice"));

        assertThat(call.status()).isEqualTo(201);
        JsonNode fields = caller.get(path).body().path("fields");
        assertThat(fields.path("lastContactedMode").asText()).isEqualTo("OUTGOING_CALL");
        assertThat(fields.path("lastActivityType").asText()).isEqualTo("CALL");
        assertThat(caller.get(path + "/timeline")
                        .body()
                        .path("items")
                        .get(0)
                        .path("details")
                        .path("note")
                        .asText())
                .isEqualTo("Nice");
        assertThat(caller.post(path + "/activities", Map.of("kind", "NOTE")).status())
                .isEqualTo(400);
        assertThat(caller.post(path + "/activities", Map.of("kind", "DINNER")).status())
                .isEqualTo(400);
        assertThat(caller.post(path + "/activities", Map.of()).status()).isEqualTo(400);
    }

    @Test
    void views_are_saved_shared_and_kept_from_others() {
        Person other = people.seller();
        Answer mine = caller.post(
                "/views",
                Map.of(
                        "name",
                        "Mine",
                        "recordType",
                        "LEAD",
                        "columns",
                        List.of("email", "city"),
                        "sort",
                        "name,asc",
                        "filter",
                        Map.of("field", "city", "op", "IS_NOT_EMPTY")));
        Answer shared = caller.post("/views", Map.of("name", "Ours", "recordType", "LEAD", "shared", true));

        assertThat(mine.status()).as(mine.text()).isEqualTo(201);
        String own = "/views/" + mine.body().path("id").asText();
        assertThat(caller.get(own).body().path("filter").path("all")).hasSize(1);
        assertThat(api.as(other).get(own).status()).isEqualTo(404);
        String common = "/views/" + shared.body().path("id").asText();
        assertThat(api.as(other).get(common).status()).isEqualTo(200);
        assertThat(api.as(other).delete(common).status()).isEqualTo(403);
        assertThat(caller.put(own, Map.of("name", "Renamed", "recordType", "LEAD"))
                        .body()
                        .path("name")
                        .asText())
                .isEqualTo("Renamed");
        assertThat(texts(caller.get("/views?recordType=LEAD").body().path("items"), "name"))
                .contains("Renamed", "Ours");
        assertThat(caller.delete(own).status()).isEqualTo(204);
        assertThat(caller.post("/views", Map.of("name", "Bad", "recordType", "LEAD", "columns", List.of("nothing")))
                        .status())
                .isEqualTo(400);
        assertThat(caller.post("/views", Map.of("recordType", "LEAD")).status()).isEqualTo(400);
    }

    @Test
    void touching_a_record_keeps_its_version() {
        var id = io.upnext.shared.RecordId.of(lead(Map.of("lastName", "Touched")));

        records.touched(id, "REPLIED", null);

        CrmRecord lead = records.find(id).orElseThrow();
        assertThat(lead.text("lastContactedMode")).isEqualTo("REPLIED");
        assertThat(lead.version()).isZero();
        assertThat(lead.type()).isEqualTo(RecordType.LEAD);
    }

    @Test
    void the_paths_are_described() {
        Answer description = caller.get("//v3/api-docs");

        assertThat(description.status()).isEqualTo(200);
        assertThat(description.body().path("paths").toString()).contains("/import", "/timeline", "/options");
    }

    private String lead(Map<String, Object> fields) {
        return create("leads", fields);
    }

    private String create(String type, Map<String, Object> fields) {
        Answer answer = caller.post("/records/" + type, Map.of("fields", fields));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.body().path("id").asText();
    }

    private JsonNode list(String... parameters) {
        StringBuilder query = new StringBuilder("/records/leads?");
        for (int i = 0; i < parameters.length; i += 2) {
            query.append(parameters[i])
                    .append('=')
                    .append(encode(parameters[i + 1]))
                    .append('&');
        }
        Answer answer = caller.get(query.toString());
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.body();
    }

    private static List<String> names(JsonNode page) {
        return texts(page.path("items"), "name");
    }

    private static List<String> texts(JsonNode list, String field) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(item -> item.path(field).asText())
                .toList();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
