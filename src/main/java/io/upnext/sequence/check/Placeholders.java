package io.upnext.sequence.check;

import java.util.Set;

/** Which {@code {{…}}} of a mail template mean something for a record type. */
final class Placeholders {

    private static final Set<String> NOT_OF_THE_FIELDS = Set.of("state", "owner", "createdAt", "updatedAt");
    private static final Set<String> OF_A_SENDER = Set.of("name", "firstName", "lastName", "email", "signature");
    private static final Set<String> OF_AN_OWNER =
            Set.of("id", "name", "firstName", "lastName", "email", "username", "locale", "timeZone");

    private Placeholders() {}

    static boolean exists(Design design, String placeholder) {
        int dot = placeholder.indexOf('.');
        if (dot < 0) {
            return false;
        }
        String field = placeholder.substring(dot + 1);
        return switch (placeholder.substring(0, dot)) {
            case "record" -> field.equals("name") || isField(design, field, field);
            case "account", "contact" -> isField(design, field, placeholder);
            case "owner" -> OF_AN_OWNER.contains(field);
            case "sender" -> OF_A_SENDER.contains(field);
            default -> false;
        };
    }

    private static boolean isField(Design design, String field, String path) {
        return !NOT_OF_THE_FIELDS.contains(field)
                && design.facts.field(design.recordType(), path).isPresent();
    }
}
