package io.upnext.messaging.texting;

import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** How long the gateway may take to answer; after that nobody knows whether it sent. */
@Component
class TextTimeouts {

    private final Duration answer;

    TextTimeouts(@Value("${upnext.texting.answer-timeout:30s}") Duration answer) {
        this.answer = answer;
    }

    Duration answer() {
        return answer;
    }
}
