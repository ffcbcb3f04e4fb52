package io.upnext.demo;

import io.upnext.messaging.TextGateway;
import io.upnext.messaging.WebhookSignature;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.context.annotation.Primary;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** The text gateway of the demo: it always works, and keeps every message instead of sending it. */
@Component
@Primary
@Profile(DemoByDefault.PROFILE)
class DemoTextGateway implements TextGateway {

    private final CaughtTexts caught;

    /** Signs what {@link TextAnswers} tell the webhook; another one at every start. */
    private final String token = UUID.randomUUID().toString();

    DemoTextGateway(CaughtTexts caught) {
        this.caught = caught;
    }

    @Override
    public Availability availability() {
        return new Availability(Availability.State.READY, null, null);
    }

    @Override
    public Outcome send(Message message) {
        caught.keep(message);
        return new Outcome.Accepted(sid(message.id().toString()));
    }

    /** What the gateway calls a message of ours. */
    static String sid(String id) {
        return "SM" + id.replace("-", "");
    }

    @Override
    public Check check() {
        return new Check(true, "This is the demo: texts are caught, none leaves.");
    }

    String sign(String url, Map<String, List<String>> form) {
        return WebhookSignature.of(url, form, token);
    }

    @Override
    public boolean signed(String url, Map<String, List<String>> form, String signature) {
        return WebhookSignature.holds(signature, url, form, token);
    }
}
