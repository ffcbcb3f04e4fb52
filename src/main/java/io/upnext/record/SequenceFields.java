package io.upnext.record;

import io.upnext.record.Field.Kind;
import io.upnext.record.Field.Option;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What filters can ask about the sequences of a record, answered by {@link SequenceMembership}. As fields only where a
 * form offers them; no record has such values.
 */
final class SequenceFields {

    static final String STATE = "sequence.state";
    static final String LAST_STATE = "sequence.lastState";

    private static final List<Option> STATES = Stream.of(
                    option("CONNECTING", "Connecting", "Wird verbunden"),
                    option("CONNECTED", "Connected", "Verbunden"),
                    option("PAUSED", "Paused", "Angehalten"),
                    option("ERROR", "Error", "Fehler"),
                    option("COMPLETED", "Completed", "Abgeschlossen"),
                    option("DISCONNECTED", "Disconnected", "Getrennt"))
            .toList();

    static final List<Field> ALL = List.of(
            field("sequence", "In sequence now", "Jetzt in Sequenz"),
            field("sequence.ever", "Ever in sequence", "Je in Sequenz"),
            states(STATE, "State in sequence, now or ever", "Stand in Sequenz, jetzt oder je"),
            states(LAST_STATE, "Last state in sequence", "Letzter Stand in Sequenz"),
            field("sequence.step", "At step now", "Jetzt bei Schritt"),
            field("sequence.stepEver", "Ever at step", "Je bei Schritt"));

    private static final Set<String> NAMES = ALL.stream().map(Field::name).collect(Collectors.toUnmodifiableSet());
    private static final Set<String> STATE_CODES =
            STATES.stream().map(Option::code).collect(Collectors.toUnmodifiableSet());

    private SequenceFields() {}

    static boolean known(String name) {
        return NAMES.contains(name);
    }

    static String names() {
        return ALL.stream().map(Field::name).collect(Collectors.joining(", "));
    }

    static boolean asksForState(String name) {
        return name.equals(STATE) || name.equals(LAST_STATE);
    }

    static boolean asksForStep(String name) {
        return name.equals("sequence.step") || name.equals("sequence.stepEver");
    }

    static boolean asksForSequence(String name) {
        return name.equals("sequence") || name.equals("sequence.ever");
    }

    /** Such as {@code COMPLETED}, or {@code <sequence>/COMPLETED}. */
    static boolean isState(String value) {
        String state = value.substring(value.lastIndexOf('/') + 1).strip();
        return STATE_CODES.stream().anyMatch(state::equalsIgnoreCase);
    }

    static String stateCodes() {
        return STATES.stream().map(Option::code).collect(Collectors.joining(", "));
    }

    private static Option option(String code, String english, String german) {
        return new Option(code, english, Map.of("en", english, "de", german));
    }

    private static Field field(String name, String english, String german) {
        return new Field(name, english, Kind.TEXT, null, false, Map.of("en", english, "de", german));
    }

    private static Field states(String name, String english, String german) {
        return new Field(name, english, Kind.OPTION_SET, STATES, false, Map.of("en", english, "de", german));
    }
}
