package io.upnext.messaging.web;

import io.upnext.messaging.texting.GatewayAdministration;
import io.upnext.messaging.texting.GatewayAdministration.Draft;
import io.upnext.messaging.texting.GatewayAdministration.Shown;
import io.upnext.security.Access;
import io.upnext.shared.InvalidException;
import io.upnext.web.Flash;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The administrator's page of the text gateway, with a button that tries it. */
@Controller
@RequestMapping("/admin/text-gateway")
class TextGatewayPages {

    private final GatewayAdministration administration;
    private final Access access;

    TextGatewayPages(GatewayAdministration administration, Access access) {
        this.administration = administration;
        this.access = access;
    }

    /** The fields of the form; a token is only ever sent, never shown. */
    record Form(String accountSid, String authToken, String sender, String baseUrl) {

        Draft draft() {
            return new Draft(accountSid, authToken, sender, baseUrl);
        }

        @Override
        public String toString() {
            return draft().toString();
        }
    }

    @GetMapping
    String show(Model model) {
        Shown gateway = administration.get(access.current());
        return form(model, gateway, new Form(gateway.accountSid(), null, gateway.sender(), gateway.baseUrl()));
    }

    @PostMapping
    String save(Form form, Model model, HttpServletResponse response, RedirectAttributes redirect) {
        try {
            administration.save(access.current(), form.draft());
            Flash.done(redirect, "texting.gateway.saved");
            return "redirect:/admin/text-gateway";
        } catch (InvalidException e) {
            Forms.refused(model, response, e);
            return form(model, administration.get(access.current()), form);
        }
    }

    @PostMapping("/delete")
    String delete(RedirectAttributes redirect) {
        administration.delete(access.current());
        Flash.done(redirect, "texting.gateway.deleted");
        return "redirect:/admin/text-gateway";
    }

    /** Shows beside the button what the gateway said. */
    @PostMapping("/test")
    String test(Model model) {
        model.addAttribute("result", administration.test(access.current()));
        return "messaging/text-gateway :: result";
    }

    private static String form(Model model, Shown gateway, Form form) {
        model.addAttribute("gateway", gateway);
        model.addAttribute("form", form);
        return "messaging/text-gateway";
    }
}
