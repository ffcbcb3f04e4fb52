package io.upnext.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.upnext.testing.Api;
import io.upnext.testing.TestUsers;
import io.upnext.testing.TestUsers.Person;
import io.upnext.testing.UpnextTest;
import io.upnext.testing.Visitor;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Calendars of countries, and the organisation's own days off: over the API and on the administrator's page. */
@UpnextTest
class CalendarTest {

    @Autowired
    Api api;

    @Autowired
    TestUsers users;

    @Autowired
    CompanyCalendar calendar;

    @Autowired
    Settings settings;

    Person admin;
    String country;

    @BeforeEach
    void inGermany() {
        admin = users.administrator();
        country = settings.country().orElse(null);
        api.as(admin).put("/settings", Map.of("country", "DE"));
        removeAll();
    }

    private void removeAll() {
        calendar.own().forEach(holiday -> api.as(admin).delete("/calendars/company/days/" + holiday.id()));
    }

    @AfterEach
    void asBefore() {
        removeAll();
        Map<String, Object> before = new HashMap<>();
        before.put("country", country);
        api.as(admin).put("/settings", before);
    }

    @Test
    void everybody_reads_the_holidays_of_countries_and_their_parts() {
        Api.Caller seller = api.as(users.seller());

        JsonNode list = seller.get("/calendars?size=500&sort=code,asc").body();
        JsonNode germany = seller.get("/calendars/de?year=2026").body();
        JsonNode bavaria = seller.get("/calendars/DE-BY?year=2026").body();

        assertThat(list.get("items").toString())
                .contains("{\"code\":\"DE\",\"name\":\"Germany\",\"inUse\":true}", "\"code\":\"US\"");
        assertThat(germany.get("days").toString())
                .contains("\"date\":\"2026-10-03\"")
                .doesNotContain("2026-01-06");
        assertThat(germany.get("regions").toString()).contains("\"DE-BY\"");
        assertThat(bavaria.get("days").toString()).contains("2026-10-03", "2026-01-06");
        assertThat(seller.get("/calendars/XX").status()).isEqualTo(404);
        assertThat(seller.get("/calendars/DE-XX").status()).isEqualTo(404);
        assertThat(seller.get("/calendars/DE?year=99999").status()).isEqualTo(400);
    }

    @Test
    void days_off_of_the_organisation_are_kept_and_count_at_once() {
        Api.Caller as = api.as(admin);
        var made = as.post(
                "/calendars/company/days",
                Map.of("name", "Christmas", "from", "2026-12-28", "to", "2026-12-31", "everyYear", true));

        assertThat(made.status()).isEqualTo(201);
        String id = made.body().get("id").asText();
        assertThat(calendar.daysOff().contains(LocalDate.parse("2027-12-30"))).isTrue();
        assertThat(as.get("/calendars/company?year=2027").body().get("days")).hasSize(4);
        assertThat(as.put("/calendars/company/days/" + id, Map.of("name", "Christmas", "from", "2026-12-28"))
                        .body()
                        .get("to")
                        .asText())
                .isEqualTo("2026-12-28");
        assertThat(calendar.daysOff().contains(LocalDate.parse("2027-12-28"))).isFalse();
        assertThat(as.get("/calendars/company/days").body().get("total").asInt())
                .isEqualTo(1);
        assertThat(as.delete("/calendars/company/days/" + id).status()).isEqualTo(204);
        assertThat(as.delete("/calendars/company/days/" + id).status()).isEqualTo(404);
        assertThat(api.as(users.manager())
                        .post("/calendars/company/days", Map.of("name", "Free", "from", "2026-12-28"))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void working_days_are_left_whatever_is_entered() {
        Api.Caller as = api.as(admin);

        assertThat(problem(as, Map.of())).contains("need a name").contains("need a first day");
        assertThat(problem(as, Map.of("name", "a", "from", "2026-02-02", "to", "2026-02-01")))
                .contains("lies before the first");
        assertThat(problem(as, Map.of("name", "a", "from", "2026-02-01", "to", "2026-04-02")))
                .contains("last 60 days at most");
        for (String from : new String[] {"2026-01-01", "2026-05-01"}) {
            Map<String, Object> days = Map.of(
                    "name",
                    "Long",
                    "from",
                    from,
                    "to",
                    LocalDate.parse(from).plusDays(59).toString(),
                    "everyYear",
                    true);
            assertThat(as.post("/calendars/company/days", days).status()).isEqualTo(201);
        }
        assertThat(problem(as, Map.of("name", "a", "from", "2029-12-01"))).contains("more than 120 days of 2029");
    }

    private static String problem(Api.Caller as, Map<String, Object> body) {
        var refused = as.post("/calendars/company/days", body);
        assertThat(refused.status()).isEqualTo(400);
        return refused.body().get("problems").toString();
    }

    @Test
    void the_page_shows_adds_changes_and_takes_over_those_of_a_region() {
        Visitor visitor = api.visit(admin);
        assertThat(visitor.get("/admin/calendar?year=2026&lang=de").text())
                .contains("Feiertage von Deutschland", "Tag der Deutschen Einheit", "Bayern");

        var refused = visitor.post("/admin/calendar", "name", "Brücke", "from", "2026-05-15", "to", "2026-05-01");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text())
                .contains("Der letzte Tag liegt vor dem ersten")
                .contains("value=\"Brücke\"");
        var saved = visitor.post("/admin/calendar", "name", "Brücke", "from", "2026-05-15", "to", "");
        assertThat(Jsoup.parse(saved.text()).select("td").eachText()).contains("Brücke", "15.05.2026");
        String edit = Jsoup.parse(saved.text()).selectFirst("td a").attr("href");
        assertThat(visitor.get(edit).text()).contains("Betriebsferien ändern", "value=\"2026-05-15\"");
        visitor.post(edit, "name", "Brücke", "from", "2026-05-15", "everyYear", "true");
        assertThat(calendar.own()).hasSize(1).allMatch(CompanyHoliday::everyYear);

        var added = visitor.post("/admin/calendar/region", "region", "DE-BY", "year", "2026");

        assertThat(added.text()).contains("Hinzugefügt für Bayern", "Heilige");
        assertThat(calendar.daysOff().contains(LocalDate.parse("2026-01-06"))).isTrue();
        assertThat(visitor.post("/admin/calendar/region", "region", "DE-BY", "year", "2026")
                        .text())
                .contains("nichts Neues");
        assertThat(visitor.post(edit + "/delete").text()).contains("Betriebsferien entfernt");
        assertThat(visitor.get("/admin/calendar?lang=en").status()).isEqualTo(200);
        assertThat(api.visit(users.manager()).get("/admin/calendar").status()).isEqualTo(403);
    }
}
