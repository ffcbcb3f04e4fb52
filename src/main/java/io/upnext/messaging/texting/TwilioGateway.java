package io.upnext.messaging.texting;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.upnext.messaging.TextEvent.Refusal;
import io.upnext.messaging.TextGateway;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.net.ssl.SSLHandshakeException;
import org.springframework.stereotype.Component;

/**
 * Twilio's Programmable Messaging over its HTTP API of 2010-04-01. The API knows no key by which it would recognise a
 * repeated request, and its list of messages may lag behind; so a request without an answer is uncertain, and it is the
 * status callback, whose address names our message, that may prove it sent.
 */
@Component
class TwilioGateway implements TextGateway {

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final String NOT_SET_UP =
            "No text gateway is set up; an administrator enters one, then retry the step.";

    private final GatewayRow row;
    private final ObjectMapper json;
    private final Clock clock;
    private final Duration patience;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT)
            .build();

    TwilioGateway(GatewayRow row, ObjectMapper json, Clock clock, TextTimeouts timeouts) {
        this.row = row;
        this.json = json;
        this.clock = clock;
        this.patience = timeouts.answer();
    }

    @Override
    public Availability availability() {
        GatewaySettings settings = row.find().orElse(null);
        if (settings == null) {
            return new Availability(Availability.State.NOT_SET_UP, null, NOT_SET_UP);
        }
        if (settings.stopped()) {
            return new Availability(Availability.State.STOPPED, null, settings.error());
        }
        Instant until = settings.pausedUntil();
        return until != null && until.isAfter(clock.instant())
                ? new Availability(Availability.State.PAUSED, until, settings.error())
                : new Availability(Availability.State.READY, null, null);
    }

    @Override
    public Outcome send(Message message) {
        GatewaySettings settings = row.find().orElse(null);
        if (settings == null) {
            return new Outcome.MessageRefused(NOT_SET_UP);
        }
        HttpRequest request = request(settings, "/Messages.json")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form(settings, message)))
                .build();
        try {
            return outcome(settings, TwilioAnswer.of(http.send(request, BodyHandlers.ofString()), json));
        } catch (ConnectException | HttpConnectTimeoutException | SSLHandshakeException e) {
            return unreachable(settings, e);
        } catch (HttpTimeoutException e) {
            return new Outcome.Uncertain("Twilio did not answer within " + patience.toSeconds() + " seconds.");
        } catch (IOException e) {
            return new Outcome.Uncertain("The connection to Twilio was lost before it answered.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome.Uncertain("The product stopped before Twilio answered.");
        }
    }

    private static String form(GatewaySettings settings, Message message) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("To", message.to());
        fields.put(settings.isMessagingService() ? "MessagingServiceSid" : "From", settings.sender());
        fields.put("Body", message.text());
        fields.put("StatusCallback", message.statusUrl());
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private HttpRequest.Builder request(GatewaySettings settings, String path) {
        String credentials = settings.accountSid() + ":" + row.token(settings);
        String encoded = Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
        return HttpRequest.newBuilder(
                        URI.create(settings.baseUrl() + "/2010-04-01/Accounts/" + settings.accountSid() + path))
                .timeout(patience)
                .header("Accept", "application/json")
                .header("Authorization", "Basic " + encoded);
    }

    private Outcome outcome(GatewaySettings settings, TwilioAnswer answer) {
        if (answer.ok()) {
            if (settings.error() != null || settings.failures() > 0) {
                row.works();
            }
            return new Outcome.Accepted(answer.body().path("sid").asText(null));
        }
        if (answer.refusesUnsubscribed()) {
            return new Outcome.RecipientRefused(Refusal.SUPPRESSED, answer.sentence(), true);
        }
        if (answer.refusesNumber()) {
            return new Outcome.RecipientRefused(Refusal.INVALID_NUMBER, answer.sentence(), false);
        }
        if (answer.asksForPatience()) {
            row.pause(settings, answer.sentence(), answer.retryAfter());
            return new Outcome.Unavailable(answer.sentence());
        }
        if (answer.lostOnTheWay()) {
            return new Outcome.Uncertain(answer.sentence());
        }
        if (answer.failedItself()) {
            return new Outcome.Later(answer.sentence());
        }
        if (answer.refusesAccount()) {
            row.stop(settings, answer.sentence());
            return new Outcome.Unavailable(answer.sentence());
        }
        return new Outcome.MessageRefused(answer.sentence());
    }

    private Outcome unreachable(GatewaySettings settings, IOException e) {
        String cause = cause(settings, e);
        row.pause(settings, cause, null);
        return new Outcome.Unavailable(cause);
    }

    private static String cause(GatewaySettings settings, IOException e) {
        String host = URI.create(settings.baseUrl()).getAuthority();
        if (e instanceof HttpTimeoutException) {
            return "Twilio (" + host + ") does not answer; look at the address and at the network.";
        }
        if (e instanceof SSLHandshakeException) {
            return "No secure connection to " + host + " comes about: " + e.getMessage();
        }
        return "Twilio (" + host + ") cannot be reached"
                + (e.getMessage() == null ? "" : ": " + e.getMessage())
                + "; look at the address and at the network.";
    }

    @Override
    public Check check() {
        GatewaySettings settings = row.find().orElse(null);
        if (settings == null) {
            return new Check(false, NOT_SET_UP);
        }
        try {
            HttpRequest request = request(settings, ".json").GET().build();
            Check check = check(TwilioAnswer.of(http.send(request, BodyHandlers.ofString()), json));
            if (check.ok()) {
                row.works();
            }
            return check;
        } catch (IOException e) {
            return new Check(false, cause(settings, e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Check(false, "The test was interrupted.");
        }
    }

    private static Check check(TwilioAnswer answer) {
        if (answer.status() == 401 || answer.status() == 403) {
            return new Check(
                    false,
                    "Twilio refused the log-in; look at the account SID and the auth token. " + answer.sentence());
        }
        if (answer.status() == 404) {
            return new Check(
                    false, "There is no such account at this address; look at the account SID. " + answer.sentence());
        }
        if (!answer.ok()) {
            return new Check(false, answer.sentence());
        }
        String state = answer.body().path("status").asText("");
        return state.isEmpty() || state.equals("active")
                ? new Check(true, "The log-in works; the account is active.")
                : new Check(false, "The log-in works, but the account is " + state + ".");
    }

    @Override
    public boolean signed(String url, Map<String, List<String>> form, String signature) {
        return row.find()
                .map(settings -> io.upnext.messaging.WebhookSignature.holds(signature, url, form, row.token(settings)))
                .orElse(false);
    }
}
