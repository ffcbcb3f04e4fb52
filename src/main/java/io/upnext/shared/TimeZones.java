package io.upnext.shared;

import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

/** The time zones that forms offer: those named after places, and UTC. */
public final class TimeZones {

    private static final String UTC = "UTC";
    private static final Map<String, String> OFFERED = offered();

    private TimeZones() {}

    private static Map<String, String> offered() {
        Map<String, String> zones = new LinkedHashMap<>();
        new TreeSet<>(ZoneId.getAvailableZoneIds())
                .stream()
                        .filter(zone -> zone.contains("/") && !zone.startsWith("Etc/") && !zone.startsWith("SystemV/"))
                        .forEach(zone -> zones.put(zone, zone));
        zones.put(UTC, UTC);
        return zones;
    }

    /** What a form offers. @param saved kept as a choice, whatever it is; may be null */
    public static Map<String, String> offered(String saved) {
        if (saved == null || saved.isBlank() || OFFERED.containsKey(saved)) {
            return OFFERED;
        }
        Map<String, String> zones = new LinkedHashMap<>(OFFERED);
        zones.put(saved, saved);
        return zones;
    }

    /** As people call it: {@code Z} is UTC. */
    public static String name(String zone) {
        return "Z".equals(zone) ? UTC : zone;
    }
}
