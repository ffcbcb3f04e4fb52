package io.upnext.messaging.web;

import io.upnext.messaging.sending.TestMails;
import io.upnext.messaging.template.TemplateCatalogue;
import io.upnext.messaging.template.TemplateCatalogue.Draft;
import io.upnext.messaging.template.TemplatePreview;
import io.upnext.record.CrmRecord;
import io.upnext.security.Access;
import io.upnext.security.CurrentUser;
import io.upnext.security.Right;
import io.upnext.security.Settings;
import io.upnext.shared.ConflictException;
import io.upnext.shared.InvalidException;
import io.upnext.shared.PageQuery;
import io.upnext.shared.ProblemException;
import io.upnext.shared.RecordId;
import io.upnext.shared.RecordType;
import io.upnext.web.Flash;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Mail templates: the list, and writing one with a preview for a real record beside it. */
@Controller
@RequestMapping("/mail-templates")
class MailTemplatePages {

    private final TemplateCatalogue catalogue;
    private final TemplatePreview preview;
    private final TestMails tests;
    private final TemplateForm forms;
    private final Settings settings;
    private final Access access;

    MailTemplatePages(
            TemplateCatalogue catalogue,
            TemplatePreview preview,
            TestMails tests,
            TemplateForm forms,
            Settings settings,
            Access access) {
        this.catalogue = catalogue;
        this.preview = preview;
        this.tests = tests;
        this.forms = forms;
        this.settings = settings;
        this.access = access;
    }

    /** The fields of the form. @param stored is it in the catalogue already, under this name and language */
    record Form(
            String name, String language, String recordType, String subject, String html, String text, boolean stored) {

        static Form of(Draft draft) {
            return new Form(
                    draft.name(),
                    draft.language(),
                    draft.recordType().name(),
                    draft.subject(),
                    draft.html(),
                    draft.text(),
                    true);
        }

        Draft draft() {
            return new Draft(name, subject, html, Forms.orNull(text), language, TemplateForm.type(recordType));
        }
    }

    @GetMapping
    String list(@RequestParam(required = false) String q, PageQuery page, Model model) {
        access.current();
        model.addAttribute("q", q);
        model.addAttribute("list", catalogue.list(q, page));
        return "messaging/templates";
    }

    @GetMapping("/new")
    String fresh(Model model) {
        access.current().require(Right.MANAGE_MAIL_TEMPLATES);
        return form(model, new Form("", settings.language(), RecordType.LEAD.name(), "", "", null, false));
    }

    @GetMapping("/edit")
    String edit(@RequestParam String name, @RequestParam String language, Model model) {
        access.current();
        return form(model, Form.of(catalogue.get(name, language)));
    }

    @PostMapping
    String save(Form form, Model model, HttpServletResponse response, RedirectAttributes redirect) {
        try {
            Draft saved = form.stored()
                    ? catalogue.update(access.current(), form.name(), form.language(), form.draft())
                    : catalogue.create(access.current(), form.draft());
            Flash.done(redirect, "mail.templates.saved", saved.name());
            return "redirect:/mail-templates";
        } catch (InvalidException | ConflictException e) {
            Forms.refused(model, response, e, rule -> rule.replaceFirst("^template-", ""));
            return form(model, form);
        }
    }

    @PostMapping("/delete")
    String delete(@RequestParam String name, @RequestParam String language, RedirectAttributes redirect) {
        catalogue.delete(access.current(), name, language);
        Flash.done(redirect, "mail.templates.deleted", name);
        return "redirect:/mail-templates";
    }

    /** The part of the page that shows the mail for the first record the search finds. */
    @PostMapping("/preview")
    String preview(Form form, @RequestParam(defaultValue = "") String record, Model model) {
        CurrentUser user = access.current();
        Draft draft = form.draft();
        forms.first(user, draft.recordType(), record).ifPresent(found -> {
            model.addAttribute("record", found);
            try {
                model.addAttribute("mail", preview.of(user, named(draft), found.id()));
            } catch (ProblemException e) {
                model.addAttribute("failure", e.getMessage());
            }
        });
        return "messaging/template-form :: preview";
    }

    /** Sends what is being written to who writes it, filled for the record of the preview. */
    @PostMapping("/test")
    String test(Form form, @RequestParam(defaultValue = "") String record, Model model) {
        CurrentUser user = access.current();
        Draft draft = named(form.draft());
        RecordId found =
                forms.first(user, draft.recordType(), record).map(CrmRecord::id).orElse(null);
        try {
            model.addAttribute("tested", tests.send(user, draft, found));
        } catch (ProblemException e) {
            model.addAttribute("failure", e.getMessage());
        }
        return "messaging/template-form :: tested";
    }

    /** What is not yet filled in must not keep the rest from being shown. */
    private static Draft named(Draft draft) {
        return new Draft(
                Forms.orNull(draft.name()) == null ? "new" : draft.name(),
                Forms.orNull(draft.subject()) == null ? "–" : draft.subject(),
                Forms.orNull(draft.html()) == null ? "–" : draft.html(),
                draft.text(),
                Forms.orNull(draft.language()) == null ? "en" : draft.language(),
                draft.recordType());
    }

    private String form(Model model, Form form) {
        model.addAttribute("form", form);
        model.addAttribute("recordTypes", forms.recordTypes());
        return "messaging/template-form";
    }
}
