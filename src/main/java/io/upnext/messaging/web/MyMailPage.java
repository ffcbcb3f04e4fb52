package io.upnext.messaging.web;

import io.upnext.messaging.Signatures;
import io.upnext.messaging.mailbox.MailboxAdministration;
import io.upnext.security.Access;
import io.upnext.security.CurrentUser;
import io.upnext.shared.InvalidException;
import io.upnext.shared.PageQuery;
import io.upnext.web.Flash;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What everybody sets up for the own mail: mailbox and signature. */
@Controller
@RequestMapping("/account/mail")
class MyMailPage {

    private final MailboxAdministration administration;
    private final Signatures signatures;
    private final Access access;

    MyMailPage(MailboxAdministration administration, Signatures signatures, Access access) {
        this.administration = administration;
        this.signatures = signatures;
        this.access = access;
    }

    @GetMapping
    String page(Model model) {
        return show(signatures.of(access.current().id()).orElse(""), model);
    }

    private String show(String signature, Model model) {
        CurrentUser user = access.current();
        model.addAttribute("signature", signature);
        model.addAttribute(
                "mailboxes",
                administration.list(user, PageQuery.first(500)).items().stream()
                        .filter(mailbox -> user.id().equals(mailbox.owner()))
                        .toList());
        return "messaging/my-mail";
    }

    @PostMapping("/signature")
    String sign(
            @RequestParam String signature, Model model, HttpServletResponse response, RedirectAttributes redirect) {
        try {
            signatures.change(access.current(), signature);
            Flash.done(redirect, "writing.signature.saved");
            return "redirect:/account/mail";
        } catch (InvalidException e) {
            Forms.refused(model, response, e);
            return show(signature, model);
        }
    }
}
