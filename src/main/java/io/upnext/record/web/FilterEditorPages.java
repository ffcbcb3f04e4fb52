package io.upnext.record.web;

import io.upnext.record.FilterEditor;
import io.upnext.record.FilterEditors;
import io.upnext.record.FilterEditors.Act;
import io.upnext.record.FilterEditors.Place;
import io.upnext.shared.InvalidException;
import io.upnext.shared.RecordType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
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
        BODY,
        ROW,
        STATE
    }

    @PostMapping("/filter-editor/{type}")
    String act(
            @PathVariable RecordType type,
            @RequestParam String name,
            @RequestParam(defaultValue = "false") boolean lastMail,
            @RequestParam Act act,
            @RequestParam(required = false) String key,
            @RequestParam Shown shown,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        if (!NAME.matcher(name).matches()) {
            throw new InvalidException("'" + name.substring(0, Math.min(40, name.length())) + "' is none of the choices.");
        }
        FilterEditor editor = editors.act(new Place(name, type, lastMail), request.getParameterMap(), act, key);
        model.addAttribute("editor", editor);
        model.addAttribute("row", key == null ? null : editor.row(key));
        boolean whole = shown == Shown.BODY || !editor.rows() || (shown == Shown.ROW && editor.row(key) == null);
        if (whole && shown != Shown.BODY) {
            response.setHeader("HX-Retarget", "#" + name + "-editor");
            response.setHeader("HX-Reswap", "innerHTML");
        }
        return "record/filter :: " + (whole ? "lines" : shown == Shown.ROW ? "one" : "state");
    }
}
