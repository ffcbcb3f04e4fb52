package io.upnext.sequence.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.upnext.security.Role;
import io.upnext.security.Settings;
import io.upnext.shared.Actor;
import io.upnext.shared.UnitId;
import io.upnext.testing.Api;
import io.upnext.testing.TestUsers;
import io.upnext.testing.TestUsers.Person;
import io.upnext.testing.UpnextTest;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

@UpnextTest
class SequenceRightsTest {

    @Autowired
    Api api;

    @Autowired
    TestUsers users;

    @Autowired
    Settings settings;

    UnitId above;
    UnitId unit;
    UnitId below;
    Person author;
    String path;

    @BeforeEach
    void aSequenceOfSomebody() {
        above = users.unit().id();
        unit = users.unitBelow(above).id();
        below = users.unitBelow(unit).id();
        author = users.seller(unit);
        path = "/sequences/"
                + api.as(author)
                        .post("/sequences", SequenceLifeTest.oneTask(TestUsers.next("Sequence")))
                        .body()
                        .get("id")
                        .asText();
    }

    @ParameterizedTest
    @CsvSource({
        "SALESPERSON,      same,    200, 403",
        "SALESPERSON,      above,   404, 404",
        "SALESPERSON,      below,   404, 404",
        "SALESPERSON,      foreign, 404, 404",
        "SALES_MANAGER,    same,    200, 200",
        "SALES_MANAGER,    above,   200, 200",
        "SALES_MANAGER,    below,   404, 404",
        "SALES_MANAGER,    foreign, 404, 404",
        "SEQUENCE_MANAGER, foreign, 200, 200",
        "ADMINISTRATOR,    foreign, 200, 200"
    })
    void who_may_see_and_who_may_change(Role role, String where, int see, int change) {
        UnitId other =
                switch (where) {
                    case "same" -> unit;
                    case "above" -> above;
                    case "below" -> below;
                    default -> users.unit().id();
                };
        var call = api.as(users.with(other, role));

        assertThat(call.get(path).status()).isEqualTo(see);
        assertThat(call.get(path + "/versions").status()).isEqualTo(see);
        assertThat(call.post(path + "/check").status()).isEqualTo(see);
        assertThat(call.post(path + "/copy", Map.of("name", "Copy")).status()).isEqualTo(see == 200 ? 201 : see);
        assertThat(call.with("If-Match", "*")
                        .put(path, SequenceLifeTest.oneTask("Changed"))
                        .status())
                .isEqualTo(change);
        assertThat(call.post(path + "/activate", Map.of("changeDescription", "x"))
                        .status())
                .isEqualTo(change);
        assertThat(call.post(path + "/revision").status()).isEqualTo(change);
        assertThat(call.post(path + "/deactivate").status()).isEqualTo(change);
        assertThat(call.post(path + "/owner", Map.of("owner", author.id().toString()))
                        .status())
                .isEqualTo(change);
        assertThat(call.delete(path).status()).isEqualTo(change == 200 ? 204 : change);
    }

    @Test
    void the_author_may_everything() {
        var call = api.as(author);

        assertThat(call.post(path + "/activate").status()).isEqualTo(200);
        assertThat(call.delete(path).status()).isEqualTo(204);
    }

    @Test
    void a_list_shows_only_what_one_may_see() {
        String id = path.substring("/sequences/".length());

        assertThat(api.as(users.seller(unit)).get("/sequences").text()).contains(id);
        assertThat(api.as(users.seller()).get("/sequences").text()).doesNotContain(id);
        assertThat(api.as(users.with(above, Role.SALES_MANAGER))
                        .get("/sequences")
                        .text())
                .contains(id);
    }

    @Test
    void giving_a_sequence_to_somebody_gives_all_rights_on_it() {
        Person stranger = users.seller();
        assertThat(api.as(stranger).get(path).status()).isEqualTo(404);

        var given = api.as(author)
                .post(path + "/owner", Map.of("owner", stranger.id().toString()));

        assertThat(given.status()).isEqualTo(200);
        assertThat(api.as(stranger).post(path + "/activate").status()).isEqualTo(200);
        assertThat(api.as(author).get(path).status()).isEqualTo(404);
        assertThat(api.as(stranger)
                        .post(path + "/owner", Map.of("owner", "0192f000-0000-7000-8000-000000000000"))
                        .status())
                .isEqualTo(422);
    }

    @Test
    void nobody_is_anybody_without_log_in() {
        assertThat(api.anonymous().get(path).status()).isEqualTo(401);
    }

    @Test
    void a_setting_shows_salespeople_their_own_sequences_only() {
        var colleague = api.as(users.seller(unit));
        settings.set(Actor.SYSTEM, "ownSequencesOnly", true);
        try {
            assertThat(colleague.get(path).status()).isEqualTo(404);
            assertThat(colleague.get("/sequences").body().get("total").asInt()).isZero();
            assertThat(api.as(author).get(path).status()).isEqualTo(200);
            assertThat(api.as(users.with(unit, Role.SALES_MANAGER)).get(path).status())
                    .isEqualTo(200);
        } finally {
            settings.set(Actor.SYSTEM, "ownSequencesOnly", null);
        }
    }
}
