package io.upnext.messaging.web;

import io.upnext.messaging.template.TextTemplateCatalogue;
import io.upnext.messaging.template.TextTemplateCatalogue.Draft;
import io.upnext.messaging.template.TextTemplatePreview;
import io.upnext.security.Access;
import io.upnext.security.CurrentUser;
import io.upnext.security.Right;
import io.upnext.security.Settings;
import io.upnext.shared.ConflictException;
import io.upnext.shared.InvalidException;
import io.upnext.shared.PageQuery;
import io.upnext.shared.ProblemException;
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

/** Text templates: the list, and writing one with a preview for a real record beside it. */
@Controller
@RequestMapping("/mail-templates/texts")
class TextTemplatePages {

    private static final String LIST = "redirect:/mail-templates/texts";

    private final TextTemplateCatalogue catalogue;
    private final TextTemplatePreview preview;
    private final TemplateForm forms;
    private final Settings settings;
    private final Access access;

    TextTemplatePages(
            TextTemplateCatalogue catalogue,
            TextTemplatePreview preview,
            TemplateForm forms,
            Settings settings,
            Access access) {
        this.catalogue = catalogue;
        this.preview = preview;
        this.forms = forms;
        this.settings = settings;
        this.access = access;
    }

    /** The fields of the form. @param stored is it in the catalogue already, under this name and language */
    record Form(String name, String language, String recordType, String text, boolean stored) {

        static Form of(Draft draft) {
            return new Form(draft.name(), draft.language(), draft.recordType().name(), draft.text(), true);
        }

        Draft draft() {
            return new Draft(name, text, language, TemplateForm.type(recordType));
        }

        /** What is not yet filled in must not keep the rest from being shown. */
        Draft shown() {
            return new Draft(
                    Forms.orNull(name) == null ? "new" : name,
                    Forms.orNull(text) == null ? "–" : text,
                    Forms.orNull(language) == null ? "en" : language,
                    draft().recordType());
        }
    }

    @GetMapping
    String list(@RequestParam(required = false) String q, PageQuery page, Model model) {
        access.current();
        model.addAttribute("q", q);
        model.addAttribute("list", catalogue.list(q, page));
        return "messaging/text-templates";
    }

    @GetMapping("/new")
    String fresh(Model model) {
        access.current().require(Right.MANAGE_MAIL_TEMPLATES);
        return form(model, new Form("", settings.language(), RecordType.LEAD.name(), "", false));
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
            Flash.done(redirect, "texting.templates.saved", saved.name());
            return LIST;
        } catch (InvalidException | ConflictException e) {
            Forms.refused(model, response, e, rule -> rule.replaceFirst("^template-", ""));
            return form(model, form);
        }
    }

    @PostMapping("/delete")
    String delete(@RequestParam String name, @RequestParam String language, RedirectAttributes redirect) {
        catalogue.delete(access.current(), name, language);
        Flash.done(redirect, "texting.templates.deleted", name);
        return LIST;
    }

    /** The part of the page that shows the text for the first record the search finds. */
    @PostMapping("/preview")
    String preview(Form form, @RequestParam(defaultValue = "") String record, Model model) {
        CurrentUser user = access.current();
        forms.first(user, form.draft().recordType(), record).ifPresent(found -> {
            model.addAttribute("record", found);
            try {
                model.addAttribute("shown", preview.of(user, form.shown(), found.id()));
            } catch (ProblemException e) {
                model.addAttribute("failure", e.getMessage());
            }
        });
        return "messaging/text-template :: preview";
    }

    private String form(Model model, Form form) {
        model.addAttribute("form", form);
        model.addAttribute("recordTypes", forms.recordTypes());
        return "messaging/text-template";
    }
}
