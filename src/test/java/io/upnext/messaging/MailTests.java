package io.upnext.messaging;

import io.upnext.messaging.MailEvent.Kind;
import io.upnext.messaging.template.TemplateCatalogue;
import io.upnext.operation.Worker;
import io.upnext.record.CrmRecord;
import io.upnext.record.Records;
import io.upnext.shared.Actor;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.Principal;
import io.upnext.shared.RecordType;
import io.upnext.shared.StepRunId;
import io.upnext.shared.UserId;
import io.upnext.testing.MutableClock;
import io.upnext.testing.TestUsers;
import io.upnext.testing.TestUsers.Person;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What tests of mail need over and over: people to mail, templates, mails to queue, and what became of them. */
public final class MailTests {

    private final Records records;
    private final TemplateCatalogue catalogue;
    private final TestUsers users;
    private final Outbox outbox;
    private final JdbcClient jdbc;
    private final List<Worker> workers;
    private final List<UUID> made = new ArrayList<>();
    private UUID version;

    public MailTests(
            Records records,
            TemplateCatalogue catalogue,
            TestUsers users,
            Outbox outbox,
            JdbcClient jdbc,
            List<Worker> workers) {
        this.records = records;
        this.catalogue = catalogue;
        this.users = users;
        this.outbox = outbox;
        this.jdbc = jdbc;
        this.workers = workers;
    }

    public CrmRecord lead(Person owner, Map<String, Object> more) {
        String name = TestUsers.next("lead");
        Map<String, Object> fields = new HashMap<>(Map.of(
                "firstName", "Ada", "lastName", "Lovelace", "company", "Engines", "email", name + "@prospect.example"));
        fields.putAll(more);
        fields.values().removeIf(""::equals);
        return records.create(RecordType.LEAD, fields, Principal.user(owner.id()), "NEW", Actor.SYSTEM);
    }

    public CrmRecord lead(Person owner) {
        return lead(owner, Map.of());
    }

    /** A template in English; the name is returned. */
    public String template(String subject, String html) {
        return template(TestUsers.next("template"), "en", subject, html);
    }

    public String template(String name, String language, String subject, String html) {
        catalogue.create(
                users.caller(users.administrator()),
                new TemplateCatalogue.Draft(name, subject, html, null, language, RecordType.LEAD));
        return name;
    }

    /** A mail of an enrollment that waits for it, not yet queued. */
    public OutgoingMail mail(CrmRecord record, UserId sender, String template) {
        EnrollmentId enrollment = EnrollmentId.next();
        StepRunId stepRun = StepRunId.next();
        UUID sequence = UUID.randomUUID();
        OffsetDateTime now = MutableClock.START.atOffset(ZoneOffset.UTC);
        jdbc.sql("""
                        insert into enrollment (id, sequence_id, version_id, version_number, record_id, record_type, state,
                            connected_by, connected_at)
                        values (?, ?, ?, 1, ?, 'LEAD', 'CONNECTED', ?, ?)
                        """)
                .params(
                        enrollment.value(),
                        sequence,
                        version(sender),
                        record.id().value(),
                        sender.value(),
                        now)
                .update();
        jdbc.sql("""
                        insert into step_run (id, enrollment_id, sequence_id, record_id, step_id, step_type, step_name, state,
                            entered_at)
                        values (?, ?, ?, ?, 'intro', 'AUTOMATED_EMAIL', 'Intro', 'WAITING', ?)
                        """)
                .params(
                        stepRun.value(),
                        enrollment.value(),
                        sequence,
                        record.id().value(),
                        now)
                .update();
        made.add(enrollment.value());
        return OutgoingMail.of(stepRun, enrollment, "intro", record.id())
                .from(sender, null)
                .template(template, null)
                .track(true, true)
                .unsubscribeLink(true)
                .mail();
    }

    /** A frozen version of a sequence nobody sees: what may still be sent is decided by its options. */
    private UUID version(UserId owner) {
        if (version == null) {
            UUID sequence = UUID.randomUUID();
            UUID made = UUID.randomUUID();
            OffsetDateTime now = MutableClock.START.atOffset(ZoneOffset.UTC);
            String definition = """
                    {"name": "Mail", "recordType": "LEAD", "mode": "ADAPTIVE",
                     "steps": [{"id": "intro", "type": "AUTOMATED_EMAIL", "name": "Intro", "template": "x"}]}
                    """;
            jdbc.sql("""
                            insert into sequence (id, name, record_type, mode, state, draft, owner, created_at, updated_at,
                                deleted_at)
                            values (?, 'Mail', 'LEAD', 'ADAPTIVE', 'INACTIVE', ?::jsonb, ?, ?, ?, ?)
                            """)
                    .params(sequence, definition, owner.value(), now, now, now)
                    .update();
            jdbc.sql("""
                            insert into sequence_version (id, sequence_id, number, definition, activated_by, activated_at)
                            values (?, ?, 1, ?::jsonb, ?, ?)
                            """).params(made, sequence, definition, owner.value(), now).update();
            version = made;
        }
        return version;
    }

    /** These enrollments have no sequence: other tests that apply everything must not come across them. */
    public void forgetEnrollments() {
        UUID[] ids = made.toArray(UUID[]::new);
        jdbc.sql("update mail_event set applied_at = at where enrollment = any(?) and applied_at is null")
                .param(ids)
                .update();
        jdbc.sql("update mail set state = 'CANCELLED' where enrollment = any(?) and state = 'QUEUED'")
                .param(ids)
                .update();
        jdbc.sql("delete from step_run where enrollment_id = any(?)").param(ids).update();
        jdbc.sql("delete from enrollment where id = any(?)").param(ids).update();
        made.clear();
    }

    public StepRunId queue(CrmRecord record, UserId sender, String template) {
        OutgoingMail mail = mail(record, sender, template);
        outbox.queue(mail);
        return mail.stepRun();
    }

    public String state(StepRunId stepRun) {
        return column(stepRun, "state");
    }

    public String error(StepRunId stepRun) {
        return column(stepRun, "error");
    }

    private String column(StepRunId stepRun, String column) {
        return jdbc.sql("select " + column + " from mail where step_run = ?")
                .param(stepRun.value())
                .query(String.class)
                .optional()
                .orElse(null);
    }

    public List<Kind> events(StepRunId stepRun) {
        return jdbc
                .sql("select kind from mail_event where step_run = ? order by id")
                .param(stepRun.value())
                .query(String.class)
                .list()
                .stream()
                .map(Kind::valueOf)
                .toList();
    }

    public String refusal(StepRunId stepRun) {
        return jdbc.sql("select refusal from mail_event where step_run = ? and kind = 'REFUSED'")
                .param(stepRun.value())
                .query(String.class)
                .single();
    }

    /** Runs one worker until nothing is due. */
    public void run(String worker) {
        Worker found = workers.stream()
                .filter(w -> w.name().equals(worker))
                .findFirst()
                .orElseThrow();
        while (found.runOnce() > 0) {}
    }

    /** Several threads send side by side, as in the product, until nothing of these enrollments is queued any more. */
    public void dispatchWith(int threads) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            for (Future<Void> one :
                    executor.invokeAll(Collections.<Callable<Void>>nCopies(threads, this::dispatchAll))) {
                one.get();
            }
        } finally {
            executor.shutdown();
        }
    }

    private Void dispatchAll() {
        do {
            dispatch();
        } while (jdbc.sql("select exists (select 1 from mail where enrollment = any(?) and state = 'QUEUED')")
                .param(made.toArray(UUID[]::new))
                .query(Boolean.class)
                .single());
        return null;
    }

    public void dispatch() {
        run("mail-dispatch");
    }
}
