package io.upnext.enrollment.audience;

import io.upnext.shared.RecordType;
import io.upnext.shared.SequenceId;
import io.upnext.shared.UserId;
import io.upnext.shared.filter.Filter;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * An audience as somebody wrote it; what is left out is null and takes its default.
 *
 * @param recordType the sequence's by default
 * @param owner the caller by default, on a change the owner so far
 */
public record AudienceDraft(
        String name,
        SequenceId sequence,
        RecordType recordType,
        Filter filter,
        List<UUID> views,
        When when,
        Integer priority,
        Boolean enabled,
        Boolean disconnectOnLeave,
        UserId owner) {

    public AudienceDraft {
        views = views == null
                ? List.of()
                : views.stream().filter(Objects::nonNull).distinct().toList();
    }

    /** The same audience, switched on or off. */
    static AudienceDraft of(Audience audience, boolean enabled) {
        return new AudienceDraft(
                audience.name(),
                audience.sequence(),
                audience.recordType(),
                audience.filter(),
                audience.views(),
                audience.when(),
                audience.priority(),
                enabled,
                audience.disconnectOnLeave(),
                audience.owner());
    }
}
