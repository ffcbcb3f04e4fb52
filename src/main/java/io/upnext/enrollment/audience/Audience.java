package io.upnext.enrollment.audience;

import io.upnext.shared.AudienceId;
import io.upnext.shared.Problem;
import io.upnext.shared.RecordType;
import io.upnext.shared.SequenceId;
import io.upnext.shared.UserId;
import io.upnext.shared.filter.Filter;
import io.upnext.shared.filter.Filter.Leaf;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Connects the records it finds to a sequence, with the rights of its owner.
 *
 * @param recordType what filter and views are about: the sequence's type, or ACCOUNT where a sequence of contacts takes
 *     the contacts of the accounts found
 * @param filter null where views say who belongs to it
 * @param views whoever is in one of them; empty where there is a filter
 * @param when null where the schedule of the sequence says when
 * @param priority 1 is the highest
 * @param dueAt when it is looked at as a whole next; null while it is off
 * @param problem why it connects nobody although it is on; null where nothing is wrong
 */
public record Audience(
        AudienceId id,
        String name,
        UserId owner,
        SequenceId sequence,
        RecordType recordType,
        Filter filter,
        List<UUID> views,
        When when,
        int priority,
        boolean enabled,
        boolean disconnectOnLeave,
        Instant createdAt,
        Instant dueAt,
        Instant evaluatedAt,
        Problem problem) {

    boolean onChange() {
        return when != null && when.kind() == When.Kind.ON_CHANGE;
    }

    /** Does a condition of the filter ask for that? A view may ask for anything. */
    boolean asksFor(Predicate<Leaf> what) {
        return filter == null || filter.leaves().stream().anyMatch(what);
    }

    Audience dueAt(Instant at) {
        return with(enabled, at);
    }

    Audience off() {
        return with(false, null);
    }

    private Audience with(boolean on, Instant due) {
        return new Audience(
                id,
                name,
                owner,
                sequence,
                recordType,
                filter,
                views,
                when,
                priority,
                on,
                disconnectOnLeave,
                createdAt,
                due,
                evaluatedAt,
                problem);
    }
}
