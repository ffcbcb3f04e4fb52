package io.upnext.security;

import static io.upnext.testing.TestUsers.next;
import static org.assertj.core.api.Assertions.assertThat;

import io.upnext.shared.ConflictException;
import io.upnext.testing.Api;
import io.upnext.testing.Api.Answer;
import io.upnext.testing.TestUsers;
import io.upnext.testing.TestUsers.Person;
import io.upnext.testing.UpnextTest;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

@UpnextTest
class AdministrationTest {

    @Autowired
    Api api;

    @Autowired
    TestUsers people;

    @Autowired
    Users users;

    @Autowired
    Organisation organisation;

    @ParameterizedTest
    @CsvSource({
        "GET, /users, 200, 200, 200, 200",
        "GET, /units, 200, 200, 200, 200",
        "GET, /teams, 200, 200, 200, 200",
        "GET, /settings, 200, 200, 200, 200",
        "GET, /api-keys, 200, 200, 200, 200",
        "GET, /me, 200, 200, 200, 200",
        "GET, /audit, 200, 403, 403, 403",
        "POST, /users, 400, 403, 403, 403",
        "POST, /units, 400, 403, 403, 403",
        "POST, /teams, 400, 403, 403, 403",
        "PUT, /settings, 200, 403, 403, 403",
        "GET, //actuator/metrics, 200, 403, 403, 403",
        "GET, //v3/api-docs, 200, 200, 200, 200"
    })
    void rolesDecide(String method, String path, int admin, int manager, int salesManager, int seller) {
        var unit = people.unit().id();

        assertThat(status(people.with(unit, Role.ADMINISTRATOR), method, path)).isEqualTo(admin);
        assertThat(status(people.with(unit, Role.SEQUENCE_MANAGER), method, path))
                .isEqualTo(manager);
        assertThat(status(people.with(unit, Role.SALES_MANAGER), method, path)).isEqualTo(salesManager);
        assertThat(status(people.with(unit, Role.SALESPERSON), method, path)).isEqualTo(seller);
        assertThat(api.anonymous().send(method, path, "application/json", "{}").status())
                .isEqualTo(401);
    }

    private int status(Person person, String method, String path) {
        return api.as(person).send(method, path, "application/json", "{}").status();
    }

    @Test
    void usersAreMadeChangedAndDeactivated() {
        var admin = people.administrator();
        var made = create(admin, next("user"));
        var path = "/users/" + made.body().path("id").asText();

        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(made.text()).doesNotContain("password", "bcrypt");
        assertThat(api.as(admin)
                        .patch(path, Map.of("timeZone", "Europe/Berlin"))
                        .body()
                        .path("timeZone")
                        .asText())
                .isEqualTo("Europe/Berlin");
        var whole = api.as(admin).get(path);
        assertThat(api.as(admin).put(path, whole.text()).text()).isEqualTo(whole.text());
        var username = made.body().path("username").asText();
        assertThat(api.basic(username, "a long password").get("/me").status()).isEqualTo(200);

        assertThat(api.as(admin).delete(path).status()).isEqualTo(204);
        assertThat(api.as(admin).delete(path).status()).isEqualTo(204);

        assertThat(api.basic(username, "a long password").get("/me").status()).isEqualTo(401);
        assertThat(api.as(admin).get(path).body().path("active").asBoolean()).isFalse();
        var log = api.as(admin)
                .get("/audit?subject=user:" + made.body().path("id").asText());
        assertThat(log.body().path("items").findValuesAsText("action"))
                .containsExactly("user.change", "user.change", "user.create");
        assertThat(log.text()).doesNotContain("a long password", "bcrypt");
    }

    private Answer create(Person admin, String username) {
        return api.as(admin)
                .post(
                        "/users",
                        Map.of(
                                "username",
                                username,
                                "password",
                                "a long password",
                                "name",
                                "Somebody",
                                "unit",
                                admin.unit(),
                                "roles",
                                List.of("SALESPERSON")));
    }

    @Test
    void everythingWrongWithAUserIsSaidAtOnce() {
        var answer = api.as(people.administrator())
                .post("/users", Map.of("username", "?", "password", "short", "email", "x", "timeZone", "Mars"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("problems").findValuesAsText("rule"))
                .contains("username", "password", "email", "unit", "timeZone");
    }

    @Test
    void aTakenUserNameIsAConflictWhateverItsCase() {
        var admin = people.administrator();

        assertThat(create(admin, admin.username().toUpperCase()).status()).isEqualTo(409);
    }

    @Test
    void aUnitCannotStandBelowItself() {
        var admin = people.administrator();
        var top = people.unit();
        var below = people.unitBelow(top.id());

        var answer = api.as(admin).put("/units/" + top.id(), Map.of("name", top.name(), "parent", below.id()));

        assertThat(answer.status()).isEqualTo(400);
    }

    @Test
    void aUnitInUseCannotBeDeleted() {
        var admin = people.administrator();

        assertThat(api.as(admin).delete("/units/" + admin.unit()).status()).isEqualTo(409);
        assertThat(api.as(admin).delete("/units/" + people.unit().id()).status())
                .isEqualTo(204);
    }

    @Test
    void managersSeeTheirUnitAndThoseBelowAndSellersTheirOwn() {
        var top = people.unit();
        var below = people.unitBelow(top.id());
        var beside = people.unit();

        var manager = people.caller(people.with(top.id(), Role.SALES_MANAGER));
        var seller = people.caller(people.seller(top.id()));

        assertThat(manager.sees(below.id())).isTrue();
        assertThat(manager.sees(beside.id())).isFalse();
        assertThat(seller.sees(top.id())).isTrue();
        assertThat(seller.sees(below.id())).isFalse();
        assertThat(people.caller(people.manager()).sees(beside.id())).isTrue();
    }

    @Test
    void settingsAreCheckedAndUnknownOnesRefused() {
        var admin = api.as(people.administrator());

        assertThat(admin.put("/settings", "{\"timeZone\": \"Mars\", \"colour\": \"red\"}")
                        .body()
                        .path("problems"))
                .hasSize(2);
        assertThat(admin.put("/settings", "{\"advanceHops\": 21}")
                        .body()
                        .path("advanceHops")
                        .asInt())
                .isEqualTo(21);
        assertThat(admin.put("/settings", "{\"advanceHops\": null}")
                        .body()
                        .path("advanceHops")
                        .asInt())
                .isEqualTo(20);
        assertThat(api.as(people.seller()).get("/settings").body().has("postalAddress"))
                .isFalse();
    }

    @Test
    void anApiKeyLogsInUntilItIsDeleted() {
        var seller = people.seller();
        var made = api.as(seller).post("/api-keys", Map.of("name", "script"));
        var key = made.body().path("key").asText();
        var path = "/api-keys/" + made.body().path("id").asText();

        assertThat(api.bearer(key).get("/me").body().path("username").asText()).isEqualTo(seller.username());
        assertThat(api.as(seller).get("/api-keys").text()).doesNotContain(key);
        assertThat(api.as(people.seller()).delete(path).status()).isEqualTo(404);
        assertThat(api.bearer(key).delete(path).status()).isEqualTo(204);

        assertThat(api.bearer(key).get("/me").status()).isEqualTo(401);
    }

    @Test
    void ownersAreFoundByWhatPeopleWrite() {
        var seller = people.seller();
        var team = people.team(seller.unit(), seller);

        assertThat(users.resolve(seller.username().toUpperCase())).hasValueSatisfying(found -> assertThat(found.id())
                .isEqualTo(seller.id().value()));
        assertThat(users.resolve(seller.user().email())).isPresent();
        assertThat(users.resolve(team.name()))
                .hasValueSatisfying(found -> assertThat(found.isUser()).isFalse());
        assertThat(users.resolve("team:" + team.id())).isPresent();
        assertThat(users.resolve("nobody at all")).isEmpty();
        assertThat(users.members(team.id())).containsExactly(seller.id());
    }

    @Test
    void namesOfUnitsAreUnique() {
        var unit = people.unit();

        Assertions.assertThatThrownBy(() -> organisation.createUnit(unit.name(), null))
                .isInstanceOf(ConflictException.class);
    }
}
