package io.upnext.worklist.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.upnext.operation.Workers;
import io.upnext.record.CrmRecord;
import io.upnext.record.Records;
import io.upnext.security.Settings;
import io.upnext.shared.Actor;
import io.upnext.shared.Principal;
import io.upnext.shared.RecordType;
import io.upnext.testing.Api;
import io.upnext.testing.Api.Answer;
import io.upnext.testing.EngineJobs;
import io.upnext.testing.TestMail;
import io.upnext.testing.TestUsers;
import io.upnext.testing.TestUsers.Person;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.springframework.context.ApplicationContext;

/** What tests of sellers at work need over and over: active sequences, leads of a seller, and both connected. */
final class Selling {

    static final String TASK = "{\"id\": \"meet\", \"type\": \"TASK\", \"name\": \"Arrange the meeting\","
            + " \"description\": \"Ask for a date\", \"checklist\": [\"Agenda\"]}";
    static final String CALL =
            "{\"id\": \"call\", \"type\": \"PHONE_CALL\", \"name\": \"First call\", \"script\": \"Hello\"}";
    static final String EMAIL = "{\"id\": \"mail\", \"type\": \"EMAIL\", \"name\": \"Write to them\"}";

    private final Api api;
    private final TestUsers users;
    private final Records records;
    private final Workers workers;
    private final EngineJobs jobs;
    private final TestMail mail;
    private final Settings settings;
    private Person manager;

    Selling(ApplicationContext context) {
        this.api = context.getBean(Api.class);
        this.users = context.getBean(TestUsers.class);
        this.records = context.getBean(Records.class);
        this.workers = context.getBean(Workers.class);
        this.jobs = context.getBean(EngineJobs.class);
        this.mail = context.getBean(TestMail.class);
        this.settings = context.getBean(Settings.class);
    }

    /** Sees everything. */
    Person manager() {
        if (manager == null) {
            manager = users.manager();
        }
        return manager;
    }

    CrmRecord lead(Person owner, Map<String, Object> more) {
        String name = TestUsers.next("lead");
        Map<String, Object> fields = new HashMap<>(Map.of(
                "firstName", "Ada", "lastName", name, "company", "Engines", "email", name + "@prospect.example"));
        fields.putAll(more);
        return records.create(RecordType.LEAD, fields, Principal.user(owner.id()), "NEW", Actor.SYSTEM);
    }

    CrmRecord lead(Person owner) {
        return lead(owner, Map.of());
    }

    /** An active sequence of these steps; its id. */
    String sequence(String... steps) {
        return sequenceWith("", steps);
    }

    /** @param more further members of the definition, beginning with a comma */
    String sequenceWith(String more, String... steps) {
        String definition = "{\"name\": \"" + TestUsers.next("Sequence") + "\"" + more + ", \"steps\": ["
                + String.join(", ", steps) + "]}";
        Answer created = api.as(manager()).post("/sequences", definition);
        assertThat(created.status()).as(created.toString()).isEqualTo(201);
        String id = created.body().get("id").asText();
        Answer active = api.as(manager()).post("/sequences/" + id + "/activate", Map.of("changeDescription", "First"));
        assertThat(active.status()).as(active.toString()).isEqualTo(200);
        return id;
    }

    /** Connects them and lets everything due happen. */
    void connect(String sequence, CrmRecord... leads) {
        Answer answer = api.as(manager())
                .post(
                        "/sequences/" + sequence + "/enrollments",
                        Map.of(
                                "recordIds",
                                Arrays.stream(leads)
                                        .map(lead -> lead.id().toString())
                                        .toList()));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
        settle();
        Answer operation = api.as(manager())
                .get("/operations/" + answer.body().get("operation").asText());
        assertThat(operation.body().get("succeeded").asInt())
                .as(operation.toString())
                .isEqualTo(leads.length);
    }

    void settle() {
        workers.drain();
        jobs.runDue();
        workers.drain();
    }

    /** Lets the seller send mail: a mailbox, and the postal address that mail sequences need. */
    void equipWithMail(Person seller) {
        mail.mailboxOf(seller);
        settings.set(Actor.SYSTEM, "postalAddress", "Upnext, Street 1, 10115 Berlin");
    }

    /** A step that sends a new template by itself. */
    String automatedMail(String text) {
        String template = TestUsers.next("template");
        Answer answer = api.as(manager())
                .post(
                        "/email-templates",
                        Map.of(
                                "name",
                                template,
                                "subject",
                                text,
                                "html",
                                "<p>" + text + "</p>",
                                "language",
                                "en",
                                "recordType",
                                "LEAD"));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        return "{\"id\": \"intro\", \"type\": \"AUTOMATED_EMAIL\", \"name\": \"Introduction\", \"template\": \""
                + template + "\"}";
    }

    /** The one step a seller has to do for a new lead in a sequence of this step alone. */
    JsonNode openStep(Person seller, String step) {
        CrmRecord lead = lead(seller);
        connect(sequence(step), lead);
        return of(seller, lead, "ALL").get(0);
    }

    /** What of the seller's work list is about the lead. */
    List<JsonNode> of(Person seller, CrmRecord lead, String due) {
        Answer list = api.as(seller).get("/work-list?size=500&due=" + due);
        assertThat(list.status()).as(list.toString()).isEqualTo(200);
        List<JsonNode> found = new ArrayList<>();
        StreamSupport.stream(list.body().get("items").spliterator(), false)
                .filter(item ->
                        item.get("record").get("id").asText().equals(lead.id().toString()))
                .forEach(found::add);
        return found;
    }
}
