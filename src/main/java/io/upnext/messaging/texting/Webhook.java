package io.upnext.messaging.texting;

import io.upnext.messaging.Suppressions;
import io.upnext.messaging.TextGateway;
import io.upnext.messaging.texting.InboundTexts.Arrived;
import io.upnext.security.BaseUrl;
import io.upnext.shared.Actor;
import io.upnext.shared.ForbiddenException;
import io.upnext.shared.TextMessageId;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * What the gateway tells: how far a message got, and what people write. Stored once however often it is told, applied
 * after ({@link InboundTextApplier}); only the suppression of a STOP counts from the moment it is stored.
 */
@Component
public class Webhook {

    public static final String PATH = "/api/v1/sms/webhook";

    /** The parameter in the address of a status callback that names our message. */
    static final String MESSAGE = "message";

    private static final Logger log = LoggerFactory.getLogger(Webhook.class);

    private final TextGateway gateway;
    private final InboundTexts inbound;
    private final Suppressions suppressions;
    private final BaseUrl baseUrl;

    Webhook(TextGateway gateway, InboundTexts inbound, Suppressions suppressions, BaseUrl baseUrl) {
        this.gateway = gateway;
        this.inbound = inbound;
        this.suppressions = suppressions;
        this.baseUrl = baseUrl;
    }

    /**
     * @param query of the address, as it came; null where there is none
     * @param form the fields of the body
     * @throws ForbiddenException unless the gateway has signed it
     */
    @Transactional
    public void receive(String query, Map<String, List<String>> form, String signature) {
        String address = baseUrl.link(PATH) + (query == null ? "" : "?" + query);
        if (!gateway.signed(address, form, signature)) {
            throw new ForbiddenException("This request is not signed by the text gateway.");
        }
        String id = field(form, "MessageSid");
        String status = field(form, "MessageStatus");
        if (id == null) {
            log.info("A request of the text gateway names no message and is passed over");
        } else if (status != null) {
            inbound.store(Arrived.status(id, message(query), status, field(form, "ErrorCode")));
        } else if (field(form, "From") != null) {
            written(id, field(form, "From"), form);
        }
    }

    private void written(String id, String from, Map<String, List<String>> form) {
        String body = field(form, "Body");
        Arrived arrived = Arrived.message(id, from, body, Keywords.of(body, field(form, "OptOutType")));
        if (!inbound.store(arrived)) {
            return;
        }
        switch (arrived.meaning()) {
            case STOP -> suppressions.add(from, Suppressions.Reason.STOPPED, body, Actor.SYSTEM);
            case START -> suppressions.takeBack(from, Suppressions.Reason.STOPPED);
            case NONE -> {
                // An answer changes nothing here
            }
        }
    }

    private static String field(Map<String, List<String>> form, String name) {
        List<String> values = form.getOrDefault(name, List.of());
        return values.isEmpty() || values.get(0).isBlank()
                ? null
                : values.get(0).replace("\u0000", "");
    }

    private static TextMessageId message(String query) {
        String value = query == null
                ? null
                : UriComponentsBuilder.newInstance()
                        .query(query)
                        .build()
                        .getQueryParams()
                        .getFirst(MESSAGE);
        try {
            return value == null ? null : TextMessageId.of(value);
        } catch (IllegalArgumentException noId) {
            return null;
        }
    }
}
