package io.upnext.worklist;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.upnext.messaging.Conversation;
import io.upnext.messaging.Inbox;
import io.upnext.record.Records;
import io.upnext.record.Timeline;
import io.upnext.security.CurrentUser;
import io.upnext.shared.InvalidException;
import io.upnext.shared.NotFoundException;
import io.upnext.shared.RecordId;
import io.upnext.shared.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What a seller notes down to do about a reply: beside all sequences, on the record's timeline. */
@Component
public class InboxTasks {

    private static final int LONGEST_NAME = 200;
    private static final int MOST_SHOWN = 200;
    private static final Duration LATEST = Duration.ofDays(730);

    private final JdbcClient jdbc;
    private final Inbox inbox;
    private final Records records;
    private final Timeline timeline;
    private final Clock clock;

    InboxTasks(JdbcClient jdbc, Inbox inbox, Records records, Timeline timeline, Clock clock) {
        this.jdbc = jdbc;
        this.inbox = inbox;
        this.records = records;
        this.timeline = timeline;
        this.clock = clock;
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Task(
            UUID id, UUID conversation, RecordId record, UserId owner, String name, Instant dueAt, Instant doneAt) {}

    public List<Task> of(Conversation conversation) {
        return jdbc.sql("select * from inbox_task where conversation = ? order by due_at, id limit ?")
                .params(conversation.id(), MOST_SHOWN)
                .query(InboxTasks::task)
                .list();
    }

    /** The caller's open ones, the next due first. */
    public List<Task> open(CurrentUser user) {
        return jdbc.sql("select * from inbox_task where owner = ? and done_at is null order by due_at, id limit ?")
                .params(user.id().value(), MOST_SHOWN)
                .query(InboxTasks::task)
                .list();
    }

    /** @param due null is now */
    @Transactional
    public Task create(CurrentUser user, UUID conversationId, String name, Instant due) {
        Conversation conversation = inbox.requireOwn(user, conversationId);
        Instant now = clock.instant();
        String what = name == null ? "" : name.strip();
        if (what.isEmpty() || what.length() > LONGEST_NAME || what.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidException("A task needs a name of 1 to 200 characters on one line.");
        }
        if (due != null && due.isAfter(now.plus(LATEST))) {
            throw new InvalidException("A task can be due in two years at most; give an earlier 'due'.");
        }
        Task task = new Task(
                UUID.randomUUID(),
                conversationId,
                conversation.record(),
                user.id(),
                what,
                due == null ? now : due,
                null);
        jdbc.sql("""
                        insert into inbox_task (id, conversation, record, owner, name, due_at, created_at)
                        values (?, ?, ?, ?, ?, ?, ?)
                        """)
                .params(
                        task.id(),
                        conversationId,
                        task.record().value(),
                        user.id().value(),
                        what,
                        utc(task.dueAt()),
                        utc(now))
                .update();
        remember(user, task, "inbox.task", now);
        return task;
    }

    /** Doing so again changes nothing. */
    @Transactional
    public Task complete(CurrentUser user, UUID id) {
        Instant now = clock.instant();
        boolean done = jdbc.sql("update inbox_task set done_at = ? where id = ? and owner = ? and done_at is null")
                        .params(utc(now), id, user.id().value())
                        .update()
                > 0;
        Task task = jdbc.sql("select * from inbox_task where id = ? and owner = ?")
                .params(id, user.id().value())
                .query(InboxTasks::task)
                .optional()
                .orElseThrow(() -> new NotFoundException("There is no task '" + id + "' of yours."));
        if (done) {
            remember(user, task, "inbox.task-done", now);
            records.touched(task.record(), "SALES_ACTIVITY", "TASK");
        }
        return task;
    }

    private void remember(CurrentUser user, Task task, String kind, Instant now) {
        timeline.add(new Timeline.Entry(task.record(), now, kind, user.actor(), Map.of("task", task.name())));
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static Task task(ResultSet row, int number) throws SQLException {
        OffsetDateTime done = row.getObject("done_at", OffsetDateTime.class);
        return new Task(
                row.getObject("id", UUID.class),
                row.getObject("conversation", UUID.class),
                new RecordId(row.getObject("record", UUID.class)),
                new UserId(row.getObject("owner", UUID.class)),
                row.getString("name"),
                row.getObject("due_at", OffsetDateTime.class).toInstant(),
                done == null ? null : done.toInstant());
    }
}
