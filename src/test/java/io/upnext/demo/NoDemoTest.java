package io.upnext.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.upnext.security.Role;
import io.upnext.testing.Api;
import io.upnext.testing.TestUsers;
import io.upnext.testing.UpnextTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@UpnextTest
class NoDemoTest {

    @Autowired
    Api api;

    @Autowired
    TestUsers users;

    @Test
    void nothingOfTheDemoExistsOutsideItsProfile() {
        var person = users.with(users.unit().id(), Role.ADMINISTRATOR);

        assertThat(api.as(person).get("/demo/mails").status()).isEqualTo(404);
        assertThat(api.as(person).get("/demo/clock").status()).isEqualTo(404);
        assertThat(api.as(person).post("/demo/clock", "{\"advance\": \"P1D\"}").status())
                .isEqualTo(404);
        var browser = api.browser(person);
        assertThat(browser.get("/demo/mails").statusCode()).isEqualTo(404);
        assertThat(browser.get("/account").body()).doesNotContain("demo-bar");
    }
}
