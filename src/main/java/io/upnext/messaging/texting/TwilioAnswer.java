package io.upnext.messaging.texting;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;

/**
 * An answer of Twilio's API, and what it means for the message and the account. Error codes are those of Twilio's error
 * dictionary.
 *
 * @param code 0 where it names none
 */
record TwilioAnswer(int status, int code, JsonNode body, Duration retryAfter) {

    /** No such number, no mobile number, no number at all. */
    private static final Set<Integer> NO_NUMBER_TO_TEXT = Set.of(21211, 21214, 21217, 21265, 21614, 21635);

    private static final int UNSUBSCRIBED = 21610;

    /** The account, its log-in, or the number or service it sends from. */
    private static final Set<Integer> OURS =
            Set.of(10001, 20003, 20005, 20008, 20404, 21212, 21603, 21606, 21659, 21660, 21701, 21703, 21705);

    private static final int TOO_MANY_REQUESTS = 429;
    private static final int TOO_MANY_QUEUED = 21611;

    static TwilioAnswer of(HttpResponse<String> response, ObjectMapper json) {
        JsonNode body = parse(response.body(), json);
        Duration retryAfter = response.headers()
                .firstValue("Retry-After")
                .filter(value -> value.matches("\\d{1,5}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)))
                .orElse(null);
        return new TwilioAnswer(response.statusCode(), body.path("code").asInt(0), body, retryAfter);
    }

    private static JsonNode parse(String text, ObjectMapper json) {
        try {
            JsonNode body = json.readTree(text == null ? "" : text);
            return body == null ? MissingNode.getInstance() : body;
        } catch (JsonProcessingException noJson) {
            return MissingNode.getInstance();
        }
    }

    boolean ok() {
        return status / 100 == 2;
    }

    boolean refusesNumber() {
        return status == 400 && NO_NUMBER_TO_TEXT.contains(code);
    }

    boolean refusesUnsubscribed() {
        return status == 400 && code == UNSUBSCRIBED;
    }

    boolean refusesAccount() {
        return status == 401 || status == 403 || status == 404 || (status == 400 && OURS.contains(code));
    }

    boolean asksForPatience() {
        return status == TOO_MANY_REQUESTS || code == TOO_MANY_QUEUED;
    }

    /** Something in front of the service has lost it: nobody knows whether the service got the request. */
    boolean lostOnTheWay() {
        return status == 502 || status == 504;
    }

    boolean failedItself() {
        return status / 100 == 5;
    }

    /** For people: {@code Twilio answered 400, error 21211: Invalid 'To' Phone Number.} */
    String sentence() {
        String message = body.path("message").asText("");
        return "Twilio answered " + status + (code == 0 ? "" : ", error " + code)
                + (message.isBlank() ? "." : ": " + message);
    }
}
