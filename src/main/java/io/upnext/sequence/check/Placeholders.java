package io.upnext.sequence.check;

import java.util.Set;

/** Which {@code {{…}}} of a mail template mean something for a record type. */
final class Placeholders {

    private static final Set<String> OF_EVERY_RECORD = Set.of("name", "state", "owner", "createdAt", "updatedAt");
    private static final Set<String> OF_A_PERSON_HERE =
            Set.of("name", "firstName", "lastName", "email", "username", "phone");

    private Placeholders() {}

    static boolean exists(Design design, String placeholder) {
        int dot = placeholder.indexOf('.');
        if (dot < 0) {
            return false;
        }
        String of = placeholder.substring(0, dot);
        String field = placeholder.substring(dot + 1);
        return switch (of) {
            case "record" ->
                OF_EVERY_RECORD.contains(field)
                        || design.facts.field(design.recordType(), field).isPresent();
            case "account", "contact" ->
                design.facts.field(design.recordType(), placeholder).isPresent();
            case "owner", "sender" -> OF_A_PERSON_HERE.contains(field);
            default -> false;
        };
    }
}
