package io.upnext.record.web;

import io.upnext.record.FilterEditor;
import io.upnext.record.FilterEditors;
import io.upnext.record.FilterEditors.Act;
import io.upnext.record.FilterEditors.Place;
import io.upnext.shared.InvalidException;
import io.upnext.shared.RecordType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import java.util.regex.Pattern;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The parts of the filter editor that change while somebody uses it; the form around it comes along with each request. */
@Controller
class FilterEditorPages {

    private static final Pattern NAME = Pattern.compile("[a-zA-Z]{1,40}");

    private final FilterEditors editors;

    FilterEditorPages(FilterEditors editors) {
        this.editors = editors;
    }

    /** What is to be shown anew. */
    enum Shown {
        /** All lines. */
        BODY,
        /** What stands behind the field of one line. */
        REST,
        /** What stands behind the operator of one line. */
        GIVEN,
        /** The steps of the sequence that one line asks about. */
        STEPS,
        /** No line, only the count and the JSON. */
        STATE
    }

    /** The names of what is asked lie in the path: the form around brings inputs of any other name along. */
    @PostMapping("/filter-editor/{type}/{name}/{act}/{shown}")
    String act(
            @PathVariable RecordType type,
            @PathVariable String name,
            @PathVariable Act act,
            @PathVariable Shown shown,
            @RequestParam(defaultValue = "false") boolean lastMail,
            @RequestParam(required = false) String line,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        if (!NAME.matcher(name).matches()) {
            throw new InvalidException(
                    "'" + name.substring(0, Math.min(40, name.length())) + "' is none of the choices.");
        }
        FilterEditor editor = editors.act(new Place(name, type, lastMail), request.getParameterMap(), act, line);
        FilterEditor.Row row = line == null ? null : editor.row(line);
        model.addAttribute("editor", editor);
        model.addAttribute("row", row);
        boolean ofLine = shown != Shown.BODY && shown != Shown.STATE;
        boolean whole = shown == Shown.BODY || !editor.rows() || (ofLine && row == null);
        if (whole && shown != Shown.BODY) {
            response.setHeader("HX-Retarget", "#" + name + "-editor");
            response.setHeader("HX-Reswap", "innerHTML");
        }
        return "record/filter :: " + (whole ? "lines" : shown.name().toLowerCase(Locale.ROOT));
    }
}
