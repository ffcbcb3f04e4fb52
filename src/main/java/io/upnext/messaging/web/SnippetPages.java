package io.upnext.messaging.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.upnext.messaging.MailTemplates;
import io.upnext.messaging.Snippets;
import io.upnext.messaging.Snippets.Draft;
import io.upnext.messaging.Snippets.Snippet;
import io.upnext.record.Records;
import io.upnext.security.Access;
import io.upnext.security.CurrentUser;
import io.upnext.shared.ConflictException;
import io.upnext.shared.InvalidException;
import io.upnext.shared.NotFoundException;
import io.upnext.shared.PageQuery;
import io.upnext.shared.RecordId;
import io.upnext.web.Flash;
import jakarta.servlet.http.HttpServletResponse;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Snippets: the list with the form to write one, and the text that an editor puts in. */
@Controller
@RequestMapping("/mail-snippets")
class SnippetPages {

    private final Snippets snippets;
    private final MailTemplates templates;
    private final Records records;
    private final Access access;

    SnippetPages(Snippets snippets, MailTemplates templates, Records records, Access access) {
        this.snippets = snippets;
        this.templates = templates;
        this.records = records;
        this.access = access;
    }

    /** @param id null for a new one */
    record Form(UUID id, String name, String html, Boolean shared) {

        static final Form EMPTY = new Form(null, "", "", false);

        static Form of(Snippet snippet) {
            return new Form(snippet.id(), snippet.name(), snippet.html(), snippet.shared());
        }
    }

    @GetMapping
    String list(@RequestParam(required = false) UUID id, PageQuery page, Model model) {
        return show(id == null ? Form.EMPTY : Form.of(snippets.get(access.current(), id)), page, model);
    }

    private String show(Form form, PageQuery page, Model model) {
        model.addAttribute("form", form);
        model.addAttribute("list", snippets.list(access.current(), null, page));
        return "messaging/snippets";
    }

    @PostMapping
    String save(Form form, Model model, HttpServletResponse response, RedirectAttributes redirect) {
        Draft draft = new Draft(form.name(), form.html(), form.shared());
        try {
            Snippet saved = form.id() == null
                    ? snippets.create(access.current(), draft)
                    : snippets.update(access.current(), form.id(), draft);
            Flash.done(redirect, "writing.snippet.saved", saved.name());
            return "redirect:/mail-snippets";
        } catch (InvalidException | ConflictException e) {
            Forms.refused(model, response, e);
            return show(form, PageQuery.first(50), model);
        }
    }

    @PostMapping("/{id}/delete")
    String delete(@PathVariable UUID id, RedirectAttributes redirect) {
        snippets.delete(access.current(), id);
        Flash.done(redirect, "writing.snippet.deleted");
        return "redirect:/mail-snippets";
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Text(String html) {}

    /** @param record fills the placeholders; without one they stay, for templates */
    @GetMapping("/{id}/text")
    ResponseEntity<Text> text(@PathVariable UUID id, @RequestParam(required = false) RecordId record) {
        CurrentUser user = access.current();
        String html = snippets.get(user, id).html();
        if (record == null) {
            return text(html);
        }
        records.find(record)
                .filter(found -> records.visible(user, found))
                .orElseThrow(() -> new NotFoundException("There is no record '" + record + "' that you may see."));
        return text(templates.fill(html, record, user.id()));
    }

    private static ResponseEntity<Text> text(String html) {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(new Text(html));
    }
}
