package io.upnext.record.web;

import io.upnext.record.FilterEditors;
import io.upnext.record.FilterEditors.Place;
import io.upnext.record.Views;
import io.upnext.record.Views.View;
import io.upnext.security.Access;
import io.upnext.shared.InvalidException;
import io.upnext.shared.NotFoundException;
import io.upnext.shared.RecordType;
import io.upnext.web.Flash;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Changing a saved view: its name, its search and its conditions; the order and the columns stay. */
@Controller
@RequestMapping("/records/{type:leads|opportunities|contacts|accounts}/views/{id}")
class ViewPages {

    private static final String FILTER = "filter";

    private final Views views;
    private final FilterEditors filters;
    private final Access access;

    ViewPages(Views views, FilterEditors filters, Access access) {
        this.views = views;
        this.filters = filters;
        this.access = access;
    }

    @GetMapping("/edit")
    String edit(@PathVariable String type, @PathVariable UUID id, Model model) {
        View view = own(type, id);
        model.addAttribute("filter", filters.of(place(view), view.filter()));
        return shown(view, model);
    }

    @PostMapping("/edit")
    String save(
            @PathVariable String type,
            @PathVariable UUID id,
            @RequestParam String name,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "false") boolean shared,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model,
            RedirectAttributes redirect) {
        View before = own(type, id);
        View named = new View(
                id,
                before.recordType(),
                before.owner(),
                name,
                shared,
                before.filter(),
                q.isBlank() ? null : q,
                before.sort(),
                before.columns());
        try {
            View saved = views.change(access.current(), id, with(named, request));
            Flash.done(redirect, "record.view.saved", saved.name());
            return "redirect:/records/" + type + "?view=" + id;
        } catch (InvalidException mistake) {
            model.addAttribute("mistake", mistake.getMessage());
            model.addAttribute("filter", filters.sent(place(named), request.getParameterMap()));
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            return shown(named, model);
        }
    }

    private View with(View view, HttpServletRequest request) {
        return new View(
                view.id(),
                view.recordType(),
                view.owner(),
                view.name(),
                view.shared(),
                filters.filter(place(view), request.getParameterMap()).orElse(null),
                view.q(),
                view.sort(),
                view.columns());
    }

    private View own(String type, UUID id) {
        View view = views.own(access.current(), id);
        if (view.recordType() != RecordType.ofPlural(type)) {
            throw new NotFoundException("There is no view '" + id + "'.");
        }
        return view;
    }

    private static Place place(View view) {
        return Place.of(FILTER, view.recordType());
    }

    private static String shown(View view, Model model) {
        model.addAttribute("view", view);
        model.addAttribute("base", "/records/" + view.recordType().plural());
        return "record/view";
    }
}
