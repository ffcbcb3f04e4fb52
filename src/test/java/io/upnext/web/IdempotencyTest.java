package io.upnext.web;

import static io.upnext.testing.TestUsers.next;
import static org.assertj.core.api.Assertions.assertThat;

import io.upnext.testing.Api;
import io.upnext.testing.TestUsers;
import io.upnext.testing.TestUsers.Person;
import io.upnext.testing.UpnextTest;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@UpnextTest
class IdempotencyTest {

    @Autowired
    Api api;

    @Autowired
    TestUsers people;

    Person admin;

    @BeforeEach
    void makeAdministrator() {
        admin = people.administrator();
    }

    @Test
    void theSameRequestGetsTheSameAnswerAndIsDoneOnce() {
        var caller = api.as(admin).with("Idempotency-Key", next("key"));
        var body = Map.of("name", next("Unit"));

        var first = caller.post("/units", body);
        var second = caller.post("/units", body);

        assertThat(first.status()).as(first.text()).isEqualTo(201);
        assertThat(second.status()).isEqualTo(201);
        assertThat(second.text()).isEqualTo(first.text());
        assertThat(second.header("Location")).isEqualTo(first.header("Location"));
    }

    @Test
    void aNewApiKeyIsAnsweredAgainTheSame() {
        var caller = api.as(admin).with("Idempotency-Key", next("key"));

        var first = caller.post("/api-keys", Map.of("name", "script"));
        var second = caller.post("/api-keys", Map.of("name", "script"));

        assertThat(second.body().path("key").asText())
                .startsWith("upx_")
                .isEqualTo(first.body().path("key").asText());
        assertThat(api.as(admin).get("/api-keys").body().path("total").asInt()).isEqualTo(1);
    }

    @Test
    void anotherBodyUnderTheSameKeyIsRefused() {
        var caller = api.as(admin).with("Idempotency-Key", next("key"));
        caller.post("/units", Map.of("name", next("Unit")));

        var other = caller.post("/units", Map.of("name", next("Unit")));

        ProblemsTest.assertIsProblem(other, 422);
    }

    @Test
    void keysOfDifferentUsersHaveNothingToDoWithEachOther() {
        var key = next("key");
        var first = api.as(admin).with("Idempotency-Key", key).post("/units", Map.of("name", next("Unit")));

        var other = api.as(people.administrator())
                .with("Idempotency-Key", key)
                .post("/units", Map.of("name", next("Unit")));

        assertThat(other.status()).isEqualTo(201);
        assertThat(other.text()).isNotEqualTo(first.text());
    }

    @Test
    void ofManyAtTheSameTimeOneIsDone() {
        var caller = api.as(admin).with("Idempotency-Key", next("key"));
        var body = Map.of("name", next("script"));

        var answers = IntStream.range(0, 12)
                .mapToObj(n -> CompletableFuture.supplyAsync(() -> caller.post("/api-keys", body)))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();

        assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).isIn(201, 409));
        assertThat(answers).anySatisfy(answer -> assertThat(answer.status()).isEqualTo(201));
        assertThat(api.as(admin).get("/api-keys").body().path("total").asInt()).isEqualTo(1);
    }
}
