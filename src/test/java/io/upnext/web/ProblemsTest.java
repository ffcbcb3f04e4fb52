package io.upnext.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.upnext.testing.Api;
import io.upnext.testing.Api.Answer;
import io.upnext.testing.Api.Caller;
import io.upnext.testing.TestUsers;
import io.upnext.testing.UpnextTest;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

@UpnextTest
class ProblemsTest {

    @Autowired
    Api api;

    @Autowired
    TestUsers people;

    Caller admin;

    @BeforeEach
    void logIn() {
        admin = api.as(people.administrator());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"name": "x"                      | malformed
                    {"name": "x"} {}                  | malformed
                    {"name": "x", "name": "y"}        | malformed
                    {"colour": "red"}                 | 'colour': there is no field of this name; known are
                    {"name": 7}                       | 'name':
                    {"name": true}                    | 'name':
                    {"active": "true"}                | 'active'
                    {"active": 1}                     | 'active'
                    {"roles": "ADMINISTRATOR"}        | 'roles': expected a list
                    {"roles": ["KING"]}               | 'roles[0]': 'KING' is not one of ADMINISTRATOR
                    {"roles": [0]}                    | 'roles[0]'
                    {"unit": "no-id"}                 | 'unit'
                    []                                | expected an object
                    7                                 | expected an object
                    """)
    void wrongJsonIsA400ThatSaysWhere(String body, String sentence) {
        var answer = admin.post("/users", body);

        assertIsProblem(answer, 400);
        assertThat(answer.detail()).contains(sentence).doesNotContain("io.upnext", "com.fasterxml", "java.");
    }

    @ParameterizedTest
    @CsvSource({"/sequences?q=%00", "/sequences?tag=%00", "/audit?subject=%00", "/suppressions?q=%00"})
    void aCharacterThatCannotBeStoredIsA400(String path) {
        assertIsProblem(admin.get(path), 400);
    }

    @ParameterizedTest
    @CsvSource({"/email-templates/%00", "/mailboxes/%0d%0a%ff", "/attachments/a%2f..%2fb"})
    void aMalformedPathIsAProblemToo(String path) {
        assertIsProblem(admin.get(path), 400);
    }

    @ParameterizedTest
    @CsvSource({"size=0", "size=501", "page=-1", "sort=foo"})
    void everyListRefusesWrongPages(String query) {
        assertIsProblem(admin.get("/call-outcomes?" + query), 400);
        assertIsProblem(admin.get("/records/leads?" + query), 400);
    }

    @Test
    void readOnlyFieldsOfARecordArePassedOver() {
        var answer = admin.post(
                "/records/leads",
                "{\"id\": \"x\", \"type\": \"LEAD\", \"name\": \"x\", \"fields\": {\"lastName\": \"Reader\"}}");

        assertThat(answer.status()).isEqualTo(201);
    }

    @Test
    void anEmptyBodyIsA400() {
        assertIsProblem(admin.send("POST", "/users", "application/json", ""), 400);
    }

    @Test
    void unknownPathsAreA404ForEveryMethod() {
        assertIsProblem(admin.get("/nothing"), 404);
        assertIsProblem(admin.post("/nothing", "{}"), 404);
        assertIsProblem(admin.delete("/nothing"), 404);
        assertIsProblem(admin.get("//api"), 404);
        assertIsProblem(admin.get("//api/v2/users"), 404);
        assertIsProblem(admin.get("//engine-rest/engine"), 404);
        assertIsProblem(admin.post("//engine-rest/engine", "{}"), 404);
    }

    @Test
    void withoutALogInUnknownPathsAreA401() {
        assertIsProblem(api.anonymous().get("/nothing"), 401);
        assertIsProblem(api.anonymous().post("/nothing", "{}"), 401);
        assertIsProblem(api.anonymous().get("//engine-rest/engine"), 401);
    }

    @Test
    void otherMethodsAreA405WithWhatIsAllowed() {
        var answer = admin.delete("/settings");

        assertIsProblem(answer, 405);
        assertThat(answer.header("Allow")).contains("GET", "PUT");
    }

    @Test
    void otherMediaTypesAreA415Or406() {
        assertIsProblem(admin.send("POST", "/users", "text/plain", "x"), 415);
        assertIsProblem(admin.with("Accept", "text/csv").get("/users"), 406);
    }

    @Test
    void wrongIdsInPathsAreA404AndWrongParametersA400() {
        assertIsProblem(admin.get("/users/no-id"), 404);
        assertIsProblem(admin.get("/users?unit=no-id"), 400);
        assertIsProblem(admin.get("/users?role=KING"), 400);
        assertIsProblem(admin.get("/audit?from=yesterday"), 400);
    }

    @ParameterizedTest
    @CsvSource({"page=-1", "page=x", "size=0", "size=501", "size=", "sort=nothing", "'sort=name,up'", "page=1&page=2"})
    void wrongPagesAreA400(String query) {
        assertIsProblem(admin.get("/users?" + query), 400);
    }

    @Test
    void aPartOfAPageIsRefusedInASentenceThatItsScriptCanShow() {
        var path = "/records/leads/" + UUID.randomUUID() + "/up-next";
        var browser = api.browser(people.administrator());

        var part = browser.part(path);

        assertThat(part.statusCode()).isEqualTo(404);
        assertThat(part.body()).startsWith("{").contains("\"detail\"");
        assertThat(browser.get(path).body()).contains("<html");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    /admin/users    | unit       | my unit  | unknown; choose
                    /admin/users    | roles      | KING     | &#39;roles&#39; has a value of the wrong form
                    /admin/users    | active     | perhaps  | &#39;active&#39; has a value of the wrong form
                    /mail-templates | recordType | PLANET   | none of the choices
                    /mail-templates/texts | recordType | PLANET   | none of the choices
                    /audiences      | recordType | PLANET   | none of the choices
                    """)
    void whatNoFormOffersIsRefusedInASentence(String form, String input, String value, String sentence) {
        var browser = api.browser(people.administrator());
        browser.get("/account");

        var answer = browser.post(
                form, Map.of("name", "x", "username", "x", "language", "en", "stored", "false", input, value));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains(sentence).doesNotContain("java.lang", "Exception");
    }

    @Test
    void listsArePages() {
        var answer = admin.get("/users?page=0&size=2&sort=username,desc&sort=name");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("items").size()).isLessThanOrEqualTo(2);
        assertThat(answer.body().path("size").asInt()).isEqualTo(2);
        assertThat(answer.body().path("total").isInt()).isTrue();
    }

    @Test
    void aBodyThatIsTooLongIsA413() {
        assertIsProblem(admin.post("/users", "{\"name\": \"" + "x".repeat(5_000_001) + "\"}"), 413);
    }

    @Test
    void pagesFailWithAPage() {
        var page = admin.with("Accept", "text/html").get("//nothing");

        assertThat(page.status()).isEqualTo(302);
        assertThat(page.header("Location")).endsWith("/login");
    }

    static void assertIsProblem(Answer answer, int status) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.body().path("type").asText()).isNotEmpty();
        assertThat(answer.body().path("title").asText()).isNotEmpty();
        assertThat(answer.body().path("status").asInt()).isEqualTo(status);
        assertThat(answer.detail()).isNotBlank();
        assertThat(answer.headers().map()).doesNotContainKey("location");
    }
}
