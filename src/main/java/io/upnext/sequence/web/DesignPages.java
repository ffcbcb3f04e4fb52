package io.upnext.sequence.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upnext.record.Fields;
import io.upnext.security.Access;
import io.upnext.security.CurrentUser;
import io.upnext.security.User;
import io.upnext.security.Users;
import io.upnext.sequence.Definition;
import io.upnext.sequence.EffectiveOptions;
import io.upnext.sequence.Outline;
import io.upnext.sequence.SequenceView;
import io.upnext.sequence.Sequences;
import io.upnext.sequence.Step;
import io.upnext.sequence.check.GoTos;
import io.upnext.sequence.edit.Place;
import io.upnext.sequence.edit.StepEdits;
import io.upnext.sequence.json.DefinitionJson;
import io.upnext.shared.ForbiddenException;
import io.upnext.shared.InvalidException;
import io.upnext.shared.Problem;
import io.upnext.shared.StaleException;
import io.upnext.web.Flash;
import jakarta.servlet.http.HttpServletRequest;
import java.time.DayOfWeek;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Editing the draft of a sequence: its frame, its steps one by one, or all of it as JSON. */
@Controller
@RequestMapping("/sequences/{id}")
class DesignPages {

    private static final String EDIT = "sequence/edit";
    private static final String STEP = "sequence/step";
    private static final String JSON = "sequence/json";

    private final Sequences sequences;
    private final StepChoices.Source choices;
    private final Fields fields;
    private final Users users;
    private final Access access;
    private final MessageSource texts;
    private final StepFilters filters;

    DesignPages(
            Sequences sequences,
            StepChoices.Source choices,
            Fields fields,
            Users users,
            Access access,
            MessageSource texts,
            StepFilters filters) {
        this.filters = filters;
        this.sequences = sequences;
        this.choices = choices;
        this.fields = fields;
        this.users = users;
        this.access = access;
        this.texts = texts;
    }

    @GetMapping("/edit")
    String edit(@PathVariable String id, Model model, Locale locale) {
        SequenceView view = editable(id, model);
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
        return change(
                id,
                edition,
                redirect,
                definition -> FrameForm.read(
                        definition, filters.asJson(definition, List.of(StepFilters.EXIT), request.getParameterMap())));
    }

    @GetMapping("/steps/new")
    String blankStep(@PathVariable String id, @RequestParam String at, @RequestParam Step.Type type, Model model) {
        SequenceView view = editable(id, model);
        Place.of(at);
        ObjectNode step = JsonNodeFactory.instance.objectNode().put("type", type.name());
        if (view.definition().effectiveMode() == Definition.Mode.CLASSIC) {
            step.put("day", lastDay(view.definition()));
        }
        return stepForm(view, type, step, at, true, Map.of(), model);
    }

    /** Most new steps go to the end, on the last day or after it. */
    private static int lastDay(Definition definition) {
        return Outline.of(definition).nodes().stream()
                .map(node -> node.step().timing().day())
                .filter(Objects::nonNull)
                .max(Integer::compareTo)
                .orElse(1);
    }

    @GetMapping("/steps/edit")
    String editStep(@PathVariable String id, @RequestParam String at, Model model) {
        SequenceView view = editable(id, model);
        Step step = StepEdits.at(view.definition(), Place.of(at));
        if (step.type() == null) {
            return goToForm(view.definition(), (Step.GoTo) step, at, false, model);
        }
        return stepForm(view, step.type(), DefinitionJson.writeStep(step), at, false, Map.of(), model);
    }

    /** @param sent what was entered, where it is shown again */
    private String stepForm(
            SequenceView view,
            Step.Type type,
            ObjectNode step,
            String at,
            boolean fresh,
            Map<String, String[]> sent,
            Model model) {
        StepForm form = form(view, type);
        ObjectNode shown = form.shown(step);
        model.addAttribute("form", form.fields());
        model.addAttribute("step", shown);
        model.addAttribute("filters", filters.of(view.definition(), form.fields(), shown, sent));
        model.addAttribute("type", type);
        model.addAttribute("at", at);
        model.addAttribute("fresh", fresh);
        return STEP;
    }

    private StepForm form(SequenceView view, Step.Type type) {
        return new StepForm(
                type,
                view.definition().effectiveMode(),
                choices.choices(access.current(), view.definition().effectiveRecordType()));
    }

    @PostMapping("/steps/new")
    Object addStep(
            @PathVariable String id,
            @RequestParam String at,
            @RequestParam Step.Type type,
            @RequestParam long edition,
            HttpServletRequest request,
            Model model,
            RedirectAttributes redirect) {
        SequenceView view = editable(id, model);
        String stepId = StepEdits.freeId(view.definition(), type, request.getParameter("name"));
        ObjectNode blank =
                JsonNodeFactory.instance.objectNode().put("id", stepId).put("type", type.name());
        try {
            Step step = read(view, type, blank, request);
            return change(id, edition, redirect, given -> StepEdits.insert(given, Place.of(at), step));
        } catch (InvalidException mistake) {
            return again(
                    stepForm(view, type, entered(blank, request), at, true, request.getParameterMap(), model),
                    mistake,
                    model);
        }
    }

    @PostMapping("/steps/edit")
    Object saveStep(
            @PathVariable String id,
            @RequestParam String at,
            @RequestParam long edition,
            HttpServletRequest request,
            Model model,
            RedirectAttributes redirect) {
        SequenceView view = editable(id, model);
        Place place = Place.of(at);
        Step before = StepEdits.at(view.definition(), place);
        ObjectNode known = DefinitionJson.writeStep(before);
        try {
            Step step = read(view, before.type(), known, request);
            return change(id, edition, redirect, given -> StepEdits.replace(given, place, step));
        } catch (InvalidException mistake) {
            return again(
                    stepForm(view, before.type(), entered(known, request), at, false, request.getParameterMap(), model),
                    mistake,
                    model);
        }
    }

    private Step read(SequenceView view, Step.Type type, ObjectNode step, HttpServletRequest request) {
        StepForm form = form(view, type);
        return form.read(
                step, filters.asJson(view.definition(), StepFilters.names(form.fields()), request.getParameterMap()));
    }

    /** What was typed, as far as it is plain text, so that nobody types it twice. */
    private static ObjectNode entered(ObjectNode known, HttpServletRequest request) {
        ObjectNode shown = known.deepCopy();
        for (String name : List.of("name", "description", "ask", "template", "update", "days", "hours", "day")) {
            if (request.getParameter(name) != null) {
                shown.put(name, request.getParameter(name));
            }
        }
        return shown;
    }

    private static ModelAndView again(String view, InvalidException mistake, Model model) {
        model.addAttribute("mistake", mistake.getMessage());
        return new ModelAndView(view, model.asMap(), HttpStatus.BAD_REQUEST);
    }

    @GetMapping("/steps/go-to")
    String blankGoTo(@PathVariable String id, @RequestParam String at, Model model) {
        Step.GoTo blank = new Step.GoTo(null);
        Definition with = StepEdits.insert(editable(id, model).definition(), Place.of(at), blank);
        return goToForm(with, blank, at, true, model);
    }

    /** @param with the definition with the go-to in it, so that it is known what lies further on */
    private static String goToForm(Definition with, Step.GoTo goTo, String at, boolean fresh, Model model) {
        Outline outline = Outline.of(with);
        model.addAttribute("target", goTo.target());
        model.addAttribute(
                "targets",
                outline.nodes().stream()
                        .filter(node -> node.step() == goTo)
                        .findFirst()
                        .map(node -> GoTos.targets(outline, node))
                        .orElse(List.of()));
        model.addAttribute("at", at);
        model.addAttribute("fresh", fresh);
        return "sequence/go-to";
    }

    @PostMapping("/steps/go-to")
    Object saveGoTo(
            @PathVariable String id,
            @RequestParam String at,
            @RequestParam String target,
            @RequestParam boolean fresh,
            @RequestParam long edition,
            RedirectAttributes redirect) {
        Step step = new Step.GoTo(target);
        return change(
                id,
                edition,
                redirect,
                given -> fresh
                        ? StepEdits.insert(given, Place.of(at), step)
                        : StepEdits.replace(given, Place.of(at), step));
    }

    @PostMapping("/steps/remove")
    Object remove(
            @PathVariable String id, @RequestParam String at, @RequestParam long edition, RedirectAttributes redirect) {
        return change(id, edition, redirect, given -> StepEdits.remove(given, Place.of(at)));
    }

    @PostMapping("/steps/move")
    Object move(
            @PathVariable String id,
            @RequestParam String at,
            @RequestParam boolean up,
            @RequestParam long edition,
            RedirectAttributes redirect) {
        return change(id, edition, redirect, given -> StepEdits.move(given, Place.of(at), up));
    }

    @GetMapping("/json")
    String json(@PathVariable String id, Model model) {
        SequenceView view = editable(id, model);
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
            return change(id, edition, redirect, before -> definition);
        } catch (InvalidException mistake) {
            editable(id, model);
            model.addAttribute("json", json);
            model.addAttribute("problems", List.of());
            return again(JSON, mistake, model);
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

    /** @throws ForbiddenException where the user may see the sequence, but not change it */
    private SequenceView editable(String id, Model model) {
        CurrentUser user = access.current();
        SequenceView view = sequences.view(user, FormValues.sequence(id));
        if (!sequences.mayChange(user, view.id())) {
            throw new ForbiddenException("You may see this sequence, but not change it; copy it instead.");
        }
        model.addAttribute("sequence", view);
        return view;
    }

    private String change(String id, long edition, RedirectAttributes redirect, UnaryOperator<Definition> change) {
        CurrentUser user = access.current();
        SequenceView view = sequences.view(user, FormValues.sequence(id));
        sequences.edit(user, view.id(), now -> requireSame(now, edition), change.apply(view.definition()));
        Flash.done(redirect, "sequence.done.edit");
        return "redirect:/sequences/" + view.id() + "/edit";
    }

    private static void requireSame(SequenceView now, long edition) {
        if (now.edition() != edition) {
            throw new StaleException("Somebody changed the sequence since you opened this page; go back, reload it and"
                    + " repeat your change.");
        }
    }
}
