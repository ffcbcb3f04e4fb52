package io.upnext.sequence.web;

import io.upnext.sequence.Definition.Window;
import io.upnext.shared.InvalidException;
import io.upnext.shared.WrittenWindow;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The send window of a sequence as fields of its form; one without days and times is none.
 *
 * @param days names of days of the week, or what a draft says that names none
 */
record WindowForm(List<String> days, String from, String to, Window.Zone zone) {

    private static final String DAYS = "windowDays";
    private static final String FROM = "windowFrom";
    private static final String TO = "windowTo";
    private static final String ZONE = "windowZone";

    static WindowForm of(Window window) {
        if (window == null) {
            return new WindowForm(List.of(), null, null, null);
        }
        WrittenWindow written = window.written();
        // The API takes 1 and MON for MONDAY, which is the one that the boxes know.
        WrittenWindow shown = written.mistakes().isEmpty() ? WrittenWindow.of(written.read()) : written;
        return new WindowForm(shown.days() == null ? List.of() : shown.days(), shown.from(), shown.to(), window.zone());
    }

    /**
     * What was entered; the window as it was where the form did not show it.
     *
     * @throws InvalidException where whose time counts is none of the choices
     */
    static Window read(Window before, Map<String, String[]> entered) {
        if (!entered.containsKey(FROM)) {
            return before;
        }
        List<String> days = Arrays.asList(entered.getOrDefault(DAYS, new String[0]));
        String from = text(entered, FROM);
        String to = text(entered, TO);
        Window.Zone zone = FormValues.oneOf(Window.Zone.class, text(entered, ZONE));
        return days.isEmpty() && from == null && to == null ? null : new Window(days, from, to, zone);
    }

    private static String text(Map<String, String[]> entered, String name) {
        String[] values = entered.getOrDefault(name, new String[0]);
        return values.length == 0 ? null : FormValues.given(values[0]);
    }
}
