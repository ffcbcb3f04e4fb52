package io.upnext.messaging.inspection;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.upnext.messaging.inspection.Reported.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What Amazon SES says by mail where its notifications go to a topic that mails them: a JSON object in the text, as its
 * documentation "Amazon SNS notification contents for Amazon SES" has it.
 *
 * @param complaint whether it is one, and not about a delivery
 */
record SesNotification(boolean complaint, List<Reported> recipients, List<String> messageIds) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Null where the text is none. */
    static SesNotification of(ParsedMail mail) {
        String text = mail.text().strip();
        if (!text.startsWith("{") || !(text.contains("notificationType") || text.contains("eventType"))) {
            return null;
        }
        try (var parser = JSON.createParser(text)) {
            JsonNode node = JSON.readTree(parser);
            JsonNode inner = node.path("Message").isTextual()
                    ? JSON.readTree(node.get("Message").asText())
                    : node;
            return of(inner);
        } catch (java.io.IOException | RuntimeException noJson) {
            return null;
        }
    }

    private static SesNotification of(JsonNode node) throws JsonProcessingException {
        String kind =
                node.path("notificationType").asText(node.path("eventType").asText(""));
        List<Reported> recipients =
                switch (kind.toLowerCase(Locale.ROOT)) {
                    case "bounce" -> bounced(node.path("bounce"));
                    case "complaint" -> complained(node.path("complaint"));
                    case "delivery" -> delivered(node.path("delivery"));
                    case "deliverydelay" -> delayed(node.path("deliveryDelay"));
                    default -> List.of();
                };
        String id = node.path("mail").path("commonHeaders").path("messageId").asText("");
        return recipients.isEmpty()
                ? null
                : new SesNotification(kind.equalsIgnoreCase("complaint"), recipients, MailParser.messageIds(id));
    }

    private static List<Reported> bounced(JsonNode bounce) {
        List<Reported> recipients = new ArrayList<>();
        boolean permanent = bounce.path("bounceType").asText().equalsIgnoreCase("permanent");
        String kind = bounce.path("bounceSubType").asText();
        for (JsonNode one : bounce.path("bouncedRecipients")) {
            String said = one.path("diagnosticCode").asText("");
            Diagnosis diagnosis = Diagnosis.of(one.path("status").asText(null), "", said, "");
            String reason = diagnosis.reason().equals("undefined") ? reason(kind, permanent) : diagnosis.reason();
            recipients.add(reported(one, Action.FAILED, diagnosis, reason, said));
        }
        return recipients;
    }

    private static String reason(String kind, boolean permanent) {
        return switch (kind) {
            case "NoEmail", "General" -> permanent ? "userunknown" : "onhold";
            case "Suppressed", "OnAccountSuppressionList" -> "suppressed";
            case "MailboxFull" -> "mailboxfull";
            case "MessageTooLarge" -> "mesgtoobig";
            case "ContentRejected" -> "contenterror";
            case "AttachmentRejected" -> "policyviolation";
            default -> "undefined";
        };
    }

    private static List<Reported> complained(JsonNode complaint) {
        List<Reported> recipients = new ArrayList<>();
        for (JsonNode one : complaint.path("complainedRecipients")) {
            recipients.add(reported(
                    one,
                    null,
                    Diagnosis.of(null, "", "", ""),
                    "feedback",
                    complaint.path("complaintFeedbackType").asText("abuse")));
        }
        return recipients;
    }

    private static List<Reported> delivered(JsonNode delivery) {
        String said = delivery.path("smtpResponse").asText("");
        List<Reported> recipients = new ArrayList<>();
        for (JsonNode one : delivery.path("recipients")) {
            Diagnosis diagnosis = Diagnosis.of(null, "", said, "");
            recipients.add(new Reported(
                    one.asText().toLowerCase(Locale.ROOT),
                    null,
                    Action.DELIVERED,
                    diagnosis.status(),
                    diagnosis.smtpCode(),
                    false,
                    "delivered",
                    said));
        }
        return recipients;
    }

    private static List<Reported> delayed(JsonNode delay) {
        List<Reported> recipients = new ArrayList<>();
        for (JsonNode one : delay.path("delayedRecipients")) {
            String said = one.path("diagnosticCode").asText("");
            recipients.add(reported(
                    one, Action.DELAYED, Diagnosis.of(one.path("status").asText(null), "", said, ""), "expired", said));
        }
        return recipients;
    }

    private static Reported reported(JsonNode one, Action action, Diagnosis diagnosis, String reason, String said) {
        return new Reported(
                Addresses.bare(one.path("emailAddress").asText("")),
                null,
                action,
                diagnosis.status(),
                diagnosis.smtpCode(),
                action == Action.FAILED && Diagnosis.isHard(reason),
                reason,
                said);
    }
}
