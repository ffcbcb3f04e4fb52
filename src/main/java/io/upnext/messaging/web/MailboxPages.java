package io.upnext.messaging.web;

import io.upnext.messaging.MailServer.Auth;
import io.upnext.messaging.MailServer.Tls;
import io.upnext.messaging.mailbox.MailboxAdministration;
import io.upnext.messaging.mailbox.MailboxAdministration.Draft;
import io.upnext.messaging.mailbox.MailboxAdministration.Shown;
import io.upnext.security.Access;
import io.upnext.security.Right;
import io.upnext.security.User;
import io.upnext.security.Users;
import io.upnext.shared.ConflictException;
import io.upnext.shared.InvalidException;
import io.upnext.shared.MailboxId;
import io.upnext.shared.NotFoundException;
import io.upnext.shared.PageQuery;
import io.upnext.shared.SendWindow;
import io.upnext.web.Flash;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.DayOfWeek;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The pages of mailboxes, the administrator's of all and everybody's of the own, with a button that tries one. */
@Controller
@RequestMapping({MailboxPages.ALL, MailboxPages.OWN})
class MailboxPages {

    static final String ALL = "/admin/mailboxes";
    static final String OWN = "/account/mailboxes";

    private final MailboxAdministration administration;
    private final Users users;
    private final Choices choices;
    private final Access access;

    MailboxPages(MailboxAdministration administration, Users users, Choices choices, Access access) {
        this.administration = administration;
        this.users = users;
        this.choices = choices;
        this.access = access;
    }

    /** Which of the two is asked for; that of all needs the right to it. */
    @ModelAttribute("base")
    String base(HttpServletRequest request) {
        boolean own = request.getRequestURI().startsWith(OWN);
        if (!own) {
            access.current().require(Right.MANAGE_MAILBOXES);
        }
        return own ? OWN : ALL;
    }

    /** The mailbox, where it stands on these pages. */
    private Shown shown(String base, MailboxId id) {
        Shown mailbox = administration.get(access.current(), id);
        if (base.equals(OWN) && !access.current().id().equals(mailbox.owner())) {
            throw new NotFoundException("There is no mailbox '" + id + "' of yours.");
        }
        return mailbox;
    }

    private Draft draft(String base, MailboxForm form, Shown before) {
        Draft draft = form.draft(before);
        return base.equals(ALL)
                ? draft
                : new Draft(
                        draft.address(),
                        draft.name(),
                        access.current().id(),
                        draft.smtp(),
                        draft.imap(),
                        draft.tracking(),
                        draft.limits());
    }

    @GetMapping
    String list(@ModelAttribute("base") String base, PageQuery page, Model model) {
        if (base.equals(OWN)) {
            return "redirect:/account/mail";
        }
        model.addAttribute("list", administration.list(access.current(), page));
        model.addAttribute("owners", owners());
        return "messaging/mailboxes";
    }

    @GetMapping("/new")
    String fresh(Model model) {
        return form(model, null, MailboxForm.blank());
    }

    @GetMapping("/{id}")
    String edit(@ModelAttribute("base") String base, @PathVariable MailboxId id, Model model) {
        Shown mailbox = shown(base, id);
        return form(model, mailbox, MailboxForm.of(mailbox));
    }

    @PostMapping
    String create(
            @ModelAttribute("base") String base,
            MailboxForm form,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        try {
            Shown saved = administration.create(access.current(), draft(base, form, null));
            Flash.done(redirect, "mail.mailboxes.saved", saved.address());
            return "redirect:" + base + "/" + saved.id();
        } catch (InvalidException | ConflictException e) {
            Forms.refused(model, response, e, MailboxForm::field);
            return form(model, null, form);
        }
    }

    @PostMapping("/{id}")
    String save(
            @ModelAttribute("base") String base,
            @PathVariable MailboxId id,
            MailboxForm form,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        Shown before = shown(base, id);
        try {
            Shown saved = administration.update(access.current(), id, draft(base, form, before));
            Flash.done(redirect, "mail.mailboxes.saved", saved.address());
            return "redirect:" + base;
        } catch (InvalidException | ConflictException e) {
            Forms.refused(model, response, e, MailboxForm::field);
            return form(model, before, form);
        }
    }

    @PostMapping("/{id}/delete")
    String delete(@ModelAttribute("base") String base, @PathVariable MailboxId id, RedirectAttributes redirect) {
        shown(base, id);
        administration.delete(access.current(), id);
        Flash.done(redirect, "mail.mailboxes.deleted");
        return "redirect:" + base;
    }

    /** Shows beside the button what the servers said. */
    @PostMapping("/{id}/test")
    String test(@ModelAttribute("base") String base, @PathVariable MailboxId id, Model model) {
        shown(base, id);
        model.addAttribute("result", administration.test(access.current(), id));
        return "messaging/mailbox :: result";
    }

    private String form(Model model, Shown mailbox, MailboxForm form) {
        model.addAttribute("mailbox", mailbox);
        model.addAttribute("form", form);
        model.addAttribute("owners", owners());
        model.addAttribute("modes", choices.of("mail.tls.", Tls.STARTTLS, Tls.IMPLICIT, Tls.NONE));
        model.addAttribute("days", DayOfWeek.values());
        model.addAttribute("zones", choices.of("pace.zone.", SendWindow.Zone.values()));
        model.addAttribute("ways", choices.of("transport.auth.", Auth.PASSWORD, Auth.XOAUTH2, Auth.NONE));
        return "messaging/mailbox";
    }

    private Map<String, String> owners() {
        Map<String, String> owners = new LinkedHashMap<>();
        for (User user : users.all()) {
            owners.put(user.id().toString(), user.name());
        }
        return owners;
    }
}
