package io.upnext.record.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.upnext.testing.Api;
import io.upnext.testing.TestUsers;
import io.upnext.testing.TestUsers.Person;
import io.upnext.testing.UpnextTest;
import io.upnext.testing.Visitor;
import io.upnext.testing.Visitor.Seen;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

@UpnextTest
class RecordPagesTest {

    private final Api api;
    private final TestUsers people;
    private Person manager;
    private Visitor visitor;

    RecordPagesTest(@Autowired Api api, @Autowired TestUsers people) {
        this.api = api;
        this.people = people;
    }

    @BeforeEach
    void somebodyVisits() {
        manager = people.manager();
        visitor = api.visit(manager);
    }

    @ParameterizedTest
    @ValueSource(strings = {"leads", "opportunities", "contacts", "accounts"})
    void every_type_has_its_pages(String type) {
        assertThat(visitor.get("/records/" + type).status()).isEqualTo(200);
        assertThat(visitor.get("/records/" + type + "/new").status()).isEqualTo(200);
        assertThat(visitor.get("/records/" + type + "/import").status()).isEqualTo(200);
        Seen german = visitor.get("/records/" + type + "?lang=de&sort=name,desc");
        assertThat(german.text()).contains("Bedingung hinzufügen").doesNotContain("??");
    }

    @Test
    void a_record_is_made_changed_and_deleted() {
        String name = TestUsers.next("<b>Ada</b>");
        visitor.get("/records/leads/new");

        Seen made = visitor.post(
                "/records/leads",
                "lastName",
                name,
                "email",
                "a@b.example",
                "score",
                "5",
                "doNotEmail",
                "true",
                "owner",
                manager.username(),
                "state",
                "NEW");

        assertThat(made.status()).isEqualTo(200);
        assertThat(made.text()).doesNotContain("<b>Ada").contains("&lt;b&gt;Ada");
        Seen changed = visitor.post(
                made.path(), "version", "0", "city", "Köln", "state", "CONTACTED", "owner", manager.username());
        assertThat(changed.text()).contains("Köln", "State changed from New to Contacted");
        Seen stale =
                visitor.post(made.path(), "version", "0", "city", "Bonn", "state", "NEW", "owner", manager.username());
        assertThat(stale.status()).isEqualTo(422);
        assertThat(stale.text()).contains("Somebody has changed");
        assertThat(visitor.post(made.path() + "/activities", "kind", "CALL", "note", "Nice talk")
                        .text())
                .contains("Nice talk");
        assertThat(visitor.post(made.path() + "/delete").path()).isEqualTo("/records/leads");
        assertThat(visitor.get(made.path()).status()).isEqualTo(404);
    }

    @Test
    void what_is_wrong_stands_beside_its_field() {
        visitor.get("/records/leads/new");

        Seen refused = visitor.post(
                "/records/leads", "lastName", "X", "email", "no address", "owner", manager.username(), "state", "NEW");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text()).contains("is no mail address", "is-invalid", "no address");
    }

    @Test
    void the_grid_is_searched_filtered_and_shows_chosen_columns() {
        String company = TestUsers.next("Company");
        for (String city : new String[] {"Köln", "Bonn"}) {
            api.as(manager)
                    .post(
                            "/records/leads",
                            Map.of("fields", Map.of("lastName", "In " + city, "company", company, "city", city)));
        }

        Seen found = visitor.get("/records/leads?q=" + company + "&field=city&op=EQUALS&value=bonn");
        Seen wrong = visitor.get("/records/leads?field=score&op=GREATER_THAN&value=many");

        assertThat(found.text()).contains("In Bonn").doesNotContain("In Köln");
        assertThat(wrong.status()).isEqualTo(200);
        assertThat(wrong.text()).contains("needs a number");
        Seen columns =
                visitor.post("/records/leads/columns", "column", "city", "column", "nonsense", "column", "email");
        assertThat(columns.status()).isEqualTo(200);
        String head = columns.text().substring(columns.text().indexOf("columns-list"));
        assertThat(head.indexOf("value=\"city\"")).isLessThan(head.indexOf("value=\"email\""));
        Seen view = visitor.post(
                "/records/leads/views",
                "name",
                "In Bonn only",
                "q",
                company,
                "field",
                "city",
                "op",
                "EQUALS",
                "value",
                "Bonn");
        assertThat(view.text()).contains("In Bonn only", "Delete view").doesNotContain("In Köln");
        aViewIsChangedOnAPage(view.text());
        assertThat(visitor.get("/records/leads/condition?field=rating").text()).contains("datalist", "HOT");
    }

    private void aViewIsChangedOnAPage(String grid) {
        String edit = grid.replaceAll("(?s).*href=\"([^\"]*/views/[^\"]*/edit)\".*", "$1");
        String id = edit.replaceAll(".*/views/(.*)/edit", "$1");
        assertThat(visitor.get(edit).text()).contains("In Bonn only", "value=\"Bonn\"");
        String[] form = {
            "name",
            "Elsewhere",
            "q",
            "",
            "filter.rows",
            "true",
            "filter.match",
            "all",
            "filter.row",
            "k1",
            "filter.k1.field",
            "city",
            "filter.k1.op",
            "IN",
            "filter.k1.value",
            "Köln\nAachen"
        };

        Seen changed = visitor.post(edit, form);

        assertThat(changed.text()).contains("Elsewhere");
        JsonNode saved = api.as(manager).get("/views/" + id).body();
        assertThat(saved.at("/filter/all/0/value").toString()).isEqualTo("[\"Köln\",\"Aachen\"]");
        assertThat(saved.get("columns")).isNotEmpty();
        form[1] = " ";
        Seen refused = visitor.post(edit, form);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text()).contains("A view needs a name", "Aachen");
        assertThat(api.visit(people.manager()).get(edit).status()).isEqualTo(404);
    }

    @Test
    void opportunities_take_their_account_by_name() {
        String account = TestUsers.next("Acme");
        api.as(manager).post("/records/accounts", Map.of("fields", Map.of("name", account)));
        visitor.get("/records/opportunities/new");

        Seen made = visitor.post(
                "/records/opportunities",
                "name",
                "Deal",
                "account",
                account.toUpperCase(),
                "owner",
                manager.username(),
                "state",
                "OPEN");
        Seen unknown = visitor.post(
                "/records/opportunities",
                "name",
                "Deal",
                "account",
                "nobody " + account,
                "owner",
                manager.username(),
                "state",
                "OPEN");

        assertThat(made.status()).isEqualTo(200);
        assertThat(made.text()).contains("value=\"" + account + "\"");
        assertThat(unknown.status()).isEqualTo(422);
    }

    @Test
    void nothing_is_inline() {
        for (String path : new String[] {"/records/leads", "/records/leads/new", "/records/leads/import"}) {
            assertThat(visitor.get(path).text())
                    .doesNotContain(" style=")
                    .doesNotContain("<script>")
                    .doesNotContain(" onclick=");
        }
    }

    @Test
    void a_seller_may_not_open_the_import() {
        assertThat(api.visit(people.seller()).get("/records/leads/import").status())
                .isEqualTo(403);
        assertThat(visitor.get("/js/records.js").status()).isEqualTo(200);
        assertThat(visitor.get("/webjars/sortablejs/Sortable.min.js").status()).isEqualTo(200);
    }
}
