package io.upnext.record;

import io.upnext.security.CurrentUser;
import io.upnext.shared.InvalidException;
import io.upnext.shared.RecordId;
import io.upnext.shared.RecordType;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Calls, meetings and notes that sellers log outside of sequences. */
@Component
public class Activities {

    private static final int MAX_OUTCOME = 60;

    private final Records records;
    private final Timeline timeline;
    private final Clock clock;

    Activities(Records records, Timeline timeline, Clock clock) {
        this.records = records;
        this.timeline = timeline;
        this.clock = clock;
    }

    public enum Kind {
        CALL("OUTGOING_CALL", "CALL"),
        MEETING("SALES_ACTIVITY", "MEETING"),
        NOTE(null, null);

        private final String lastContactedMode;
        private final String lastActivityType;

        Kind(String lastContactedMode, String lastActivityType) {
            this.lastContactedMode = lastContactedMode;
            this.lastActivityType = lastActivityType;
        }
    }

    /**
     * @param incoming the customer called; for calls only
     * @param outcome such as {@code CONNECTED}, or null
     */
    public record Activity(Kind kind, Boolean incoming, String outcome, String note) {}

    /**
     * @throws InvalidException where something is missing or too long
     * @throws io.upnext.shared.NotFoundException where there is no such record or the user may not see it
     */
    @Transactional
    public Timeline.Entry log(CurrentUser user, RecordType type, RecordId id, Activity activity) {
        records.get(user, type, id);
        check(activity);
        Map<String, String> details = new TreeMap<>();
        add(details, "outcome", activity.outcome());
        add(details, "note", activity.note());
        boolean incoming = activity.kind() == Kind.CALL && Boolean.TRUE.equals(activity.incoming());
        add(details, "direction", activity.kind() != Kind.CALL ? null : incoming ? "INCOMING" : "OUTGOING");
        Timeline.Entry entry = new Timeline.Entry(
                id,
                clock.instant(),
                activity.kind().name().toLowerCase(Locale.ROOT),
                user.actor(),
                Map.copyOf(details));
        timeline.add(entry);
        records.touched(
                id, incoming ? "INCOMING_CALL" : activity.kind().lastContactedMode, activity.kind().lastActivityType);
        return entry;
    }

    private static void check(Activity activity) {
        if (activity.kind() == null) {
            throw new InvalidException("'kind' is missing; give CALL, MEETING or NOTE.");
        }
        boolean noNote = activity.note() == null || activity.note().isBlank();
        if (activity.kind() == Kind.NOTE && noNote) {
            throw new InvalidException("A note needs a text; give it as 'note'.");
        }
        if (!noNote && (activity.note().length() > FieldValues.MAX_TEXT || !Texts.isStorable(activity.note()))) {
            throw new InvalidException("'note' is too long or contains a character that cannot be stored.");
        }
        String outcome = activity.outcome();
        if (outcome != null && (outcome.length() > MAX_OUTCOME || !Texts.isStorable(outcome))) {
            throw new InvalidException("'outcome' has at most " + MAX_OUTCOME + " characters.");
        }
    }

    private static void add(Map<String, String> details, String name, String value) {
        if (value != null && !value.isBlank()) {
            details.put(name, value.strip());
        }
    }
}
