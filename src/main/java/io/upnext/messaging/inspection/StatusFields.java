package io.upnext.messaging.inspection;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The fields of a delivery status notification (RFC 3464 §2), a group a recipient. Read line by line and not by the
 * empty lines between the groups, which many servers leave out or put in the wrong place.
 */
final class StatusFields {

    private static final int MOST = 1_000;

    private final List<Map<String, String>> recipients = new ArrayList<>();
    private final Map<String, String> message = new LinkedHashMap<>();
    private Map<String, String> group = message;
    private String last;

    private StatusFields() {}

    /** The groups of recipients in the text; none where it holds none. */
    static List<Map<String, String>> recipients(String text) {
        StatusFields fields = new StatusFields();
        text.lines().forEach(fields::line);
        fields.recipients.removeIf(group -> !group.containsKey("final-recipient")
                && !group.containsKey("original-recipient")
                && !group.containsKey("x-actual-recipient"));
        fields.recipients.forEach(group -> fields.message.forEach(group::putIfAbsent));
        return fields.recipients;
    }

    private void line(String line) {
        if (line.isBlank()) {
            last = null;
            separated = true;
            return;
        }
        if (Character.isWhitespace(line.charAt(0)) && last != null) {
            group.merge(last, line.strip(), (before, more) -> before.length() > 4_000 ? before : before + " " + more);
            return;
        }
        int colon = line.indexOf(':');
        String name = colon < 0 ? "" : line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
        if (colon <= 0 || name.length() > 60 || name.indexOf(' ') >= 0) {
            // A line that goes on without being indented, as some servers write them.
            if (last != null) {
                group.merge(
                        last, line.strip(), (before, more) -> before.length() > 4_000 ? before : before + " " + more);
            }
            return;
        }
        field(name, line.substring(colon + 1).strip());
    }

    private boolean separated;

    private void field(String name, String value) {
        boolean begins = (separated || group.containsKey(name))
                && OF_RECIPIENT.contains(name)
                && (group == message || group.containsKey(name) || complete(group));
        if (begins && recipients.size() < MOST) {
            group = new LinkedHashMap<>();
            recipients.add(group);
        }
        separated = false;
        last = name;
        group.putIfAbsent(name, value);
    }

    private static final List<String> OF_RECIPIENT = List.of(
            "final-recipient", "original-recipient", "action", "status", "x-actual-recipient", "diagnostic-code");

    private static boolean complete(Map<String, String> group) {
        return group.containsKey("final-recipient") && group.containsKey("action");
    }
}
