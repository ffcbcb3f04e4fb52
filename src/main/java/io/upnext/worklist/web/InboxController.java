package io.upnext.worklist.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.upnext.messaging.Inbox;
import io.upnext.messaging.OutgoingMail.Written;
import io.upnext.security.Access;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.InvalidException;
import io.upnext.shared.MailId;
import io.upnext.shared.PageQuery;
import io.upnext.shared.Paged;
import io.upnext.shared.SequenceId;
import io.upnext.shared.TextMessageId;
import io.upnext.worklist.InboxActions;
import io.upnext.worklist.InboxTasks;
import io.upnext.worklist.InboxTasks.Task;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/v1/inbox}: replies as conversations. */
@RestController
@RequestMapping("/api/v1/inbox")
class InboxController {

    private final InboxViews views;
    private final Inbox inbox;
    private final InboxTasks tasks;
    private final InboxActions actions;
    private final Access access;

    InboxController(InboxViews views, Inbox inbox, InboxTasks tasks, InboxActions actions, Access access) {
        this.views = views;
        this.inbox = inbox;
        this.tasks = tasks;
        this.actions = actions;
        this.access = access;
    }

    /** @param filter {@code all} or {@code unread} @param scope {@code own}, or {@code team} for who manages one */
    @GetMapping
    Paged<InboxView> list(
            @RequestParam(defaultValue = "all") String filter,
            @RequestParam(defaultValue = "own") String scope,
            PageQuery page) {
        boolean unread = oneOf("filter", filter, "unread", "all");
        return views.list(access.current(), oneOf("scope", scope, "team", "own"), unread, page);
    }

    private static boolean oneOf(String name, String value, String first, String second) {
        if (!value.equals(first) && !value.equals(second)) {
            throw new InvalidException("'" + name + "' is '" + value + "'; give '" + first + "' or '" + second + "'.");
        }
        return value.equals(first);
    }

    @GetMapping("/{id}")
    InboxView.Whole one(@PathVariable UUID id) {
        return views.whole(access.current(), id);
    }

    @PostMapping("/{id}/read")
    InboxView read(@PathVariable UUID id) {
        inbox.read(access.current(), id, true);
        return views.one(access.current(), id);
    }

    @PostMapping("/{id}/unread")
    InboxView unread(@PathVariable UUID id) {
        inbox.read(access.current(), id, false);
        return views.one(access.current(), id);
    }

    /** @param text of a conversation by text, instead of everything else */
    record Answer(String subject, String html, List<String> attachments, String text) {}

    /** @param mail null of a text, and the other way round */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Queued(MailId mail, TextMessageId text) {}

    /** With an {@code Idempotency-Key} it is sent once, however often it is asked for. */
    @PostMapping("/{id}/answer")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Queued answer(@PathVariable UUID id, @RequestBody Answer answer) {
        if (answer.text() != null) {
            if (answer.html() != null || answer.subject() != null) {
                throw new InvalidException("Give either 'text' or 'html' with 'subject', not both.");
            }
            return new Queued(null, inbox.answer(access.current(), id, TextMessageId.next(), answer.text()));
        }
        Written written = new Written(answer.subject(), answer.html(), answer.attachments());
        return new Queued(inbox.answer(access.current(), id, MailId.next(), written), null);
    }

    record NewTask(String name, OffsetDateTime due) {}

    @PostMapping("/{id}/tasks")
    @ResponseStatus(HttpStatus.CREATED)
    Task task(@PathVariable UUID id, @RequestBody NewTask task) {
        return tasks.create(
                access.current(),
                id,
                task.name(),
                task.due() == null ? null : task.due().toInstant());
    }

    @GetMapping("/tasks")
    List<Task> openTasks() {
        return tasks.open(access.current());
    }

    @PostMapping("/tasks/{id}/complete")
    Task complete(@PathVariable UUID id) {
        return tasks.complete(access.current(), id);
    }

    /** @param at when; until then the enrollment is Connecting */
    record Connect(SequenceId sequence, OffsetDateTime at) {}

    record Connected(EnrollmentId enrollment) {}

    @PostMapping("/{id}/connect")
    Connected connect(@PathVariable UUID id, @RequestBody Connect connect) {
        return new Connected(actions.connect(
                access.current(),
                id,
                connect.sequence(),
                connect.at() == null ? null : connect.at().toInstant()));
    }
}
