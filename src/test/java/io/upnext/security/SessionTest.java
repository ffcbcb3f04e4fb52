package io.upnext.security;

import static io.upnext.testing.TestUsers.next;
import static org.assertj.core.api.Assertions.assertThat;

import io.upnext.testing.Api;
import io.upnext.testing.TestUsers;
import io.upnext.testing.UpnextTest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

@UpnextTest
class SessionTest {

    @Autowired
    Api api;

    @Autowired
    TestUsers people;

    @Autowired
    Users users;

    @Test
    void logInGivesANewSessionAndLogOutEndsIt() {
        var seller = people.seller();
        var browser = api.browser();
        browser.get("/login");
        var before = browser.sessionId();

        browser.logIn(seller.username(), seller.password());

        assertThat(browser.sessionId()).isNotNull().isNotEqualTo(before);
        assertThat(browser.get("/api/v1/me").body()).contains(seller.username());
        browser.get("/account");
        browser.post("/logout", Map.of());
        assertThat(browser.get("/api/v1/me").statusCode()).isEqualTo(401);
    }

    @Test
    void theSessionsCookieIsOutOfReachOfScriptsAndForeignForms() {
        var cookie = api.anonymous().get("//login").header("Set-Cookie");

        assertThat(cookie).contains("HttpOnly", "SameSite=Lax");
    }

    @Test
    void withASessionTheApiNeedsTheCsrfToken() {
        var browser = api.browser(people.administrator());
        var unit = "{\"name\": \"" + next("Unit") + "\"}";

        assertThat(browser.postJson("/api/v1/units", unit, false).statusCode()).isEqualTo(403);
        assertThat(browser.postJson("/api/v1/units", unit, true).statusCode()).isEqualTo(201);
    }

    @Test
    void formsWithoutTheTokenAreRefused() {
        var browser = api.browser(people.administrator());

        assertThat(browser.postWith(null, "/account", Map.of("locale", "de")).statusCode())
                .isEqualTo(403);
    }

    @Test
    void withCredentialsNoTokenIsNeededAndNoSessionIsMade() {
        var answer = api.as(people.administrator()).post("/units", Map.of("name", next("Unit")));

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.headers().map()).doesNotContainKey("set-cookie");
    }

    @Test
    void aSessionEndsWithItsUserAndWithItsPassword() {
        var first = people.seller();
        var second = people.seller();
        var browserOfFirst = api.browser(first);
        var browserOfSecond = api.browser(second);

        users.save(inactive(first.user()));
        users.changePassword(second.id(), "another long password");

        assertThat(browserOfFirst.get("/api/v1/me").statusCode()).isEqualTo(401);
        assertThat(browserOfSecond.get("/api/v1/me").statusCode()).isEqualTo(401);
    }

    private static User inactive(User user) {
        return new User(
                user.id(),
                user.username(),
                user.name(),
                user.email(),
                user.unit(),
                user.roles(),
                user.locale(),
                user.timeZone(),
                false,
                null);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/admin/users",
                "/admin/users/new",
                "/admin/units",
                "/admin/units/new",
                "/admin/teams",
                "/admin/teams/new",
                "/admin/settings",
                "/admin/audit"
            })
    void administrationIsForAdministrators(String path) {
        var admin = api.browser(people.administrator());
        assertThat(admin.get(path).statusCode()).isEqualTo(200);
        assertThat(admin.get(path).body())
                .contains("aria-current=\"page\"")
                .doesNotContain("??", " style=", "onclick=");
        assertThat(admin.get(path + "?lang=de").body()).contains("Verwaltung").doesNotContain("??");
        assertThat(api.browser(people.manager()).get(path).statusCode()).isEqualTo(403);
    }

    @Test
    void formsMakeAndChangeUsers() {
        var admin = people.administrator();
        var browser = api.browser(admin);
        var name = next("made");
        browser.get("/admin/users/new");
        var fields = Map.of(
                "username", name,
                "password", "a long password",
                "name", "Made <b>here</b>",
                "email", name + "@example.com",
                "unit", admin.unit().toString(),
                "roles", "SALESPERSON",
                "active", "true");

        var list = browser.post("/admin/users", fields);

        assertThat(list.body()).contains("Made &lt;b&gt;here&lt;/b&gt;").doesNotContain("<b>here</b>");
        assertThat(users.findByUsername(name)).isPresent();
        var again = browser.post("/admin/users", fields);
        assertThat(again.statusCode()).isEqualTo(400);
        assertThat(again.body()).contains("already a user");
    }

    @Test
    void everybodyMakesTheirOwnApiKeys() {
        var browser = api.browser(people.seller());

        var page = browser.post("/account/api-keys", Map.of("name", "My script"));

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("upx_", "My script");
    }

    @Test
    void unknownPagesFailWithAPageInTheViewersLanguage() {
        var page = api.browser(people.seller()).get("/nothing?lang=de");

        assertThat(page.statusCode()).isEqualTo(404);
        assertThat(page.body()).contains("Hier ist nichts", "<nav");
    }
}
