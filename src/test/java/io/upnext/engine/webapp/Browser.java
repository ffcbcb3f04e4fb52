package io.upnext.engine.webapp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.upnext.testing.TestUsers.Person;
import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Somebody at a browser: a cookie jar, the log-in form, and the token the web applications ask for. No redirects. */
final class Browser {

    static final String ENGINE = "/camunda/api/engine/engine/default";

    private static final Pattern CSRF_FIELD = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

    private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
    private final HttpClient http = HttpClient.newBuilder()
            .cookieHandler(cookies)
            .followRedirects(Redirect.NEVER)
            .build();
    private final String root;

    Browser(int port) {
        this.root = "http://localhost:" + port;
    }

    record Answer(int status, String text, String location, String contentSecurityPolicy) {

        JsonNode json() {
            try {
                return new ObjectMapper().readTree(text);
            } catch (IOException e) {
                return MissingNode.getInstance();
            }
        }
    }

    /** Logs in by the product's form, then opens Tasklist as a browser would. */
    Browser logIn(Person person) {
        var form = get("/login");
        var token = CSRF_FIELD.matcher(form.text());
        if (!token.find()) {
            throw new AssertionError("The log-in form has no token: " + form);
        }
        var fields = "username=%s&password=%s&_csrf=%s"
                .formatted(encoded(person.username()), encoded(person.password()), encoded(token.group(1)));
        var answer = send("POST", "/login", fields, "application/x-www-form-urlencoded");
        if (answer.status() != 302 || answer.location().contains("error")) {
            throw new AssertionError("The log-in failed: " + answer);
        }
        get("/camunda/app/tasklist/default/");
        return this;
    }

    void forgetToken() {
        var kept = cookies.getCookieStore();
        kept.getCookies().stream()
                .filter(cookie -> cookie.getName().equals("XSRF-TOKEN"))
                .toList()
                .forEach(cookie -> kept.remove(null, cookie));
    }

    Answer get(String path) {
        return send("GET", path, null, null);
    }

    Answer post(String path, String json) {
        return send("POST", path, json, "application/json");
    }

    Answer put(String path, String json) {
        return send("PUT", path, json, "application/json");
    }

    Answer send(String method, String path, String body, String contentType) {
        var request = HttpRequest.newBuilder(URI.create(root + path))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .header("Accept", path.contains("/api/") ? "application/json" : "text/html");
        if (contentType != null) {
            request.header("Content-Type", contentType);
        }
        csrfToken(request);
        try {
            var response = http.send(request.build(), BodyHandlers.ofString());
            return new Answer(
                    response.statusCode(),
                    response.body(),
                    response.headers().firstValue("Location").orElse(null),
                    response.headers().firstValue("Content-Security-Policy").orElse(null));
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(method + " " + path, e);
        }
    }

    private void csrfToken(HttpRequest.Builder request) {
        cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals("XSRF-TOKEN"))
                .map(HttpCookie::getValue)
                .findFirst()
                .ifPresent(token -> request.header("X-XSRF-TOKEN", token));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
