package io.upnext.testing;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.upnext.messaging.TextTemplates;
import io.upnext.messaging.WebhookSignature;
import io.upnext.messaging.texting.GatewayAdministration;
import io.upnext.shared.RecordType;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.springframework.boot.SpringApplication;

/**
 * A stand-in for Twilio, one per JVM, that accepts every message unless told otherwise; and what Twilio tells our webhook,
 * signed as it signs.
 */
public final class TestTexts {

    public static final String ACCOUNT = "AC" + "0123456789abcdef".repeat(2);
    public static final String TOKEN = "token-of-the-account";
    public static final String SENDER = "+4915100000001";
    private static final String MESSAGES = "/2010-04-01/Accounts/" + ACCOUNT + "/Messages.json";
    private static final AtomicInteger NUMBERS = new AtomicInteger(20_000_000);

    private final GatewayAdministration gateway;
    private final TextTemplates templates;
    private final TestUsers users;
    private final Api api;

    TestTexts(GatewayAdministration gateway, TextTemplates templates, TestUsers users, Api api) {
        this.gateway = gateway;
        this.templates = templates;
        this.users = users;
        this.api = api;
    }

    private static final class Server {

        static final WireMockServer RUNNING = start();

        private static WireMockServer start() {
            WireMockServer server = new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));
            server.start();
            warmUp(server);
            SpringApplication.getShutdownHandlers().add(server::stop);
            return server;
        }

        /** The first answer takes long on a busy machine, and the product does not wait for ever. */
        private static void warmUp(WireMockServer server) {
            server.stubFor(any(anyUrl()).willReturn(aResponse()));
            try {
                HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + MESSAGES))
                                        .POST(HttpRequest.BodyPublishers.ofString("To=nobody&"))
                                        .build(),
                                HttpResponse.BodyHandlers.discarding());
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    public WireMockServer server() {
        return Server.RUNNING;
    }

    /** A gateway that works; what was set up before is forgotten. */
    public void works() {
        server().resetAll();
        accepts();
        at("http://127.0.0.1:" + server().port());
    }

    private void accepts() {
        server().stubFor(any(anyUrl())
                .willReturn(aResponse()
                        .withStatus(201)
                        .withHeader("Content-Type", "application/json")
                        .withBody("{\"status\": \"queued\"}")));
    }

    public void at(String baseUrl) {
        gateway.save(
                users.caller(users.administrator()), new GatewayAdministration.Draft(ACCOUNT, TOKEN, SENDER, baseUrl));
    }

    public void takenAway() {
        gateway.delete(users.caller(users.administrator()));
    }

    /** What the gateway answers to messages to this number from now on. */
    public void answers(String number, ResponseDefinitionBuilder answer) {
        server().stubFor(post(urlEqualTo(MESSAGES))
                .withRequestBody(containing("To=" + encoded(number) + "&"))
                .willReturn(answer));
    }

    public void refuses(String number, int status, int code, String message) {
        answers(
                number,
                aResponse()
                        .withStatus(status)
                        .withBody("{\"code\": %d, \"message\": \"%s\", \"status\": %d}"
                                .formatted(code, message, status)));
    }

    /** A mobile number of nobody else. */
    public static String number() {
        return "+49151" + NUMBERS.incrementAndGet();
    }

    /** A template in English; the name is returned. */
    public String template(TestUsers.Person manager, String text) {
        String name = TestUsers.next("text");
        templates.create(users.caller(manager), name, "en", RecordType.LEAD, text);
        return name;
    }

    /** The messages handed over for a number, each with its fields. */
    public List<Map<String, String>> to(String number) {
        return server()
                .findAll(postRequestedFor(urlEqualTo(MESSAGES))
                        .withRequestBody(containing("To=" + encoded(number) + "&")))
                .stream()
                .map(request -> fields(request.getBodyAsString()))
                .toList();
    }

    private static Map<String, String> fields(String form) {
        return Arrays.stream(form.split("&"))
                .map(field -> field.split("=", 2))
                .collect(Collectors.toMap(
                        field -> field[0], field -> URLDecoder.decode(field[1], StandardCharsets.UTF_8)));
    }

    /** The gateway tells how far the only message to the number got. */
    public Api.Answer status(String number, String status, Map<String, String> more) {
        String callback = to(number).get(0).get("StatusCallback");
        Map<String, String> form = new LinkedHashMap<>(Map.of(
                "MessageSid",
                "SM" + number.substring(1),
                "MessageStatus",
                status,
                "AccountSid",
                ACCOUNT,
                "To",
                number));
        form.putAll(more);
        return told(callback.substring(callback.indexOf("/sms/")), form, TOKEN);
    }

    public Api.Answer status(String number, String status) {
        return status(number, status, Map.of());
    }

    /** Somebody writes from that number. */
    public Api.Answer written(String number, String text) {
        return written(number, text, TestUsers.next("SM"));
    }

    public Api.Answer written(String number, String text, String sid) {
        return told(
                "/sms/webhook",
                Map.of("MessageSid", sid, "From", number, "To", SENDER, "Body", text, "SmsStatus", "received"),
                TOKEN);
    }

    public Api.Answer told(String path, Map<String, String> form, String token) {
        Map<String, List<String>> lists = form.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, field -> List.of(field.getValue())));
        String signature = WebhookSignature.of("https://upnext.test/api/v1" + path, lists, token);
        return api.anonymous()
                .with("X-Twilio-Signature", signature)
                .send("POST", path, "application/x-www-form-urlencoded", body(form));
    }

    private static String body(Map<String, String> form) {
        return form.entrySet().stream()
                .map(field -> field.getKey() + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
