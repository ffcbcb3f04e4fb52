package io.upnext.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.upnext.testing.TestUsers.Person;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.core.env.Environment;

/**
 * Calls the running application over HTTP, as {@code api.as(user).get("/sequences")}. Paths are below {@code /api/v1};
 * one that begins with {@code //} is taken from the root of the server. Redirects are not followed.
 */
public final class Api {

    private final Environment environment;
    private final ObjectMapper json;
    private final HttpClient http =
            HttpClient.newBuilder().followRedirects(Redirect.NEVER).build();

    Api(Environment environment, ObjectMapper json) {
        this.environment = environment;
        this.json = json;
    }

    /** A browser of its own, on the log-in page's side of the house. */
    public Browser browser() {
        return new Browser(environment);
    }

    public Browser browser(Person person) {
        return browser().logIn(person.username(), person.password());
    }

    public Caller as(Person person) {
        return basic(person.username(), person.password());
    }

    public Caller basic(String username, String password) {
        var credentials = (username + ":" + password).getBytes(StandardCharsets.UTF_8);
        return anonymous().with("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials));
    }

    public Caller bearer(String key) {
        return anonymous().with("Authorization", "Bearer " + key);
    }

    /** The same person at the pages, logged in by the form. */
    public Visitor visit(Person person) {
        return new Visitor("http://localhost:" + environment.getRequiredProperty("local.server.port")).logIn(person);
    }

    public Caller anonymous() {
        return new Caller(Map.of());
    }

    /** An answer; {@code body} is missing ({@link JsonNode#isMissingNode}) where it is no JSON. */
    public record Answer(int status, JsonNode body, String text, HttpHeaders headers) {

        public String header(String name) {
            return headers.firstValue(name).orElse(null);
        }

        public String detail() {
            return body.path("detail").asText(null);
        }

        @Override
        public String toString() {
            return status + " " + text;
        }
    }

    /** Calls with fixed headers; immutable. */
    public final class Caller {

        private final Map<String, String> headers;

        private Caller(Map<String, String> headers) {
            this.headers = headers;
        }

        public Caller with(String header, String value) {
            var more = new LinkedHashMap<>(headers);
            more.put(header, value);
            return new Caller(more);
        }

        public Answer get(String path) {
            return send("GET", path, null, BodyPublishers.noBody());
        }

        public Answer delete(String path) {
            return send("DELETE", path, null, BodyPublishers.noBody());
        }

        public Answer post(String path) {
            return send("POST", path, null, BodyPublishers.noBody());
        }

        /** @param body a JSON text as it is, or anything Jackson can write */
        public Answer post(String path, Object body) {
            return send("POST", path, "application/json", publisher(body));
        }

        public Answer put(String path, Object body) {
            return send("PUT", path, "application/json", publisher(body));
        }

        public Answer patch(String path, Object body) {
            return send("PATCH", path, "application/json", publisher(body));
        }

        public Answer send(String method, String path, String contentType, String body) {
            return send(method, path, contentType, BodyPublishers.ofString(body));
        }

        public Answer send(String method, String path, String contentType, byte[] body) {
            return send(method, path, contentType, BodyPublishers.ofByteArray(body));
        }

        /** Uploads a file beside plain form fields, as a browser's form would. */
        public Answer upload(String path, String fileName, byte[] content, Map<String, String> fields) {
            var boundary = "----" + TestUsers.next("part");
            var body = new ByteArrayOutputStream();
            fields.forEach((name, value) ->
                    part(body, boundary, "name=\"" + name + "\"", null, value.getBytes(StandardCharsets.UTF_8)));
            part(body, boundary, "name=\"file\"; filename=\"" + fileName + "\"", "text/csv", content);
            body.writeBytes(("--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
            return send(
                    "POST",
                    path,
                    "multipart/form-data; boundary=" + boundary,
                    BodyPublishers.ofByteArray(body.toByteArray()));
        }

        private static void part(
                ByteArrayOutputStream body, String boundary, String disposition, String type, byte[] content) {
            var head = "--" + boundary + "\r\nContent-Disposition: form-data; " + disposition + "\r\n"
                    + (type == null ? "" : "Content-Type: " + type + "\r\n") + "\r\n";
            body.writeBytes(head.getBytes(StandardCharsets.UTF_8));
            body.writeBytes(content);
            body.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
        }

        private Answer send(String method, String path, String contentType, BodyPublisher body) {
            var request = HttpRequest.newBuilder(uri(path)).method(method, body);
            headers.forEach(request::header);
            if (contentType != null) {
                request.setHeader("Content-Type", contentType);
            }
            try {
                var response = http.send(request.build(), BodyHandlers.ofString());
                return new Answer(response.statusCode(), parse(response.body()), response.body(), response.headers());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    private URI uri(String path) {
        var root = "http://localhost:" + environment.getRequiredProperty("local.server.port");
        return URI.create(path.startsWith("//") ? root + path.substring(1) : root + "/api/v1" + path);
    }

    private BodyPublisher publisher(Object body) {
        try {
            return BodyPublishers.ofString(body instanceof String text ? text : json.writeValueAsString(body));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private JsonNode parse(String text) {
        try {
            var node = text.isEmpty() ? null : json.readTree(text);
            return node == null ? MissingNode.getInstance() : node;
        } catch (JsonProcessingException notJson) {
            return MissingNode.getInstance();
        }
    }
}
