package io.upnext.messaging.receiving;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a server says about the delivery of a mail (RFC 3464).
 *
 * @param messageIds of the mail it is about, from the copy it carries
 */
record DeliveryReport(List<Recipient> recipients, List<String> messageIds) {

    enum Action {
        FAILED,
        DELAYED,
        DELIVERED
    }

    /** @param address bare, lower case @param status such as {@code 5.1.1}, or empty */
    record Recipient(String address, String original, Action action, String status, String diagnostic) {

        /** For good: the address does not exist. Full mailboxes, policies and sizes may be otherwise tomorrow. */
        boolean hard() {
            return status.startsWith("5.") && !status.matches("5\\.(2\\.[234]|3\\.\\d+|4\\.\\d+|6\\.\\d+|7\\.\\d+)");
        }

        boolean isFor(String wanted) {
            return wanted.equalsIgnoreCase(address) || wanted.equalsIgnoreCase(original);
        }

        String sentence() {
            return (status + " " + diagnostic).strip();
        }
    }

    /** Reads the fields of a message/delivery-status: blocks of header lines, the first about the whole mail. */
    static List<Recipient> recipients(String text) {
        List<Recipient> recipients = new ArrayList<>();
        for (String block : text.split("(?m)^[ \\t]*\\r?\\n")) {
            Map<String, String> fields = fields(block);
            if (fields.containsKey("final-recipient") || fields.containsKey("original-recipient")) {
                recipients.add(recipient(fields));
            }
        }
        return recipients;
    }

    private static Map<String, String> fields(String block) {
        Map<String, String> fields = new LinkedHashMap<>();
        String last = null;
        for (String line : block.split("\\r?\\n")) {
            if (last != null && !line.isEmpty() && Character.isWhitespace(line.charAt(0))) {
                fields.merge(last, line.strip(), (before, more) -> before + " " + more);
                continue;
            }
            int colon = line.indexOf(':');
            if (colon > 0) {
                last = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
                fields.putIfAbsent(last, line.substring(colon + 1).strip());
            }
        }
        return fields;
    }

    private static Recipient recipient(Map<String, String> fields) {
        String status = fields.getOrDefault("status", "").split("[ (]", 2)[0];
        return new Recipient(
                address(fields.get("final-recipient")),
                address(fields.get("original-recipient")),
                action(fields.getOrDefault("action", ""), status),
                status,
                fields.getOrDefault("diagnostic-code", "").replaceFirst("^\\w+;\\s*", ""));
    }

    private static Action action(String action, String status) {
        return switch (action.toLowerCase(Locale.ROOT).split("[ (]", 2)[0]) {
            case "failed" -> Action.FAILED;
            case "delayed" -> Action.DELAYED;
            case "delivered", "relayed", "expanded" -> Action.DELIVERED;
            default -> status.startsWith("2.") ? Action.DELIVERED : Action.FAILED;
        };
    }

    /** {@code rfc822; <Ada@example.com>} is {@code ada@example.com}. */
    private static String address(String field) {
        if (field == null) {
            return "";
        }
        String value = field.substring(field.indexOf(';') + 1).strip();
        return value.replaceAll("^<|>$", "").toLowerCase(Locale.ROOT);
    }
}
