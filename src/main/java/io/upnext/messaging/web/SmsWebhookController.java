package io.upnext.messaging.web;

import io.upnext.messaging.texting.Webhook;
import io.upnext.security.ProblemResponses;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;

/** Where the text gateway tells what happened; without a log-in, by its signature only. */
@RestController
class SmsWebhookController {

    private static final long LARGEST = 64 * 1024;
    private static final String TOO_LARGE = "The form must say its length and have at most 64 KB.";

    /** Nothing is to be answered to the sender of a text. */
    private static final String NO_ANSWER = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response/>";

    private final Webhook webhook;
    private final ProblemResponses problems;

    SmsWebhookController(Webhook webhook, ProblemResponses problems) {
        this.webhook = webhook;
        this.problems = problems;
    }

    @PostMapping(path = Webhook.PATH, consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    ResponseEntity<String> receive(
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestHeader(name = "X-Twilio-Signature", required = false) String signature)
            throws IOException {
        // Without a length it could have any
        if (request.getContentLengthLong() < 0 || request.getContentLengthLong() > LARGEST) {
            problems.write(response, HttpStatus.PAYLOAD_TOO_LARGE, TOO_LARGE);
            return null;
        }
        webhook.receive(request.getQueryString(), form(request), signature);
        return ResponseEntity.ok().contentType(MediaType.TEXT_XML).body(NO_ANSWER);
    }

    /** The fields of the body alone: the container hands out those of the address with them, always first. */
    private static Map<String, List<String>> form(HttpServletRequest request) {
        MultiValueMap<String, String> ofAddress = UriComponentsBuilder.newInstance()
                .query(request.getQueryString())
                .build()
                .getQueryParams();
        Map<String, List<String>> form = new LinkedHashMap<>();
        request.getParameterMap().forEach((name, all) -> {
            int before = ofAddress.getOrDefault(name, List.of()).size();
            List<String> values = new ArrayList<>(Arrays.asList(all).subList(Math.min(before, all.length), all.length));
            if (!values.isEmpty()) {
                form.put(name, values);
            }
        });
        return form;
    }
}
