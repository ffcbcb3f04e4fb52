package io.upnext.messaging.mailbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.upnext.messaging.MailServer.OAuth;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * Asks a token endpoint for an access token (RFC 6749 §6). Redirects are not followed, and of its answer only the named
 * members are read: a mailbox's holder chooses the address, so nothing else of what stands there may be shown.
 */
@Component
class TokenEndpoint {

    private static final int LONGEST_ANSWER = 64 * 1024;
    private static final int LONGEST_DESCRIPTION = 300;
    private static final Duration USUAL_LIFE = Duration.ofMinutes(5);

    /** RFC 6749 §5.2: what no repetition mends. */
    private static final Set<String> LASTING = Set.of(
            "invalid_grant",
            "invalid_client",
            "unauthorized_client",
            "unsupported_grant_type",
            "invalid_scope",
            "invalid_request",
            "interaction_required",
            "consent_required");

    private final HttpClient client;
    private final ObjectMapper json;
    private final MailTimeouts timeouts;
    private final Clock realTime;

    TokenEndpoint(ObjectMapper json, MailTimeouts timeouts, @Qualifier("realTime") Clock realTime) {
        this.json = json;
        this.timeouts = timeouts;
        this.realTime = realTime;
        this.client = HttpClient.newBuilder()
                .connectTimeout(timeouts.connect())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    private record Answer(int status, JsonNode body) {}

    AccessToken refresh(OAuth oauth, String clientSecret, String refreshToken) throws LogInException {
        Answer answer = ask(oauth, form(oauth, clientSecret, refreshToken));
        JsonNode token = answer.body().path("access_token");
        if (answer.status() == 200 && token.isTextual()) {
            long seconds = answer.body().path("expires_in").asLong(USUAL_LIFE.toSeconds());
            JsonNode fresh = answer.body().path("refresh_token");
            return new AccessToken(
                    token.asText(),
                    realTime.instant().plusSeconds(Math.max(0, seconds)),
                    fresh.isTextual() ? fresh.asText() : null);
        }
        throw refused(oauth, answer);
    }

    private LogInException refused(OAuth oauth, Answer answer) {
        String error = shortened(answer.body().path("error").asText());
        String where = "The token endpoint of '" + host(oauth) + "' ";
        if (!LASTING.contains(error)) {
            return LogInException.passing(
                    where + "gave no access token (HTTP " + answer.status() + (error.isEmpty() ? "" : ", " + error)
                            + "); it is asked again.",
                    null);
        }
        String description = shortened(answer.body().path("error_description").asText());
        return LogInException.lasting(
                where + "refuses: " + error + (description.isEmpty() ? "" : " (" + description + ")") + ". "
                        + remedy(error),
                null);
    }

    private static String remedy(String error) {
        return switch (error) {
            case "invalid_grant", "interaction_required", "consent_required" ->
                "The permission was withdrawn or has expired; give it again and enter the new refresh token.";
            case "invalid_client", "unauthorized_client" -> "Check client id and client secret.";
            case "invalid_scope" -> "Check the scope.";
            default -> "Check token endpoint, client id and scope.";
        };
    }

    private Answer ask(OAuth oauth, String form) throws LogInException {
        CompletableFuture<Answer> asked = null;
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(oauth.tokenEndpoint()))
                    .timeout(timeouts.answer())
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .header("Accept", "application/json")
                    .POST(BodyPublishers.ofString(form))
                    .build();
            asked = send(request);
            return asked.get(timeouts.connect().plus(timeouts.answer()).toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable(oauth, "interrupted", e);
        } catch (ExecutionException e) {
            throw unreachable(oauth, String.valueOf(e.getCause()), e);
        } catch (TimeoutException e) {
            asked.cancel(true);
            throw unreachable(oauth, "no answer in time", e);
        } catch (IllegalArgumentException e) {
            throw LogInException.lasting("'" + oauth.tokenEndpoint() + "' is no token endpoint.", e);
        }
    }

    private static LogInException unreachable(OAuth oauth, String cause, Exception e) {
        return LogInException.passing(
                "The token endpoint of '" + host(oauth) + "' cannot be reached (" + shortened(cause) + ").", e);
    }

    private CompletableFuture<Answer> send(HttpRequest request) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        return client.sendAsync(request, BodyHandlers.ofByteArrayConsumer(part -> part.filter(
                                bytes -> body.size() + bytes.length <= LONGEST_ANSWER)
                        .ifPresent(body::writeBytes)))
                .thenApply(HttpResponse::statusCode)
                .thenApply(status -> new Answer(status, read(body.toByteArray())));
    }

    private JsonNode read(byte[] body) {
        try {
            JsonNode read = json.readTree(body);
            return read == null ? json.createObjectNode() : read;
        } catch (IOException noJson) {
            return json.createObjectNode();
        }
    }

    private static String form(OAuth oauth, String clientSecret, String refreshToken) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "refresh_token");
        form.put("client_id", oauth.clientId());
        form.put("client_secret", clientSecret);
        form.put("refresh_token", refreshToken);
        form.put("scope", oauth.scope());
        return form.entrySet().stream()
                .filter(field -> field.getValue() != null)
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static String host(OAuth oauth) {
        return URI.create(oauth.tokenEndpoint()).getHost();
    }

    private static String shortened(String text) {
        String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
        return line.length() <= LONGEST_DESCRIPTION ? line : line.substring(0, LONGEST_DESCRIPTION) + "…";
    }
}
