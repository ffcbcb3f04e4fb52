package io.upnext.rights;

import io.upnext.enrollment.Enrollments;
import io.upnext.enrollment.StepRuns;
import io.upnext.operation.Workers;
import io.upnext.record.Records;
import io.upnext.shared.Actor;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.Principal;
import io.upnext.shared.RecordId;
import io.upnext.shared.RecordType;
import io.upnext.shared.SequenceId;
import io.upnext.testing.Api;
import io.upnext.testing.Api.Answer;
import io.upnext.testing.TestMail;
import io.upnext.testing.TestUsers;
import io.upnext.testing.TestUsers.Person;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What operations are called on: each thing belongs to somebody and is made when it is first needed. */
final class Props {

    private static final String TASK = "{\"id\": \"meet\", \"type\": \"TASK\", \"name\": \"Meet\"}";

    private final Map<String, String> made = new HashMap<>();
    private final List<Person> cast;
    private final Api api;
    private final TestUsers users;
    private final Records records;
    private final Enrollments enrollments;
    private final StepRuns stepRuns;
    private final Workers workers;
    private final TestMail mail;
    private final JdbcClient jdbc;

    /** An administrator somewhere else, to whom belongs what must be nobody's of the cast. */
    private final Person boss;

    Props(ApplicationContext context, List<Person> cast) {
        this.cast = cast;
        api = context.getBean(Api.class);
        users = context.getBean(TestUsers.class);
        records = context.getBean(Records.class);
        enrollments = context.getBean(Enrollments.class);
        stepRuns = context.getBean(StepRuns.class);
        workers = context.getBean(Workers.class);
        mail = context.getBean(TestMail.class);
        jdbc = context.getBean(JdbcClient.class);
        boss = users.administrator();
    }

    /** @param kind one that ends with an exclamation mark is made anew for each call */
    String of(String kind, Person owner) {
        if (kind.endsWith("!")) {
            return make(kind.substring(0, kind.length() - 1), owner);
        }
        String known = made.get(kind + owner.id());
        if (known == null) {
            known = make(kind, owner);
            made.put(kind + owner.id(), known);
        }
        return known;
    }

    private String make(String kind, Person owner) {
        return switch (kind) {
            case "-", "unknown" -> Cast.NOBODYS;
            case "user" -> owner.id().toString();
            case "fresh-user" -> users.seller().id().toString();
            case "lead" -> lead(owner);
            case "sequence" -> posted(owner, "/sequences", "{\"name\": \"S\", \"steps\": [" + TASK + "]}");
            case "enrollment", "enrollment-of-step", "enrollment-of-incident", "enrollment-of-reply" ->
                enrollment(owner, kind, TASK);
            case "step" -> step(owner, "step");
            case "incident" -> incident(owner);
            case "conversation" -> conversation(owner);
            case "mailbox" ->
                mail.mailbox(TestUsers.next("m") + "@example.com", owner.id(), TestMail.smtpPort())
                        .id()
                        .toString();
            case "snippet" -> posted(owner, "/snippets", named("\"html\": \"<p>x</p>\""));
            case "shared-snippet" -> posted(boss, "/snippets", named("\"html\": \"<p>x</p>\", \"shared\": true"));
            case "view" -> posted(owner, "/views", named("\"recordType\": \"LEAD\""));
            case "api-key" -> posted(owner, "/api-keys", named(null));
            case "operation" -> operation(owner);
            case "stand-in" -> standIn(owner);
            case "audience" ->
                posted(
                        boss,
                        "/audiences",
                        named(
                                "\"sequence\": \"" + of("sequence", boss) + "\", \"filter\": {\"all\": [{\"field\":"
                                        + " \"city\", \"op\": \"EQUALS\", \"value\": \"Nowhere\"}]}, \"when\": {\"kind\": \"ON_CHANGE\"}"));
            case "tag" -> posted(boss, "/tags", named(null));
            case "team" -> posted(boss, "/teams", named("\"unit\": \"" + boss.unit() + "\""));
            case "unit" -> posted(boss, "/units", named(null));
            case "suppression" ->
                posted(boss, "/suppressions", "{\"address\": \"" + TestUsers.next("a") + "@x.example\"}");
            case "template" -> template("/email-templates", "\"subject\": \"Hi\", \"html\": \"<p>Hi</p>\"");
            case "text-template" -> template("/text-templates", "\"text\": \"Hi\"");
            case "sequence-template" ->
                api.as(boss)
                        .get("/sequence-templates")
                        .body()
                        .at("/items/0/key")
                        .asText();
            case "process" ->
                posted(
                        boss,
                        "/processes",
                        named("\"recordType\": \"OPPORTUNITY\", \"field\": \"stage\", \"stages\":"
                                + " [{\"code\": \"A\", \"label\": \"A\"}]"));
            case "webhook" ->
                posted(
                        boss,
                        "/webhooks",
                        "{\"url\": \"https://example.com/h\", \"events\": [\"enrollment.connected\"]}");
            default -> throw new IllegalArgumentException("There is no prop '" + kind + "'.");
        };
    }

    private static String named(String more) {
        return "{\"name\": \"" + TestUsers.next("prop") + "\"" + (more == null ? "" : ", " + more) + "}";
    }

    private String posted(Person by, String path, String body) {
        Answer answer = api.as(by).post(path, body);
        if (answer.status() / 100 != 2) {
            throw new AssertionError(path + ": " + answer);
        }
        return answer.body().get("id").asText();
    }

    private String template(String path, String content) {
        String name = TestUsers.next("template");
        Answer answer = api.as(boss)
                .post(
                        path,
                        "{\"name\": \"" + name + "\", " + content
                                + ", \"language\": \"en\", \"recordType\": \"LEAD\"}");
        if (answer.status() != 201) {
            throw new AssertionError(answer.toString());
        }
        return name;
    }

    private String lead(Person owner) {
        return records.create(
                        RecordType.LEAD,
                        Map.of("lastName", "Lovelace", "email", TestUsers.next("a") + "@prospect.example"),
                        Principal.user(owner.id()),
                        "NEW",
                        Actor.SYSTEM)
                .id()
                .toString();
    }

    /**
     * Connected by the boss to the boss's sequence: only the record and its steps are the owner's. Everybody of the cast
     * gets one at once, because connecting takes its time.
     */
    private String enrollment(Person owner, String kind, String steps) {
        String id = posted(boss, "/sequences", "{\"name\": \"S\", \"steps\": [" + steps + "]}");
        api.as(boss).post("/sequences/" + id + "/activate");
        Map<Person, String> leads = new HashMap<>();
        cast.forEach(person -> leads.put(person, lead(person)));
        enrollments.connect(users.caller(boss), SequenceId.of(id), List.copyOf(leads.values()), null, null, null);
        workers.drain();
        leads.forEach((person, lead) -> made.put(
                kind + person.id(),
                enrollments.ofRecord(RecordId.of(lead)).get(0).id().toString()));
        return made.get(kind + owner.id());
    }

    private String step(Person owner, String kind) {
        var enrollment = EnrollmentId.of(of("enrollment-of-" + kind, owner));
        return stepRuns.of(enrollment).get(0).id().toString();
    }

    private String incident(Person owner) {
        String step = step(owner, "incident");
        jdbc.sql("update step_run set state = 'FAILED' where id = ?")
                .param(UUID.fromString(step))
                .update();
        return step;
    }

    private String conversation(Person owner) {
        UUID id = UUID.randomUUID();
        UUID enrollment = UUID.fromString(of("enrollment-of-reply", owner));
        jdbc.sql("""
                        insert into inbox_conversation (id, enrollment, record, owner, received_at, from_address)
                        select ?, id, record_id, ?, connected_at, 'ada@prospect.example' from enrollment where id = ?
                        """).params(id, owner.id().value(), enrollment).update();
        return id.toString();
    }

    private String operation(Person owner) {
        return api.as(owner)
                .post("/enrollments/actions", "{\"action\": \"PAUSE\", \"ids\": []}")
                .body()
                .get("operation")
                .asText();
    }

    private String standIn(Person owner) {
        api.as(boss).post("/hand-overs", Map.of("from", owner.username(), "to", boss.username(), "future", true));
        return owner.id().toString();
    }
}
