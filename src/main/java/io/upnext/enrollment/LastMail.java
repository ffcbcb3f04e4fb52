package io.upnext.enrollment;

import io.upnext.messaging.MailEvent;
import io.upnext.shared.filter.Filter;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The fields {@code lastEmail.…}, which only the filters of Classic and Smart steps know. */
final class LastMail {

    private static final Map<String, MailEvent.Kind> KINDS = Map.of(
            "lastEmail.opened", MailEvent.Kind.OPENED,
            "lastEmail.clicked", MailEvent.Kind.LINK_CLICKED,
            "lastEmail.replied", MailEvent.Kind.REPLIED);

    private LastMail() {}

    static boolean asksForIt(Filter.Leaf leaf) {
        return KINDS.containsKey(leaf.field());
    }

    /** @param seen what has happened to the last mail; null, where none has left, makes the fields empty */
    static Map<String, Object> values(Set<MailEvent.Kind> seen) {
        Map<String, Object> values = new HashMap<>();
        KINDS.forEach((field, kind) -> values.put(field, seen == null ? null : seen.contains(kind)));
        return values;
    }
}
