package io.upnext.messaging.web;

import io.upnext.messaging.MailServer;
import io.upnext.messaging.MailServer.Auth;
import io.upnext.messaging.MailServer.OAuth;
import io.upnext.messaging.MailServer.Tls;
import io.upnext.messaging.mailbox.MailboxAdministration;
import io.upnext.messaging.mailbox.MailboxAdministration.Draft;
import io.upnext.messaging.mailbox.MailboxAdministration.OAuthDraft;
import io.upnext.messaging.mailbox.MailboxAdministration.ServerDraft;
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
import io.upnext.shared.UserId;
import io.upnext.web.Flash;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.DayOfWeek;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.StringUtils;
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
    private final MessageSource texts;
    private final Access access;

    MailboxPages(MailboxAdministration administration, Users users, MessageSource texts, Access access) {
        this.administration = administration;
        this.users = users;
        this.texts = texts;
        this.access = access;
    }

    /** The fields of the form; a password is only ever sent, never shown. */
    record Form(
            String address,
            String name,
            String owner,
            String smtpHost,
            Integer smtpPort,
            String smtpUser,
            String smtpPassword,
            Tls smtpTls,
            Auth smtpAuth,
            String smtpTokenEndpoint,
            String smtpClientId,
            String smtpClientSecret,
            String smtpRefreshToken,
            String smtpScope,
            String imapHost,
            Integer imapPort,
            String imapUser,
            String imapPassword,
            Tls imapTls,
            Auth imapAuth,
            Boolean tracking,
            LimitsForm limits) {

        Form {
            limits = limits == null ? LimitsForm.NONE : limits;
        }

        static Form of(Shown mailbox) {
            MailServer smtp = mailbox.smtp();
            MailServer imap = mailbox.imap();
            OAuth oauth = smtp.oauth();
            return new Form(
                    mailbox.address(),
                    mailbox.name(),
                    mailbox.owner() == null ? null : mailbox.owner().toString(),
                    smtp.host(),
                    smtp.port(),
                    smtp.user(),
                    null,
                    smtp.tls(),
                    smtp.auth(),
                    oauth == null ? null : oauth.tokenEndpoint(),
                    oauth == null ? null : oauth.clientId(),
                    null,
                    null,
                    oauth == null ? null : oauth.scope(),
                    imap == null ? null : imap.host(),
                    imap == null ? null : imap.port(),
                    imap == null ? null : imap.user(),
                    null,
                    imap == null ? Tls.IMPLICIT : imap.tls(),
                    imap == null ? null : imap.auth(),
                    mailbox.tracking(),
                    LimitsForm.of(mailbox));
        }

        /** @param before what is stored, or null: an OAuth client of IMAP's own is set by the API only and stays */
        Draft draft(Shown before) {
            OAuthDraft oauth = smtpAuth == Auth.XOAUTH2
                    ? new OAuthDraft(smtpTokenEndpoint, smtpClientId, smtpClientSecret, smtpRefreshToken, smtpScope)
                    : null;
            OAuth own = imapAuth != Auth.XOAUTH2 || before == null || before.imap() == null
                    ? null
                    : before.imap().oauth();
            OAuthDraft imapOAuth =
                    own == null ? null : new OAuthDraft(own.tokenEndpoint(), own.clientId(), null, null, own.scope());
            ServerDraft smtp = new ServerDraft(smtpHost, smtpPort, smtpUser, smtpPassword, smtpTls, smtpAuth, oauth);
            ServerDraft imap = Forms.orNull(imapHost) == null
                    ? null
                    : new ServerDraft(imapHost, imapPort, imapUser, imapPassword, imapTls, imapAuth, imapOAuth);
            UserId user = Forms.orNull(owner) == null ? null : UserId.of(owner);
            return new Draft(address, name, user, smtp, imap, Boolean.TRUE.equals(tracking), limits.limits());
        }

        @Override
        public String toString() {
            return "Form[" + address + "]";
        }
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

    private Draft draft(String base, Form form, Shown before) {
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
        return form(
                model,
                null,
                new Form(
                        null,
                        null,
                        null,
                        null,
                        587,
                        null,
                        null,
                        Tls.STARTTLS,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        993,
                        null,
                        null,
                        Tls.IMPLICIT,
                        null,
                        true,
                        LimitsForm.NONE));
    }

    @GetMapping("/{id}")
    String edit(@ModelAttribute("base") String base, @PathVariable MailboxId id, Model model) {
        Shown mailbox = shown(base, id);
        return form(model, mailbox, Form.of(mailbox));
    }

    @PostMapping
    String create(
            @ModelAttribute("base") String base,
            Form form,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        try {
            Shown saved = administration.create(access.current(), draft(base, form, null));
            Flash.done(redirect, "mail.mailboxes.saved", saved.address());
            return "redirect:" + base + "/" + saved.id();
        } catch (InvalidException | ConflictException e) {
            Forms.refused(model, response, e, MailboxPages::field);
            return form(model, null, form);
        }
    }

    @PostMapping("/{id}")
    String save(
            @ModelAttribute("base") String base,
            @PathVariable MailboxId id,
            Form form,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        Shown before = shown(base, id);
        try {
            Shown saved = administration.update(access.current(), id, draft(base, form, before));
            Flash.done(redirect, "mail.mailboxes.saved", saved.address());
            return "redirect:" + base;
        } catch (InvalidException | ConflictException e) {
            Forms.refused(model, response, e, MailboxPages::field);
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

    /** {@code smtp.host} of the API is {@code smtpHost} of the form. */
    private static String field(String rule) {
        if (LimitsForm.FIELDS.contains(rule)) {
            return "limits." + rule;
        }
        int dot = rule.indexOf('.');
        return dot < 0 ? rule : rule.substring(0, dot) + StringUtils.capitalize(rule.substring(dot + 1));
    }

    private String form(Model model, Shown mailbox, Form form) {
        model.addAttribute("mailbox", mailbox);
        model.addAttribute("form", form);
        model.addAttribute("owners", owners());
        model.addAttribute("modes", modes());
        model.addAttribute("days", DayOfWeek.values());
        model.addAttribute("zones", zones());
        model.addAttribute("ways", ways());
        return "messaging/mailbox";
    }

    private Map<String, String> owners() {
        Map<String, String> owners = new LinkedHashMap<>();
        for (User user : users.all()) {
            owners.put(user.id().toString(), user.name());
        }
        return owners;
    }

    private Map<String, String> zones() {
        Map<String, String> zones = new LinkedHashMap<>();
        for (SendWindow.Zone zone : SendWindow.Zone.values()) {
            zones.put(
                    zone.name(),
                    texts.getMessage("pace.zone." + zone, null, zone.name(), LocaleContextHolder.getLocale()));
        }
        return zones;
    }

    private Map<String, String> modes() {
        Map<String, String> modes = new LinkedHashMap<>();
        for (Tls tls : List.of(Tls.STARTTLS, Tls.IMPLICIT, Tls.NONE)) {
            modes.put(
                    tls.name(), texts.getMessage("mail.tls." + tls, null, tls.name(), LocaleContextHolder.getLocale()));
        }
        return modes;
    }

    private Map<String, String> ways() {
        Map<String, String> ways = new LinkedHashMap<>();
        for (Auth auth : List.of(Auth.PASSWORD, Auth.XOAUTH2, Auth.NONE)) {
            ways.put(
                    auth.name(),
                    texts.getMessage("transport.auth." + auth, null, auth.name(), LocaleContextHolder.getLocale()));
        }
        return ways;
    }
}
