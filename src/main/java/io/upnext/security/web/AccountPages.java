package io.upnext.security.web;

import io.upnext.security.Access;
import io.upnext.security.ApiKeys;
import io.upnext.security.UserAdministration;
import io.upnext.shared.ForbiddenException;
import io.upnext.shared.InvalidException;
import io.upnext.shared.NotFoundException;
import io.upnext.shared.TimeZones;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.UUID;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Everybody's own page: language, time zone, password, API keys. */
@Controller
@RequestMapping("/account")
class AccountPages {

    private final ApiKeys keys;
    private final UserAdministration administration;
    private final Access access;

    AccountPages(ApiKeys keys, UserAdministration administration, Access access) {
        this.keys = keys;
        this.administration = administration;
        this.access = access;
    }

    @GetMapping
    String account(Model model) {
        var user = access.current();
        model.addAttribute("account", user);
        model.addAttribute("keys", keys.of(user.id()));
        model.addAttribute("zones", TimeZones.offered(user.timeZone()));
        model.addAttribute("languages", UserPages.LANGUAGES);
        return "security/account";
    }

    @PostMapping
    String save(
            @RequestParam(defaultValue = "") String locale,
            @RequestParam(defaultValue = "") String timeZone,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        try {
            administration.changeOwn(access.current(), locale, timeZone);
            return Saved.redirect(redirect, "/account", "account.saved");
        } catch (InvalidException e) {
            Saved.refused(model, response, e);
            return account(model);
        }
    }

    /** Logs the caller out everywhere, here too. */
    @PostMapping("/password")
    String changePassword(
            @RequestParam(defaultValue = "") String current,
            @RequestParam(defaultValue = "") String password,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response) {
        try {
            administration.changeOwnPassword(
                    access.current(), current, password, new WebAuthenticationDetails(request));
            return "redirect:/login?changed";
        } catch (InvalidException | ForbiddenException e) {
            Saved.refused(model, response, e);
            return account(model);
        }
    }

    /** The key stands on the answer itself and nowhere else, so this page does not redirect. */
    @PostMapping("/api-keys")
    String createKey(@RequestParam(defaultValue = "") String name, Model model, HttpServletResponse response) {
        response.setHeader("Cache-Control", "no-store");
        try {
            model.addAttribute(
                    "newKey", keys.create(access.current(), name, null).key());
        } catch (InvalidException e) {
            Saved.refused(model, response, e);
        }
        return account(model);
    }

    @PostMapping("/api-keys/{id}/delete")
    String deleteKey(@PathVariable UUID id, RedirectAttributes redirect) {
        if (!keys.delete(access.current(), id)) {
            throw new NotFoundException("You have no API key '" + id + "'.");
        }
        return Saved.redirect(redirect, "/account", "account.key-deleted");
    }
}
