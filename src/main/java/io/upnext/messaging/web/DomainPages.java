package io.upnext.messaging.web;

import io.upnext.messaging.domain.DkimAdministration;
import io.upnext.messaging.domain.DkimKey;
import io.upnext.messaging.domain.DomainCheck;
import io.upnext.messaging.domain.DomainReport;
import io.upnext.security.Access;
import io.upnext.security.Right;
import io.upnext.shared.ConflictException;
import io.upnext.shared.InvalidException;
import io.upnext.shared.PageQuery;
import io.upnext.web.Flash;
import jakarta.servlet.http.HttpServletResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The administrator's page of sending domains: their keys, and what the DNS says about them. */
@Controller
@RequestMapping("/admin/domains")
class DomainPages {

    private static final String PAGE = "redirect:/admin/domains";

    private final DkimAdministration keys;
    private final DomainCheck check;
    private final Access access;

    DomainPages(DkimAdministration keys, DomainCheck check, Access access) {
        this.keys = keys;
        this.check = check;
        this.access = access;
    }

    @GetMapping
    String list(PageQuery page, Model model) {
        return list(model, null, null, page);
    }

    @PostMapping
    String create(
            @RequestParam(defaultValue = "") String domain,
            @RequestParam(defaultValue = "") String selector,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        try {
            DkimKey key = keys.create(access.current(), domain, selector);
            Flash.done(redirect, "transport.domains.made", key.domain());
            return PAGE;
        } catch (InvalidException | ConflictException e) {
            Forms.refused(model, response, e);
            return list(model, domain, selector, PageQuery.first(PageQuery.DEFAULT_SIZE));
        }
    }

    @PostMapping("/{id}/enabled")
    String enable(@PathVariable UUID id, @RequestParam boolean enabled, RedirectAttributes redirect) {
        DkimKey key = keys.enable(access.current(), id, enabled);
        Flash.done(redirect, enabled ? "transport.domains.enabled" : "transport.domains.disabled", key.domain());
        return PAGE;
    }

    @PostMapping("/{id}/delete")
    String delete(@PathVariable UUID id, RedirectAttributes redirect) {
        keys.delete(access.current(), id);
        Flash.done(redirect, "transport.domains.deleted");
        return PAGE;
    }

    /** Shows below the form what the DNS says. */
    @PostMapping("/check")
    String check(
            @RequestParam(defaultValue = "") String domain,
            @RequestParam(defaultValue = "") String selector,
            Model model) {
        try {
            DomainReport report = check.of(access.current(), domain, selector);
            Map<String, DomainReport.Finding> findings = new LinkedHashMap<>();
            findings.put("SPF", report.spf());
            findings.put("DKIM", report.dkim());
            findings.put("DMARC", report.dmarc());
            findings.put("MX", report.mx());
            model.addAttribute("findings", findings);
        } catch (InvalidException e) {
            model.addAttribute("mistake", e.getMessage());
        }
        return "messaging/domains :: report";
    }

    private String list(Model model, String domain, String selector, PageQuery page) {
        access.current().require(Right.ADMINISTER);
        model.addAttribute("domain", domain);
        model.addAttribute("selector", selector);
        model.addAttribute("list", keys.list(access.current(), page));
        return "messaging/domains";
    }
}
