package io.upnext.demo;

import io.upnext.demo.CaughtTexts.CaughtText;
import io.upnext.security.BaseUrl;
import io.upnext.shared.ConflictException;
import io.upnext.shared.TextMessageId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** Does with a caught text what a phone and its owner may do; the product learns of it by its webhook, signed. */
@Component
@Profile(DemoByDefault.PROFILE)
public class TextAnswers {

    private static final String WEBHOOK = "/api/v1/sms/webhook";

    private final CaughtTexts texts;
    private final DemoTextGateway gateway;
    private final FastForward fastForward;
    private final BaseUrl baseUrl;
    private final HttpClient http = HttpClient.newHttpClient();

    TextAnswers(CaughtTexts texts, DemoTextGateway gateway, FastForward fastForward, BaseUrl baseUrl) {
        this.texts = texts;
        this.gateway = gateway;
        this.fastForward = fastForward;
        this.baseUrl = baseUrl;
    }

    /** What becomes of a text. */
    public enum As {
        DELIVERED,
        UNDELIVERED,
        REPLY,
        STOP,
        START
    }

    /**
     * Returns when its effect has been applied.
     *
     * @param answer what a reply says; null or blank for something fitting
     * @return workers whose work does not move and were not waited for
     */
    public Set<String> answer(TextMessageId id, As as, String answer) {
        CaughtText text = texts.get(id);
        switch (as) {
            case DELIVERED -> tell(query(text), status(text, "delivered"));
            case UNDELIVERED -> tell(query(text), status(text, "undelivered"));
            case REPLY -> tell("", written(text, answer == null || answer.isBlank() ? "Yes, please call me." : answer));
            case STOP, START -> tell("", written(text, as.name()));
        }
        return fastForward.settle();
    }

    /** The part of the address that names our message. */
    private static String query(CaughtText text) {
        return "?" + URI.create(text.statusUrl()).getRawQuery();
    }

    private static Map<String, String> status(CaughtText text, String status) {
        return Map.of(
                "MessageSid",
                DemoTextGateway.sid(text.id()),
                "MessageStatus",
                status,
                "To",
                text.to(),
                "ErrorCode",
                status.equals("delivered") ? "" : "30003");
    }

    private static Map<String, String> written(CaughtText text, String body) {
        return Map.of("MessageSid", DemoTextGateway.sid(UUID.randomUUID().toString()), "From", text.to(), "Body", body);
    }

    private void tell(String query, Map<String, String> form) {
        String url = baseUrl.link(WEBHOOK + query);
        Map<String, List<String>> lists = form.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, field -> List.of(field.getValue())));
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("X-Twilio-Signature", gateway.sign(url, lists))
                .POST(BodyPublishers.ofString(form.entrySet().stream()
                        .map(field ->
                                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"))))
                .build();
        try {
            int status = http.send(request, BodyHandlers.discarding()).statusCode();
            if (status >= 400) {
                throw new ConflictException("Upnext answered " + status + " to what the phone did.");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
