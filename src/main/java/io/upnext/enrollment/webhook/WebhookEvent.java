package io.upnext.enrollment.webhook;

import com.fasterxml.jackson.annotation.JsonValue;
import io.upnext.shared.InvalidException;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What a webhook can be told. The names are a promise to receivers elsewhere. */
public enum WebhookEvent {
    ENROLLMENT_CONNECTED("enrollment.connected"),
    ENROLLMENT_PAUSED("enrollment.paused"),
    ENROLLMENT_RESUMED("enrollment.resumed"),
    ENROLLMENT_ENDED("enrollment.ended"),
    STEP_ENTERED("step.entered"),
    STEP_DONE("step.done"),
    STEP_SKIPPED("step.skipped"),
    STEP_FAILED("step.failed"),
    MAIL_SENT("mail.sent"),
    MAIL_REFUSED("mail.refused"),
    MAIL_FAILED("mail.failed"),
    MAIL_UNCERTAIN("mail.uncertain"),
    MAIL_OPENED("mail.opened"),
    MAIL_CLICKED("mail.clicked"),
    MAIL_ATTACHMENT_OPENED("mail.attachment-opened"),
    MAIL_REPLIED("mail.replied"),
    MAIL_BOUNCED("mail.bounced"),
    MAIL_COMPLAINED("mail.complained"),
    MAIL_UNSUBSCRIBED("mail.unsubscribed"),
    TEXT_SENT("text.sent"),
    TEXT_REFUSED("text.refused"),
    TEXT_FAILED("text.failed"),
    TEXT_REPLIED("text.replied"),
    TEXT_STOPPED("text.stopped");

    private final String wire;

    WebhookEvent(String wire) {
        this.wire = wire;
    }

    /** As receivers read it, such as {@code step.done}. */
    @JsonValue
    public String wire() {
        return wire;
    }

    /** @throws InvalidException where there is no such event */
    static WebhookEvent of(String wire) {
        return Arrays.stream(values())
                .filter(event -> event.wire.equals(wire))
                .findFirst()
                .orElseThrow(() -> new InvalidException("There is no event '" + wire + "'; known are "
                        + Arrays.stream(values()).map(WebhookEvent::wire).collect(Collectors.joining(", ")) + "."));
    }
}
