package io.upnext.sequence.web;

import io.upnext.record.Fields;
import io.upnext.security.Access;
import io.upnext.security.User;
import io.upnext.security.Users;
import io.upnext.sequence.Definition;
import io.upnext.sequence.EffectiveOptions;
import io.upnext.sequence.Outline;
import io.upnext.sequence.SequenceView;
import io.upnext.sequence.Sequences;
import io.upnext.sequence.json.DefinitionJson;
import io.upnext.shared.InvalidException;
import io.upnext.shared.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.time.DayOfWeek;
import java.util.List;
import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Editing the draft of a sequence: its frame, or all of it as JSON; {@link StepPages} edits its steps one by one. */
@Controller
@RequestMapping("/sequences/{id}")
class DesignPages {

    private static final String EDIT = "sequence/edit";
    private static final String JSON = "sequence/json";

    private final Sequences sequences;
    private final DraftEditing drafts;
    private final Fields fields;
    private final Users users;
    private final Access access;
    private final MessageSource texts;
    private final StepFilters filters;

    DesignPages(
            Sequences sequences,
            DraftEditing drafts,
            Fields fields,
            Users users,
            Access access,
            MessageSource texts,
            StepFilters filters) {
        this.filters = filters;
        this.sequences = sequences;
        this.drafts = drafts;
        this.fields = fields;
        this.users = users;
        this.access = access;
        this.texts = texts;
    }

    @GetMapping("/edit")
    String edit(@PathVariable String id, Model model, Locale locale) {
        SequenceView view = drafts.editable(id, model);
        if (!view.editable()) {
            return "redirect:/sequences/" + view.id();
        }
        List<Problem> problems = sequences.check(access.current(), view.id());
        model.addAttribute("problems", problems);
        Outline outline = Outline.of(view.definition());
        var targets = AdvanceTargets.names(sequences, access.current(), outline);
        var words = filters.inWords(view.definition());
        model.addAttribute("steps", new StepItem.Lines(texts, locale, outline, problems, words, targets).trunk());
        model.addAttribute("types", StepTypes.offered(view.definition().effectiveMode()));
        FrameForm saved = FrameForm.of(view.definition());
        model.addAttribute("saved", saved);
        model.addAttribute("exitFilter", filters.exit(view.definition(), saved.exitWhen()));
        model.addAttribute("options", EffectiveOptions.of(view.definition()));
        model.addAttribute("days", DayOfWeek.values());
        model.addAttribute("people", users.all().stream().filter(User::active).toList());
        model.addAttribute("teams", users.teams());
        model.addAttribute("fields", fields.of(view.definition().effectiveRecordType()));
        return EDIT;
    }

    @PostMapping("/edit")
    Object frame(
            @PathVariable String id,
            @RequestParam long edition,
            HttpServletRequest request,
            RedirectAttributes redirect) {
        return drafts.change(
                id,
                edition,
                redirect,
                definition -> FrameForm.read(
                        definition, filters.asJson(definition, List.of(StepFilters.EXIT), request.getParameterMap())));
    }

    @GetMapping("/json")
    String json(@PathVariable String id, Model model) {
        SequenceView view = drafts.editable(id, model);
        model.addAttribute("json", DefinitionJson.pretty(view.definition()));
        model.addAttribute("problems", sequences.check(access.current(), view.id()));
        return JSON;
    }

    @PostMapping("/json")
    Object saveJson(
            @PathVariable String id,
            @RequestParam String json,
            @RequestParam long edition,
            Model model,
            RedirectAttributes redirect) {
        try {
            Definition definition = DefinitionJson.read(json);
            return drafts.change(id, edition, redirect, before -> definition);
        } catch (InvalidException mistake) {
            drafts.editable(id, model);
            model.addAttribute("json", json);
            model.addAttribute("problems", List.of());
            return drafts.again(JSON, mistake, model);
        }
    }

    /** While somebody types: what would be wrong with it. */
    @PostMapping("/problems")
    String check(@PathVariable String id, @RequestParam String json, Model model) {
        try {
            model.addAttribute(
                    "problems", sequences.check(access.current(), FormValues.sequence(id), DefinitionJson.read(json)));
        } catch (InvalidException mistake) {
            model.addAttribute("problems", List.of(Problem.error("json", mistake.getMessage())));
        }
        return "sequence/problems :: problems(list=${problems})";
    }
}
