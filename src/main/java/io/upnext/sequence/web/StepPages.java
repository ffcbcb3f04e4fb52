package io.upnext.sequence.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upnext.security.Access;
import io.upnext.sequence.Definition;
import io.upnext.sequence.Outline;
import io.upnext.sequence.SequenceView;
import io.upnext.sequence.Step;
import io.upnext.sequence.check.GoTos;
import io.upnext.sequence.edit.Place;
import io.upnext.sequence.edit.StepEdits;
import io.upnext.sequence.json.DefinitionJson;
import io.upnext.shared.InvalidException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Editing the steps of a draft one by one. */
@Controller
@RequestMapping("/sequences/{id}/steps")
class StepPages {

    private final DraftEditing drafts;
    private final StepChoices.Source choices;
    private final StepFilters filters;
    private final Access access;

    StepPages(DraftEditing drafts, StepChoices.Source choices, StepFilters filters, Access access) {
        this.drafts = drafts;
        this.choices = choices;
        this.filters = filters;
        this.access = access;
    }

    @GetMapping("/new")
    String blankStep(@PathVariable String id, @RequestParam String at, @RequestParam Step.Type type, Model model) {
        SequenceView view = drafts.editable(id, model);
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

    @GetMapping("/edit")
    String editStep(@PathVariable String id, @RequestParam String at, Model model) {
        SequenceView view = drafts.editable(id, model);
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
        return "sequence/step";
    }

    private StepForm form(SequenceView view, Step.Type type) {
        return new StepForm(
                type,
                view.definition().effectiveMode(),
                choices.choices(access.current(), view.definition().effectiveRecordType()));
    }

    @PostMapping("/new")
    Object addStep(
            @PathVariable String id,
            @RequestParam String at,
            @RequestParam Step.Type type,
            @RequestParam long edition,
            HttpServletRequest request,
            Model model,
            RedirectAttributes redirect) {
        SequenceView view = drafts.editable(id, model);
        String stepId = StepEdits.freeId(view.definition(), type, request.getParameter("name"));
        ObjectNode blank =
                JsonNodeFactory.instance.objectNode().put("id", stepId).put("type", type.name());
        try {
            Step step = read(view, type, blank, request);
            return drafts.change(id, edition, redirect, given -> StepEdits.insert(given, Place.of(at), step));
        } catch (InvalidException mistake) {
            return drafts.again(
                    stepForm(view, type, entered(blank, request), at, true, request.getParameterMap(), model),
                    mistake,
                    model);
        }
    }

    @PostMapping("/edit")
    Object saveStep(
            @PathVariable String id,
            @RequestParam String at,
            @RequestParam long edition,
            HttpServletRequest request,
            Model model,
            RedirectAttributes redirect) {
        SequenceView view = drafts.editable(id, model);
        Place place = Place.of(at);
        Step before = StepEdits.at(view.definition(), place);
        ObjectNode known = DefinitionJson.writeStep(before);
        try {
            Step step = read(view, before.type(), known, request);
            return drafts.change(id, edition, redirect, given -> StepEdits.replace(given, place, step));
        } catch (InvalidException mistake) {
            return drafts.again(
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

    @GetMapping("/go-to")
    String blankGoTo(@PathVariable String id, @RequestParam String at, Model model) {
        Step.GoTo blank = new Step.GoTo(null);
        Definition with = StepEdits.insert(drafts.editable(id, model).definition(), Place.of(at), blank);
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

    @PostMapping("/go-to")
    Object saveGoTo(
            @PathVariable String id,
            @RequestParam String at,
            @RequestParam String target,
            @RequestParam boolean fresh,
            @RequestParam long edition,
            RedirectAttributes redirect) {
        Step step = new Step.GoTo(target);
        return drafts.change(
                id,
                edition,
                redirect,
                given -> fresh
                        ? StepEdits.insert(given, Place.of(at), step)
                        : StepEdits.replace(given, Place.of(at), step));
    }

    @PostMapping("/remove")
    Object remove(
            @PathVariable String id, @RequestParam String at, @RequestParam long edition, RedirectAttributes redirect) {
        return drafts.change(id, edition, redirect, given -> StepEdits.remove(given, Place.of(at)));
    }

    @PostMapping("/move")
    Object move(
            @PathVariable String id,
            @RequestParam String at,
            @RequestParam boolean up,
            @RequestParam long edition,
            RedirectAttributes redirect) {
        return drafts.change(id, edition, redirect, given -> StepEdits.move(given, Place.of(at), up));
    }
}
