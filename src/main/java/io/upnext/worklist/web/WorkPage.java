package io.upnext.worklist.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.upnext.enrollment.StepRun;
import io.upnext.messaging.OutgoingMail;
import io.upnext.security.Access;
import io.upnext.security.CurrentUser;
import io.upnext.shared.ProblemException;
import io.upnext.shared.StepRunId;
import io.upnext.worklist.StepActions;
import io.upnext.worklist.StepActions.Done;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The seller's page: the list on the left, the chosen step on the right. Every action answers with the whole working area
 * and the next step in it (for htmx), or goes back to the page (without).
 */
@Controller
class WorkPage {

    private static final JsonMapper ASCII =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private final WorkLists lists;
    private final WorkItems items;
    private final StepActions actions;
    private final Snoozes snoozes;
    private final MessageSource texts;
    private final Access access;

    WorkPage(
            WorkLists lists,
            WorkItems items,
            StepActions actions,
            Snoozes snoozes,
            MessageSource texts,
            Access access) {
        this.lists = lists;
        this.items = items;
        this.actions = actions;
        this.snoozes = snoozes;
        this.texts = texts;
        this.access = access;
    }

    @GetMapping("/work")
    String page(WorkFilter filter, @RequestParam(required = false) StepRunId step, Model model) {
        CurrentUser user = access.current();
        WorkLists.Shown list = lists.of(user, filter);
        model.addAttribute("list", list);
        model.addAttribute("filter", filter);
        Optional<StepRunId> chosen = step == null ? list.first() : Optional.of(step);
        chosen.ifPresent(id -> model.addAttribute("item", items.of(user, id)));
        return "worklist/work";
    }

    @GetMapping("/work/steps/{id}")
    String item(@PathVariable StepRunId id, WorkFilter filter, Model model) {
        model.addAttribute("filter", filter);
        model.addAttribute("item", items.of(access.current(), id));
        return "worklist/item :: item";
    }

    /** @param how {@code send} the mail or text, or it was done {@code elsewhere} */
    record Filled(
            String outcome,
            String note,
            String how,
            String subject,
            String html,
            String text,
            List<String> attachments) {
        Done done() {
            boolean send = "send".equals(how);
            return new Done(
                    blankAsNull(outcome),
                    blankAsNull(note),
                    send && text == null
                            ? new OutgoingMail.Written(subject, html, attachments == null ? List.of() : attachments)
                            : null,
                    send ? text : null,
                    "elsewhere".equals(how));
        }
    }

    /**
     * A step that somebody acts on.
     *
     * @param filter of the list it was chosen from
     * @param partial is only the working area asked for?
     */
    record Turn(StepRunId id, WorkFilter filter, boolean partial, HttpServletResponse response, Model model) {}

    @ModelAttribute("turn")
    Turn turn(
            @PathVariable(required = false) StepRunId id,
            WorkFilter filter,
            @RequestHeader(name = "HX-Request", required = false) String partial,
            HttpServletResponse response,
            Model model) {
        return new Turn(id, filter, partial != null, response, model);
    }

    @PostMapping("/work/steps/{id}/complete")
    String complete(@ModelAttribute(name = "turn", binding = false) Turn turn, Filled filled) {
        return act(turn, filled, "done", () -> actions.complete(user(), turn.id(), filled.done()));
    }

    @PostMapping("/work/steps/{id}/skip")
    String skip(@ModelAttribute(name = "turn", binding = false) Turn turn, Filled filled) {
        return act(turn, filled, "skipped", () -> actions.skip(user(), turn.id(), blankAsNull(filled.note())));
    }

    @PostMapping("/work/steps/{id}/snooze")
    String snooze(
            @ModelAttribute(name = "turn", binding = false) Turn turn,
            @RequestParam(required = false) String preset,
            @RequestParam(required = false) String until) {
        return act(
                turn,
                null,
                "snoozed",
                () -> actions.snooze(user(), turn.id(), snoozes.read(preset, until, lists.zone(user()))));
    }

    /** Takes a step that was put off back into the list. */
    @PostMapping("/work/steps/{id}/wake")
    String wake(@ModelAttribute(name = "turn", binding = false) Turn turn) {
        return act(turn, null, "woken", () -> actions.snooze(user(), turn.id(), null));
    }

    @PostMapping("/work/steps/{id}/assign")
    String assign(@ModelAttribute(name = "turn", binding = false) Turn turn, @RequestParam String to) {
        return act(turn, null, "assigned", () -> actions.assign(user(), turn.id(), to));
    }

    private String act(Turn turn, Filled filled, String notice, Supplier<StepRun> action) {
        CurrentUser user = user();
        WorkFilter filter = turn.filter();
        List<StepRunId> before = lists.of(user, filter).ids();
        String mistake = null;
        try {
            action.get();
        } catch (ProblemException e) {
            mistake = e.getMessage();
        }
        WorkLists.Shown list = lists.of(user, filter);
        StepRunId next = mistake != null ? turn.id() : next(turn.id(), before, list.ids());
        turn.model().addAttribute("list", list);
        turn.model().addAttribute("filter", filter);
        turn.model().addAttribute("mistake", mistake);
        turn.model().addAttribute("filled", mistake == null ? null : filled);
        if (next != null) {
            turn.model().addAttribute("item", items.of(user, next));
        }
        if (!turn.partial()) {
            return mistake == null ? "redirect:" + filter.address(next) : "worklist/work";
        }
        if (mistake == null) {
            announce(turn.response(), notice);
            turn.response().setHeader("HX-Push-Url", filter.address(next));
        }
        return "worklist/work :: work";
    }

    /** What follows in the list now stands where the step stood. */
    private static StepRunId next(StepRunId done, List<StepRunId> before, List<StepRunId> now) {
        if (now.isEmpty()) {
            return null;
        }
        int place = Math.max(0, before.indexOf(done));
        StepRunId there = now.get(Math.min(place, now.size() - 1));
        boolean stays = there.equals(done) && place + 1 < now.size();
        return stays ? now.get(place + 1) : there;
    }

    private void announce(HttpServletResponse response, String notice) {
        String text = texts.getMessage("work.notice." + notice, null, LocaleContextHolder.getLocale());
        try {
            response.setHeader(
                    "HX-Trigger", ASCII.writeValueAsString(Map.of("notice", Map.of("kind", "done", "text", text))));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private CurrentUser user() {
        return access.current();
    }

    private static String blankAsNull(String text) {
        return text == null || text.isBlank() ? null : text;
    }
}
