package io.upnext.enrollment.web;

import io.upnext.enrollment.webhook.Delivery;
import io.upnext.enrollment.webhook.WebhookAdministration;
import io.upnext.enrollment.webhook.WebhookEvent;
import io.upnext.security.Access;
import io.upnext.shared.ConflictException;
import io.upnext.shared.InvalidException;
import io.upnext.shared.PageQuery;
import io.upnext.web.Flash;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The administrators' pages of webhooks and their deliveries. */
@Controller
@RequestMapping("/admin/webhooks")
class WebhookPages {

    private final WebhookAdministration administration;
    private final Access access;

    WebhookPages(WebhookAdministration administration, Access access) {
        this.administration = administration;
        this.access = access;
    }

    @GetMapping
    String list(Model model) {
        return list(model, "", List.of());
    }

    /** The secret is shown on the answer itself and on no page after it. */
    @PostMapping
    String create(
            @RequestParam(defaultValue = "") String url,
            @RequestParam(required = false) List<String> events,
            Model model,
            HttpServletResponse response) {
        try {
            model.addAttribute("created", administration.create(access.current(), url, events));
            response.setHeader("Cache-Control", "no-store");
            return list(model, "", List.of());
        } catch (InvalidException | ConflictException e) {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            model.addAttribute("failure", e.getMessage());
            return list(model, url, events == null ? List.of() : events);
        }
    }

    private String list(Model model, String url, List<String> chosen) {
        model.addAttribute("list", administration.list(access.current(), PageQuery.first(PageQuery.MAX_SIZE)));
        model.addAttribute("known", WebhookEvent.values());
        model.addAttribute("url", url);
        model.addAttribute("chosen", chosen);
        return "enrollment/webhooks";
    }

    @GetMapping("/{id}")
    String one(
            @PathVariable UUID id, @RequestParam(required = false) Delivery.State state, PageQuery page, Model model) {
        model.addAttribute("webhook", administration.get(access.current(), id));
        model.addAttribute("state", state);
        model.addAttribute("states", Delivery.State.values());
        model.addAttribute("list", administration.deliveries(access.current(), id, state, page));
        return "enrollment/webhook";
    }

    @PostMapping("/{id}/delete")
    String delete(@PathVariable UUID id, RedirectAttributes redirect) {
        administration.delete(access.current(), id);
        Flash.done(redirect, "webhook.deleted");
        return "redirect:/admin/webhooks";
    }

    @PostMapping("/{id}/{action:enable|disable}")
    String enable(@PathVariable UUID id, @PathVariable String action) {
        administration.enable(access.current(), id, action.equals("enable"));
        return "redirect:/admin/webhooks/" + id;
    }

    @PostMapping("/{id}/ping")
    String ping(@PathVariable UUID id, RedirectAttributes redirect) {
        administration.ping(access.current(), id);
        Flash.done(redirect, "webhook.pinged");
        return "redirect:/admin/webhooks/" + id;
    }

    @PostMapping("/{id}/deliveries/{delivery}/redeliver")
    String redeliver(@PathVariable UUID id, @PathVariable long delivery, RedirectAttributes redirect) {
        try {
            administration.redeliver(access.current(), id, delivery);
            Flash.done(redirect, "webhook.redelivered");
        } catch (ConflictException e) {
            Flash.failed(redirect, "webhook.not-redelivered");
        }
        return "redirect:/admin/webhooks/" + id;
    }
}
