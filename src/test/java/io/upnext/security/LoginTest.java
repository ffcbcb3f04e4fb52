package io.upnext.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.upnext.testing.Api;
import io.upnext.testing.TestUsers;
import io.upnext.testing.UpnextTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@UpnextTest
class LoginTest {

    @Autowired
    Api api;

    @Autowired
    TestUsers people;

    @Test
    void basicTellsWhoOneIs() {
        var seller = people.seller();

        var me = api.as(seller).get("/me");

        assertThat(me.status()).as(me.text()).isEqualTo(200);
        assertThat(me.body().path("username").asText()).isEqualTo(seller.username());
        assertThat(me.body().path("rights")).hasSize(3);
    }

    @Test
    void withoutCredentialsTheApiAnswersAProblem() {
        var answer = api.anonymous().get("/me");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    }

    @Test
    void aWrongPasswordIsRefused() {
        var seller = people.seller();

        assertThat(api.basic(seller.username(), "something else").get("/me").status())
                .isEqualTo(401);
    }
}
