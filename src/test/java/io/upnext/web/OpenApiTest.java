package io.upnext.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.upnext.testing.Api;
import io.upnext.testing.TestUsers;
import io.upnext.testing.UpnextTest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * The API describes itself completely: an operation that is new needs its line in {@code openapi.txt}.
 */
@UpnextTest
class OpenApiTest {

    @Autowired
    private Api api;

    @Autowired
    private TestUsers users;

    @Autowired
    private RequestMappingHandlerMapping requestMappingHandlerMapping;

    private JsonNode description;

    @BeforeEach
    void read() {
        description = api.as(users.seller()).get("//v3/api-docs").body();
    }

    @Test
    void every_operation_is_described_with_what_it_does_takes_and_answers() {
        List<String> missing = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (String mapping : mappings()) {
            String[] parts = mapping.split(" ");
            JsonNode operation = description.at("/paths").path(parts[1]).path(parts[0].toLowerCase(Locale.ROOT));
            if (operation.path("summary").asText().isBlank()) {
                missing.add(mapping + ": no line in openapi.txt");
            }
            if (!ids.add(operation.path("operationId").asText())) {
                missing.add(mapping + ": its operationId is taken");
            }
            lacks(operation, parts[0], parts[1]).forEach(what -> missing.add(mapping + ": " + what));
        }

        assertThat(missing).isEmpty();
    }

    private static List<String> lacks(JsonNode operation, String method, String path) {
        List<String> lacks = new ArrayList<>();
        JsonNode answers = operation.path("responses");
        if (!answers.fieldNames().hasNext() || !answers.has("400") || !answers.has("403")) {
            lacks.add("answers");
        }
        if (path.contains("{") && !answers.has("404")) {
            lacks.add("404");
        }
        for (JsonNode parameter : operation.path("parameters")) {
            if (parameter.path("description").asText().isBlank()) {
                lacks.add("parameter " + parameter.path("name").asText());
            }
        }
        Matcher variables = Pattern.compile("\\{(\\w+)}").matcher(path);
        while (variables.find()) {
            if (operation.path("parameters").findValuesAsText("name").stream().noneMatch(variables.group(1)::equals)) {
                lacks.add("variable " + variables.group(1));
            }
        }
        boolean body = operation.has("requestBody");
        if (method.matches("PUT|PATCH") && !body) {
            lacks.add("body");
        }
        return lacks;
    }

    /** As the description writes them: without the patterns of path variables. */
    private Set<String> mappings() {
        Set<String> mappings = new HashSet<>();
        requestMappingHandlerMapping.getHandlerMethods().forEach((mapping, method) -> {
            for (String path : mapping.getPatternValues()) {
                if (path.startsWith("/api/")) {
                    mapping.getMethodsCondition()
                            .getMethods()
                            .forEach(verb -> mappings.add(verb + " " + path.replaceAll("\\{(\\w+):[^}]*}", "{$1}")));
                }
            }
        });
        return mappings;
    }

    @Test
    void log_ins_problems_and_pages_are_named_and_no_two_schemas_share_a_name() {
        assertThat(description.at("/components/securitySchemes").fieldNames())
                .toIterable()
                .contains("basic", "apiKey", "session");
        assertThat(description.at("/components/responses/Problem404/content").fieldNames())
                .toIterable()
                .containsExactly("application/problem+json");
        JsonNode schemas = description.at("/components/schemas");
        assertThat(schemas.has("PagedWebhook")).isTrue();
        assertThat(schemas.path("MailboxBody").path("properties").has("smtp")).isTrue();
        assertThat(schemas.path("UserBody").path("properties").has("roles")).isTrue();
        assertThat(schemas.has("PageQuery")).isFalse();
        assertThat(references(description)).allSatisfy(reference -> assertThat(
                        description.at(reference.substring(1)).isMissingNode())
                .as(reference)
                .isFalse());
    }

    private static Set<String> references(JsonNode node) {
        return new HashSet<>(node.findValuesAsText("$ref"));
    }

    @Test
    void the_page_that_shows_it_needs_a_log_in_and_no_inline_script() {
        var browser = api.browser(users.seller());

        String page = browser.get("/swagger-ui/index.html").body();

        assertThat(browser.get("/swagger-ui.html").statusCode()).isIn(200, 302);
        assertThat(page).contains("swagger-ui").doesNotContain("<script>");
        assertThat(api.anonymous().get("//swagger-ui/index.html").status()).isIn(302, 401);
    }
}
