package io.upnext.worklist.web;

import io.upnext.enrollment.OpenSteps;
import io.upnext.messaging.Conversation;
import io.upnext.messaging.Inbox;
import io.upnext.messaging.OutgoingMail.Written;
import io.upnext.messaging.Signatures;
import io.upnext.security.Access;
import io.upnext.security.CurrentUser;
import io.upnext.security.Right;
import io.upnext.sequence.Sequence;
import io.upnext.sequence.SequenceQuery;
import io.upnext.sequence.Sequences;
import io.upnext.shared.InvalidException;
import io.upnext.shared.MailId;
import io.upnext.shared.PageQuery;
import io.upnext.shared.ProblemException;
import io.upnext.shared.SequenceId;
import io.upnext.shared.TextMessageId;
import io.upnext.web.Flash;
import io.upnext.worklist.InboxActions;
import io.upnext.worklist.InboxTasks;
import jakarta.servlet.http.HttpServletResponse;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The inbox: replies on the left, the conversation with its answer on the right. */
@Controller
@RequestMapping("/inbox")
class InboxPage {

    private static final LocalTime MORNING = LocalTime.of(9, 0);

    private final InboxViews views;
    private final Inbox inbox;
    private final InboxTasks tasks;
    private final InboxActions actions;
    private final Signatures signatures;
    private final Sequences sequences;
    private final OpenSteps openSteps;
    private final Access access;

    InboxPage(
            InboxViews views,
            Inbox inbox,
            InboxTasks tasks,
            InboxActions actions,
            Signatures signatures,
            Sequences sequences,
            OpenSteps openSteps,
            Access access) {
        this.views = views;
        this.inbox = inbox;
        this.tasks = tasks;
        this.actions = actions;
        this.signatures = signatures;
        this.sequences = sequences;
        this.openSteps = openSteps;
        this.access = access;
    }

    /** What the seller has written so far. @param mail the id the answer will have: sent twice, it is one mail */
    record Draft(UUID mail, String to, String subject, String html, List<String> attachments) {}

    /** Which list is shown. */
    record Shown(String filter, String scope) {

        static Shown of(String filter, String scope) {
            return new Shown("unread".equals(filter) ? "unread" : "all", "team".equals(scope) ? "team" : "own");
        }

        public boolean unread() {
            return filter.equals("unread");
        }

        public boolean team() {
            return scope.equals("team");
        }
    }

    @GetMapping
    String page(
            @RequestParam(required = false) String filter,
            @RequestParam(required = false) String scope,
            @RequestParam(required = false) UUID c,
            PageQuery page,
            Model model) {
        list(Shown.of(filter, scope), page, model);
        if (c != null) {
            conversation(c, null, model);
        }
        return "worklist/inbox";
    }

    private void list(Shown shown, PageQuery page, Model model) {
        CurrentUser user = access.current();
        model.addAttribute("shown", shown);
        model.addAttribute("list", views.list(user, shown.team(), shown.unread(), page));
        model.addAttribute("tasks", tasks.open(user));
    }

    private void conversation(UUID id, Draft draft, Model model) {
        CurrentUser user = access.current();
        InboxView.Whole whole = views.whole(user, id);
        model.addAttribute("whole", whole);
        if (whole.conversation().mayAnswer()) {
            model.addAttribute("draft", draft == null ? fresh(user, id) : draft);
            model.addAttribute("sequences", sequences(user, whole.conversation()));
        }
    }

    private Draft fresh(CurrentUser user, UUID id) {
        Conversation about = inbox.get(user, id);
        if (about.textOnly()) {
            return new Draft(TextMessageId.next().value(), about.from(), null, "", List.of());
        }
        Inbox.Addressed addressed = inbox.addressed(about);
        String signed = signatures
                .of(user.id())
                .map(signature -> "<p><br></p><div>" + signature + "</div>")
                .orElse("");
        return new Draft(MailId.next().value(), addressed.to(), addressed.subject(), signed, List.of());
    }

    private Map<String, String> sequences(CurrentUser user, InboxView conversation) {
        Map<String, String> choices = new LinkedHashMap<>();
        if (user.may(Right.CONNECT_RECORDS) && conversation.record() != null) {
            SequenceQuery active = new SequenceQuery(
                    Sequence.State.ACTIVE, conversation.record().type(), null, null);
            sequences
                    .list(user, active, PageQuery.first(250))
                    .items()
                    .forEach(view ->
                            choices.put(view.id().toString(), view.definition().name()));
        }
        return choices;
    }

    /** Asked for by the page itself once it shows the conversation; the answer takes the place of the count in the navigation. */
    @PostMapping("/{id}/read")
    String read(@PathVariable UUID id) {
        inbox.read(access.current(), id, true);
        return "components/nav-count :: inbox";
    }

    @PostMapping("/{id}/unread")
    String unread(@PathVariable UUID id) {
        inbox.read(access.current(), id, false);
        return "redirect:/inbox";
    }

    @PostMapping("/{id}/answer")
    String answer(
            @PathVariable UUID id,
            Draft draft,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        try {
            if (draft.mail() == null) {
                throw new InvalidException("The form is incomplete; open the conversation again.");
            }
            inbox.answer(
                    access.current(),
                    id,
                    new MailId(draft.mail()),
                    new Written(
                            draft.subject(),
                            draft.html(),
                            draft.attachments() == null ? List.of() : draft.attachments()));
            Flash.done(redirect, "writing.inbox.answered");
            return "redirect:/inbox?c=" + id;
        } catch (ProblemException e) {
            return refused(id, draft, e, model, response);
        }
    }

    /** @param message the id the text will have: sent twice, it is one text */
    @PostMapping("/{id}/answer-text")
    String answerText(
            @PathVariable UUID id,
            @RequestParam UUID message,
            @RequestParam String text,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        try {
            inbox.answer(access.current(), id, new TextMessageId(message), text);
            Flash.done(redirect, "writing.inbox.answered");
            return "redirect:/inbox?c=" + id;
        } catch (ProblemException e) {
            return refused(id, new Draft(message, null, null, text, List.of()), e, model, response);
        }
    }

    @PostMapping("/{id}/tasks")
    String task(
            @PathVariable UUID id,
            @RequestParam String name,
            @RequestParam(required = false) String due,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        try {
            tasks.create(access.current(), id, name, moment(due));
            Flash.done(redirect, "writing.inbox.task.made");
            return "redirect:/inbox?c=" + id;
        } catch (ProblemException e) {
            return refused(id, null, e, model, response);
        }
    }

    @PostMapping("/tasks/{id}/complete")
    String complete(@PathVariable UUID id, @RequestParam(required = false) UUID c, RedirectAttributes redirect) {
        tasks.complete(access.current(), id);
        Flash.done(redirect, "writing.inbox.task.completed");
        return c == null ? "redirect:/inbox" : "redirect:/inbox?c=" + c;
    }

    @PostMapping("/{id}/connect")
    String connect(
            @PathVariable UUID id,
            @RequestParam SequenceId sequence,
            @RequestParam(required = false) String on,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        try {
            actions.connect(access.current(), id, sequence, moment(on));
            Flash.done(redirect, "writing.inbox.connected");
            return "redirect:/inbox?c=" + id;
        } catch (ProblemException e) {
            return refused(id, null, e, model, response);
        }
    }

    /** A day is its morning, in the user's zone; nothing is now. */
    private Instant moment(String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        try {
            LocalDateTime local =
                    text.length() <= 10 ? LocalDate.parse(text).atTime(MORNING) : LocalDateTime.parse(text);
            return local.atZone(openSteps.zone(access.current())).toInstant();
        } catch (DateTimeException e) {
            throw new InvalidException("'" + text + "' is no date; give one such as 2026-03-31.");
        }
    }

    private String refused(UUID id, Draft draft, ProblemException e, Model model, HttpServletResponse response) {
        response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
        model.addAttribute("mistake", e.getMessage());
        list(Shown.of(null, null), PageQuery.first(50), model);
        conversation(id, draft, model);
        return "worklist/inbox";
    }
}
