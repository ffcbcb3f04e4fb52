package io.upnext.security;

import static io.upnext.security.KnownSetting.flag;
import static io.upnext.security.KnownSetting.number;
import static io.upnext.security.KnownSetting.text;
import static io.upnext.security.KnownSetting.words;

import com.fasterxml.jackson.databind.JsonNode;
import io.upnext.security.KnownSetting.Kind;
import io.upnext.shared.InvalidException;
import io.upnext.shared.Problem;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Every setting there is: which values it takes, what it is where nobody set it, and who may see it. */
@Component
public class SettingCatalogue {

    private final Map<String, KnownSetting> known = new TreeMap<>();
    private final Settings settings;

    SettingCatalogue(Settings settings, List<KnownSetting> ofOthers) {
        this.settings = settings;
        own().forEach(setting -> known.put(setting.name(), setting));
        ofOthers.forEach(setting -> known.put(setting.name(), setting));
    }

    private static List<KnownSetting> own() {
        var settings = new ArrayList<>(List.of(
                text("postalAddress"),
                new KnownSetting("timeZone", Kind.TIME_ZONE, "UTC", Set.of(), true),
                new KnownSetting("language", Kind.LANGUAGE, "en", Set.of(), true),
                new KnownSetting("country", Kind.COUNTRY, null, Set.of(), true),
                flag("multipleSequences", true),
                flag("ownSequencesOnly", false),
                flag("sendingStopped", false),
                flag("tracking", true),
                text("dialUrl"),
                flag("mailPlusAddressing", false),
                number("advanceHops", 20),
                words(
                        "callOutcomes",
                        Set.of("CONNECTED", "LEFT_VOICEMAIL", "NO_ANSWER", "BUSY", "WRONG_NUMBER", "DO_NOT_CALL"),
                        Set.of()),
                words(
                        "connectingRoles",
                        Roles.names(EnumSet.allOf(Role.class)),
                        Roles.names(EnumSet.allOf(Role.class))),
                words("connectableStates.LEAD", Set.of("NEW"), Set.of("NEW", "CONTACTED", "QUALIFIED", "DISQUALIFIED")),
                words("connectableStates.OPPORTUNITY", Set.of("OPEN"), Set.of("OPEN", "WON", "LOST")),
                words("connectableStates.CONTACT", Set.of("ACTIVE"), Set.of("ACTIVE", "INACTIVE")),
                words("connectableStates.ACCOUNT", Set.of("ACTIVE"), Set.of("ACTIVE", "INACTIVE"))));
        for (var role : EnumSet.complementOf(EnumSet.of(Role.ADMINISTRATOR))) {
            settings.add(words(
                    "rights." + role,
                    Roles.names(Roles.DEFAULTS.get(role)),
                    Roles.names(EnumSet.complementOf(EnumSet.of(Right.ADMINISTER)))));
        }
        return settings;
    }

    public List<KnownSetting> all() {
        return List.copyOf(known.values());
    }

    /** The values that are in force for everything the caller may see. */
    public Map<String, Object> values(CurrentUser by) {
        var set = settings.all();
        var values = new LinkedHashMap<String, Object>();
        for (var setting : known.values()) {
            var value = set.containsKey(setting.name()) ? set.get(setting.name()) : setting.byDefault();
            if (value != null && (setting.open() || by.may(Right.ADMINISTER))) {
                values.put(setting.name(), value);
            }
        }
        return values;
    }

    /**
     * Changes what is named and leaves the rest; null sets a value back to its default.
     *
     * @throws InvalidException with a problem per wrong value, whose rule is the setting's name; then nothing is changed
     */
    @Transactional
    public void change(CurrentUser by, Map<String, JsonNode> wanted) {
        by.require(Right.ADMINISTER);
        var problems = new ArrayList<Problem>();
        wanted.forEach((name, value) -> {
            var mistake = mistake(name, value);
            if (mistake != null) {
                problems.add(Problem.error(name, "'" + name + "' " + mistake + "."));
            }
        });
        if (!problems.isEmpty()) {
            throw new InvalidException(
                    String.join(" ", problems.stream().map(Problem::message).toList()), problems);
        }
        wanted.forEach((name, value) -> settings.set(by.actor(), name, isNull(value) ? null : value));
    }

    private String mistake(String name, JsonNode value) {
        var setting = known.get(name);
        if (setting == null) {
            return "is no setting; known are " + String.join(", ", known.keySet());
        }
        return isNull(value) ? null : setting.mistake(value);
    }

    private static boolean isNull(JsonNode value) {
        return value == null || value.isNull();
    }
}
