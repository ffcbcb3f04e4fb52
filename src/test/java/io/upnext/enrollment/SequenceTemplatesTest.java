package io.upnext.enrollment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.upnext.shared.RecordType;
import io.upnext.testing.Api;
import io.upnext.testing.Journey;
import io.upnext.testing.Journey.SalesTeam;
import io.upnext.testing.UpnextTest;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** The sequences that come with the product are complete: each can be activated as it is. */
@UpnextTest
class SequenceTemplatesTest {

    private final Journey journey;
    private final Api api;
    private SalesTeam team;

    SequenceTemplatesTest(@Autowired Journey journey, @Autowired Api api) {
        this.journey = journey;
        this.api = api;
    }

    @BeforeEach
    void aTeam() {
        team = journey.team();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no-show",
                "high-volume-outbound",
                "event-invitation",
                "demo-request",
                "account-renewal",
                "webinar-follow-up",
                "lead-qualification",
                "customer-onboarding"
            })
    void each_can_be_activated_without_a_problem(String key) {
        var created = api.as(team.manager()).post("/sequence-templates/" + key + "/sequences");
        assertThat(created.status()).as(created.toString()).isEqualTo(201);
        String path = "/sequences/" + created.body().get("id").asText();

        JsonNode problems = api.as(team.manager()).post(path + "/check").body().get("problems");

        assertThat(problems).isEmpty();
        assertThat(api.as(team.manager()).post(path + "/activate", Map.of()).status())
                .isEqualTo(200);
    }

    @Test
    void they_are_listed_and_begun_under_a_name_of_ones_own() {
        JsonNode list = api.as(team.seller()).get("/sequence-templates").body();
        var own = api.as(team.seller())
                .post("/sequence-templates/no-show/sequences", Map.of("name", "Come back, please"));

        assertThat(list.get("items").findValuesAsText("key")).contains("no-show", "account-renewal");
        assertThat(own.body().get("name").asText()).isEqualTo("Come back, please");
        assertThat(api.as(team.seller())
                        .post("/sequence-templates/nowhere/sequences")
                        .status())
                .isEqualTo(404);
    }

    /** A fallback hides that a field does not exist: then everybody gets the fallback. */
    @Test
    void their_mails_name_fields_that_those_they_are_written_to_have() {
        for (JsonNode template :
                api.as(team.seller()).get("/sequence-templates").body().get("items")) {
            RecordType type = RecordType.valueOf(
                    template.get("definition").get("recordType").asText());
            String mails = template.get("mails").toString();

            assertThat(fields(type.plural())).containsAll(named("record", mails));
            assertThat(fields("contacts")).containsAll(named("contact", mails));
        }
    }

    private List<String> fields(String types) {
        return api.as(team.seller()).get("/fields/" + types).body().findValuesAsText("name");
    }

    private static List<String> named(String scope, String mails) {
        return Pattern.compile("\\{\\{" + scope + "\\.(\\w+)")
                .matcher(mails)
                .results()
                .map(found -> found.group(1))
                .toList();
    }
}
