package io.upnext.testing;

import io.upnext.testing.TestUsers.Person;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Somebody who reads the product's pages and sends their forms, logged in by the form; redirects are followed. */
public final class Visitor {

    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

    private final HttpClient http = HttpClient.newBuilder()
            .cookieHandler(new CookieManager())
            .followRedirects(Redirect.NORMAL)
            .build();
    private final String root;
    private String token;

    Visitor(String root) {
        this.root = root;
    }

    public record Seen(int status, String path, String text) {}

    Visitor logIn(Person person) {
        get("/login");
        // The start page may not be there in a test of one package, so only what it is not counts
        var after = post("/login", "username", person.username(), "password", person.password());
        if (after.path().startsWith("/login")) {
            throw new AssertionError("The log-in failed: " + after);
        }
        return this;
    }

    public Seen get(String path) {
        return send(HttpRequest.newBuilder(URI.create(root + path)));
    }

    /** Sends a form as a page would, with the token of the page seen last. */
    public Seen post(String path, String... namesAndValues) {
        var fields = new ArrayList<String>(List.of("_csrf=" + encoded(token)));
        for (var i = 0; i < namesAndValues.length; i += 2) {
            fields.add(encoded(namesAndValues[i]) + "=" + encoded(namesAndValues[i + 1]));
        }
        return send(HttpRequest.newBuilder(URI.create(root + path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(String.join("&", fields))));
    }

    private Seen send(HttpRequest.Builder request) {
        try {
            var answer = http.send(request.header("Accept", "text/html").build(), BodyHandlers.ofString());
            var found = TOKEN.matcher(answer.body());
            if (found.find()) {
                token = found.group(1);
            }
            return new Seen(answer.statusCode(), answer.uri().getPath(), answer.body());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
