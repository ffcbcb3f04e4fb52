package io.upnext.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.core.env.Environment;

/** A browser without scripts: keeps the session's cookie and sends forms with their CSRF token. */
public final class Browser {

    private static final Pattern TOKEN = Pattern.compile("<meta name=\"csrf-token\" content=\"([^\"]+)\"");

    private final String root;
    private final CookieManager cookies = new CookieManager();
    private final HttpClient http = HttpClient.newBuilder()
            .cookieHandler(cookies)
            .followRedirects(Redirect.NORMAL)
            .build();
    private String token;

    Browser(Environment environment) {
        this("http://localhost:" + environment.getRequiredProperty("local.server.port"));
    }

    /** @param root such as {@code http://localhost:8080}, without a slash at the end */
    public Browser(String root) {
        this.root = root;
    }

    public Browser logIn(String username, String password) {
        get("/login");
        post("/login", Map.of("username", username, "password", password));
        get("/account");
        return this;
    }

    public HttpResponse<String> get(String path) {
        var answer = send(request(path).GET());
        var found = TOKEN.matcher(answer.body());
        if (found.find()) {
            token = found.group(1);
        }
        return answer;
    }

    /** A part of a page, as the page's script asks for it. */
    public HttpResponse<String> part(String path) {
        return send(request(path).header("HX-Request", "true").GET());
    }

    /** Sends a form with the token of the last page. */
    public HttpResponse<String> post(String path, Map<String, String> fields) {
        return postWith(token, path, fields);
    }

    public HttpResponse<String> postWith(String csrfToken, String path, Map<String, String> fields) {
        var body = fields.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
        if (csrfToken != null) {
            body += (body.isEmpty() ? "" : "&") + "_csrf=" + encode(csrfToken);
        }
        return send(request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body)));
    }

    /** A script's request to the API, with the session's cookie. */
    public HttpResponse<String> postJson(String path, String json, boolean withToken) {
        var request = request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json));
        if (withToken) {
            request.header("X-CSRF-TOKEN", token);
        }
        return send(request);
    }

    public String sessionId() {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals("UPNEXT_SESSION"))
                .map(java.net.HttpCookie::getValue)
                .findFirst()
                .orElse(null);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(root + path)).header("Accept", "text/html,application/json");
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
