package io.upnext.messaging.web;

import io.upnext.messaging.SuppressionAdministration;
import io.upnext.security.Access;
import io.upnext.shared.ConflictException;
import io.upnext.shared.InvalidException;
import io.upnext.shared.PageQuery;
import io.upnext.web.Flash;
import jakarta.servlet.http.HttpServletResponse;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The suppression list: who gets no mail, and why. */
@Controller
@RequestMapping("/admin/suppressions")
class SuppressionPages {

    private static final Pattern NUMBER = Pattern.compile("\\s*\\+?[0-9][0-9 ()/-]{2,}");

    private final SuppressionAdministration administration;
    private final Access access;

    SuppressionPages(SuppressionAdministration administration, Access access) {
        this.administration = administration;
        this.access = access;
    }

    @GetMapping
    String list(@RequestParam(required = false) String q, PageQuery page, Model model) {
        return list(model, q, null, page);
    }

    @PostMapping
    String add(
            @RequestParam(defaultValue = "") String value,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        boolean address = value.contains("@");
        try {
            if (NUMBER.matcher(value).matches()) {
                administration.createNumber(access.current(), value, null, null);
            } else {
                administration.create(access.current(), address ? value : null, address ? null : value, null, null);
            }
            Flash.done(redirect, "mail.suppressions.added", value);
            return "redirect:/admin/suppressions";
        } catch (InvalidException | ConflictException e) {
            Forms.refused(model, response, e);
            return list(model, null, value, PageQuery.first(PageQuery.DEFAULT_SIZE));
        }
    }

    @PostMapping("/{id}/delete")
    String delete(@PathVariable UUID id, RedirectAttributes redirect) {
        administration.delete(access.current(), id);
        Flash.done(redirect, "mail.suppressions.deleted");
        return "redirect:/admin/suppressions";
    }

    private String list(Model model, String q, String value, PageQuery page) {
        model.addAttribute("q", q);
        model.addAttribute("value", value);
        model.addAttribute("list", administration.list(access.current(), q, page));
        return "messaging/suppressions";
    }
}
