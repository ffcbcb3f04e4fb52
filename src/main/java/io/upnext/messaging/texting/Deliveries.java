package io.upnext.messaging.texting;

import io.upnext.messaging.Suppressions;
import io.upnext.messaging.TextEvent;
import io.upnext.messaging.texting.InboundTexts.Stored;
import io.upnext.messaging.texting.TextEvents.Happened;
import io.upnext.shared.Actor;
import io.upnext.shared.TextMessageId;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How far a message got. Told in any order and more than once; what is further on stays. */
@Component
class Deliveries {

    private static final int FINAL = 3;
    private static final Map<String, Integer> ORDER = Map.of(
            "accepted",
            0,
            "scheduled",
            0,
            "queued",
            0,
            "sending",
            1,
            "sent",
            2,
            "delivered",
            FINAL,
            "undelivered",
            FINAL,
            "failed",
            FINAL,
            "canceled",
            FINAL,
            "read",
            FINAL + 1);

    /** Twilio's codes of undelivered messages that people meet most. */
    private static final Map<String, String> CAUSES = Map.of(
            "30003", "the phone is switched off or out of reach",
            "30004", "the recipient or the carrier blocks such messages",
            "30005", "the number is not known or no longer in use",
            "30006", "the number is a landline or of a carrier that cannot be reached",
            "30007", "the carrier took it for unwanted",
            "30008", "the carrier does not say why",
            "21610", "the recipient has written STOP");

    private static final String UNSUBSCRIBED = "21610";

    private final JdbcClient jdbc;
    private final TextEvents events;
    private final SentTexts sentTexts;
    private final Suppressions suppressions;

    Deliveries(JdbcClient jdbc, TextEvents events, SentTexts sentTexts, Suppressions suppressions) {
        this.jdbc = jdbc;
        this.events = events;
        this.sentTexts = sentTexts;
        this.suppressions = suppressions;
    }

    private record Row(TextMessageId id, String delivery, String to) {}

    /** @return false where it is no message of ours, or a state that says nothing */
    boolean apply(Stored told) {
        String status = told.status().toLowerCase(Locale.ROOT);
        Optional<Row> found = lock(told);
        if (found.isEmpty() || !ORDER.containsKey(status)) {
            return false;
        }
        Row row = found.get();
        // Whatever it says: the gateway has the message
        sentTexts.proved(row.id());
        boolean further = row.delivery() == null || ORDER.get(status) > ORDER.getOrDefault(row.delivery(), -1);
        if (further) {
            jdbc.sql("update text_message set delivery = ?, gateway_id = coalesce(gateway_id, ?) where id = ?")
                    .params(status, told.gatewayId(), row.id().value())
                    .update();
            tell(row, status, told.errorCode());
        }
        return true;
    }

    private Optional<Row> lock(Stored told) {
        return jdbc.sql("select id, delivery, to_number from text_message where "
                        + (told.text() != null ? "id = :id" : "gateway_id = :gatewayId") + " for update")
                .param("id", told.text() == null ? null : told.text().value())
                .param("gatewayId", told.gatewayId())
                .query((row, number) ->
                        new Row(new TextMessageId(row.getObject(1, UUID.class)), row.getString(2), row.getString(3)))
                .optional();
    }

    private void tell(Row row, String status, String errorCode) {
        switch (status) {
            case "delivered" -> events.add(Happened.to(row.id(), TextEvent.Kind.DELIVERED));
            case "undelivered", "failed", "canceled" -> {
                events.add(Happened.to(row.id(), TextEvent.Kind.UNDELIVERED).detail(cause(errorCode)));
                if (UNSUBSCRIBED.equals(errorCode) && row.to() != null) {
                    suppressions.add(row.to(), Suppressions.Reason.STOPPED, "Error 21610", Actor.SYSTEM);
                }
            }
            default -> {
                // On its way
            }
        }
    }

    private static String cause(String errorCode) {
        if (errorCode == null) {
            return "The gateway does not say why.";
        }
        String cause = CAUSES.get(errorCode);
        return "Error " + errorCode + (cause == null ? "." : ": " + cause + ".");
    }
}
