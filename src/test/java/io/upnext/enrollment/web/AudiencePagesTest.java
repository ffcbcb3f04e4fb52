package io.upnext.enrollment.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.upnext.shared.RecordId;
import io.upnext.shared.SequenceId;
import io.upnext.testing.Api;
import io.upnext.testing.Journey;
import io.upnext.testing.Journey.SalesTeam;
import io.upnext.testing.TestUsers;
import io.upnext.testing.UpnextTest;
import io.upnext.testing.Visitor;
import io.upnext.testing.Visitor.Seen;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** An audience is made, looked at, switched on and off with forms alone. */
@UpnextTest
class AudiencePagesTest {

    private final Journey journey;
    private final Api api;

    AudiencePagesTest(@Autowired Journey journey, @Autowired Api api) {
        this.journey = journey;
        this.api = api;
    }

    @Test
    void an_audience_is_made_and_switched_on_with_forms_alone() {
        SalesTeam team = journey.team();
        String company = TestUsers.next("Company, Inc");
        RecordId lead = journey.lead(team, Map.of("company", company, "firstName", "Grace", "lastName", "Hopper"));
        SequenceId sequence = journey.sequence(team, "[{\"id\": \"meet\", \"type\": \"TASK\", \"name\": \"Meet\"}]");
        Visitor visitor = api.visit(team.manager());
        String name = TestUsers.next("Audience");
        String[] form = {
            "sequence",
            sequence.toString(),
            "recordType",
            "LEAD",
            "name",
            name,
            "who",
            "filter",
            "filter.rows",
            "true",
            "filter.match",
            "all",
            "filter.row",
            "k1",
            "filter.k1.field",
            "company",
            "filter.k1.op",
            "EQUALS",
            "filter.k1.value",
            company,
            "when",
            "ON_CHANGE",
            "at",
            "09:00",
            "priority",
            "7"
        };

        assertThat(visitor.get("/audiences/new").text()).contains(sequence.toString());
        api.as(team.manager()).patch("/me", Map.of("timeZone", "Asia/Kolkata"));
        Document blank =
                Jsoup.parse(visitor.get("/audiences/new?sequence=" + sequence).text());
        assertThat(blank.select("select[name=timeZone] option[selected]").eachText())
                .containsExactly("Asia/Kolkata");
        assertThat(blank.select("select[name=timeZone] option").eachText()).contains("Europe/Berlin", "UTC");
        Seen found = visitor.post("/audiences/preview", form);
        assertThat(Jsoup.parse(found.text()).text()).contains("1 record").contains("Grace Hopper");
        Seen saved = visitor.post("/audiences", form);
        assertThat(saved.path()).startsWith("/audiences/").isNotEqualTo("/audiences");
        String id = saved.path().replaceAll(".*/", "");
        assertThat(audience(team, id).at("/when/kind").asText()).isEqualTo("ON_CHANGE");
        assertThat(audience(team, id).at("/filter/all/0/value").asText()).isEqualTo(company);

        form[7] = "views";
        Seen refused = visitor.post("/audiences/" + id, form);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(Jsoup.parse(refused.text()).select("[role=alert]").text()).contains("either");
        Document on = Jsoup.parse(visitor.post("/audiences/" + id + "/enable").text());
        assertThat(on.select("h1 .state").text()).isEqualTo("On");
        journey.run();
        Document members = Jsoup.parse(
                visitor.get("/audiences/" + id + "/members?state=CONNECTED").text());
        assertThat(members.select("td a").eachText()).containsExactly("Grace Hopper");
        Document german = Jsoup.parse(visitor.get("/audiences?lang=de").text());
        assertThat(german.select("h1").text()).isEqualTo("Zielgruppen");
        assertThat(german.text()).contains(name);
        Document edit = Jsoup.parse(visitor.get("/audiences/" + id + "?lang=de").text());
        assertThat(edit.select("[name^=filter.][name$=.value]").attr("value")).isEqualTo(company);
        assertThat(edit.select("[name$=.op] option[selected]").attr("value")).isEqualTo("EQUALS");
        assertThat(edit.text()).contains("1 verbunden");
        assertThat(visitor.post("/audiences/" + id + "/disable").text()).contains("Aus");
        assertThat(visitor.post("/audiences/" + id + "/delete").path()).isEqualTo("/audiences");
        assertThat(api.as(team.manager()).get("/records/leads/" + lead).status())
                .isEqualTo(200);
        assertThat(api.visit(team.seller()).get("/audiences").status()).isEqualTo(403);
    }

    private JsonNode audience(SalesTeam team, String id) {
        return api.as(team.manager()).get("/audiences/" + id).body();
    }
}
