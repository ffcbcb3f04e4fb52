package io.upnext.record;

import io.upnext.shared.RecordType;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The states of each type, the first being that of a new record, and which of them end every enrollment. */
final class RecordStates {

    private static final Map<RecordType, List<String>> STATES = Map.of(
            RecordType.LEAD, List.of("NEW", "CONTACTED", "QUALIFIED", "DISQUALIFIED"),
            RecordType.OPPORTUNITY, List.of("OPEN", "WON", "LOST"),
            RecordType.CONTACT, List.of("ACTIVE", "INACTIVE"),
            RecordType.ACCOUNT, List.of("ACTIVE", "INACTIVE"));

    private static final Set<String> CLOSED = Set.of("QUALIFIED", "DISQUALIFIED", "WON", "LOST", "INACTIVE");

    private RecordStates() {}

    static List<String> of(RecordType type) {
        return STATES.get(type);
    }

    static String first(RecordType type) {
        return of(type).get(0);
    }

    static boolean isClosed(String state) {
        return CLOSED.contains(state);
    }
}
