package io.upnext.record;

import io.upnext.record.Field.Kind;
import io.upnext.record.Field.Option;
import io.upnext.shared.RecordType;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What every record has beside its fields, as far as filters and sorting reach it. */
final class SystemFields {

    private static final Field OWNER = text("owner", "Owner", "Besitzer");
    private static final Field NAME = text("name", "Name", "Name");
    private static final Field CREATED = at("createdAt", "Created", "Angelegt");
    private static final Field UPDATED = at("updatedAt", "Changed", "Geändert");

    private static final Map<String, String> GERMAN_STATES = Map.of(
            "NEW", "Neu",
            "CONTACTED", "Kontaktiert",
            "QUALIFIED", "Qualifiziert",
            "DISQUALIFIED", "Disqualifiziert",
            "OPEN", "Offen",
            "WON", "Gewonnen",
            "LOST", "Verloren",
            "ACTIVE", "Aktiv",
            "INACTIVE", "Inaktiv");

    private SystemFields() {}

    static Optional<Field> find(RecordType type, String name) {
        return switch (name) {
            case "state" -> Optional.of(state(type));
            case "owner" -> Optional.of(OWNER);
            case "name" -> Optional.of(NAME);
            case "createdAt" -> Optional.of(CREATED);
            case "updatedAt" -> Optional.of(UPDATED);
            default -> Optional.empty();
        };
    }

    static Field state(RecordType type) {
        List<Option> options =
                RecordStates.of(type).stream().map(SystemFields::option).toList();
        return new Field("state", "State", Kind.OPTION_SET, options, false, Map.of("en", "State", "de", "Status"));
    }

    /** Is it a point in time, not a calendar day? */
    static boolean isInstant(Field field) {
        return field == CREATED || field == UPDATED;
    }

    private static Option option(String state) {
        String label = state.charAt(0) + state.substring(1).toLowerCase(Locale.ROOT);
        return new Option(state, label, Map.of("en", label, "de", GERMAN_STATES.get(state)));
    }

    private static Field text(String name, String english, String german) {
        return new Field(name, english, Kind.TEXT, null, false, Map.of("en", english, "de", german));
    }

    private static Field at(String name, String english, String german) {
        return new Field(name, english, Kind.DATE, null, false, Map.of("en", english, "de", german));
    }
}
