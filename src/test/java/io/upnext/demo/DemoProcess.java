package io.upnext.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.upnext.UpnextApplication;
import io.upnext.testing.Browser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.regex.Pattern;

/** The product as somebody starts it who configures nothing: a process of its own, with a database of its own. */
final class DemoProcess implements AutoCloseable {

    private static final Pattern READY = Pattern.compile("the demo, is ready: (http://\\S+)");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final HttpClient http = HttpClient.newHttpClient();
    private final String root;

    DemoProcess(Path dataDirectory) throws IOException {
        process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-Xmx512m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        UpnextApplication.class.getName(),
                        "--server.port=0",
                        "--upnext.data-dir=" + dataDirectory)
                .redirectErrorStream(true)
                .start();
        root = readUntilReady();
    }

    record Answer(int status, JsonNode body, String text) {}

    private String readUntilReady() throws IOException {
        var output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        var said = new StringBuilder();
        for (var line = output.readLine(); line != null; line = output.readLine()) {
            said.append(line).append('\n');
            var ready = READY.matcher(line);
            if (ready.find()) {
                var rest = new Thread(() -> output.lines().forEach(ignored -> {}));
                rest.setDaemon(true);
                rest.start();
                return ready.group(1);
            }
        }
        throw new AssertionError("The demo did not start:\n" + said);
    }

    Answer get(String user, String path) {
        return answer(send(request(user, path).GET()));
    }

    Answer post(String user, String path, String body) {
        return answer(send(
                request(user, path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body))));
    }

    /** Below the root of the server, as it came. */
    HttpResponse<String> page(String user, String path) {
        return send(withLogIn(HttpRequest.newBuilder(URI.create(root + path)), user));
    }

    private HttpRequest.Builder request(String user, String path) {
        return withLogIn(HttpRequest.newBuilder(URI.create(root + "/api/v1" + path)), user);
    }

    private static HttpRequest.Builder withLogIn(HttpRequest.Builder request, String user) {
        if (user == null) {
            return request;
        }
        var credentials = (user + ":" + user).getBytes(StandardCharsets.UTF_8);
        return request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials));
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

    private static Answer answer(HttpResponse<String> response) {
        try {
            return new Answer(response.statusCode(), JSON.readTree(response.body()), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Browser logIn(String user) {
        return new Browser(root).logIn(user, user);
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
