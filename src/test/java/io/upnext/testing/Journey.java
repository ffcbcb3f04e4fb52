package io.upnext.testing;

import com.fasterxml.jackson.databind.JsonNode;
import io.upnext.enrollment.Enrollment;
import io.upnext.enrollment.Enrollments;
import io.upnext.enrollment.StepRun;
import io.upnext.enrollment.StepRuns;
import io.upnext.messaging.template.TemplateCatalogue;
import io.upnext.operation.Workers;
import io.upnext.record.Records;
import io.upnext.security.Role;
import io.upnext.security.Settings;
import io.upnext.shared.Actor;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.Principal;
import io.upnext.shared.RecordId;
import io.upnext.shared.RecordType;
import io.upnext.shared.SequenceId;
import io.upnext.shared.UnitId;
import io.upnext.testing.TestUsers.Person;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A sales team with a mailbox, sequences and leads, for tests that follow records through a sequence: everything is made
 * over the API, and time passes by {@link #advance}.
 */
public final class Journey {

    private final Api api;
    private final TestUsers users;
    private final TestMail mail;
    private final Enrollments enrollments;
    private final StepRuns stepRuns;
    private final Workers workers;
    private final Settings settings;
    private final Records records;
    private final TemplateCatalogue templates;
    private final MutableClock clock;

    Journey(
            Api api,
            TestUsers users,
            TestMail mail,
            Enrollments enrollments,
            StepRuns stepRuns,
            Workers workers,
            Settings settings,
            Records records,
            TemplateCatalogue templates,
            MutableClock clock) {
        this.api = api;
        this.users = users;
        this.mail = mail;
        this.enrollments = enrollments;
        this.stepRuns = stepRuns;
        this.workers = workers;
        this.settings = settings;
        this.records = records;
        this.templates = templates;
        this.clock = clock;
    }

    /** A manager and a seller of one unit; the seller's mailbox works. */
    public record SalesTeam(Person manager, Person seller) {}

    public SalesTeam team() {
        settings.set(Actor.SYSTEM, "postalAddress", "Upnext, 1 Test Street, Testville");
        UnitId unit = users.unit().id();
        Person seller = users.with(unit, Role.SALESPERSON);
        mail.mailboxOf(seller);
        return new SalesTeam(users.with(unit, Role.SEQUENCE_MANAGER), seller);
    }

    /** A template of its own name whose mail links to a page; answers the name. */
    public String template(SalesTeam team) {
        String name = TestUsers.next("template");
        templates.create(
                users.caller(team.manager()),
                new TemplateCatalogue.Draft(
                        name,
                        "Hello {{record.firstName|there}}",
                        "<p>See <a href=\"https://www.example.com/offer\">our offer</a>.</p>",
                        null,
                        "en",
                        RecordType.LEAD));
        return name;
    }

    public RecordId lead(SalesTeam team, Map<String, Object> fields) {
        Map<String, Object> all = new HashMap<>(Map.of(
                "firstName",
                "Ada",
                "lastName",
                TestUsers.next("Lead"),
                "email",
                TestUsers.next("lead") + "@prospects.example"));
        all.putAll(fields);
        return records.create(RecordType.LEAD, all, Principal.user(team.seller().id()), "NEW", Actor.SYSTEM)
                .id();
    }

    public RecordId lead(SalesTeam team) {
        return lead(team, Map.of());
    }

    public String addressOf(RecordId lead) {
        return records.find(lead).orElseThrow().text("email");
    }

    /** An active sequence with these steps and options, both as JSON. */
    public SequenceId sequence(SalesTeam team, String steps, String options) {
        return active(team, "\"mode\": \"ADAPTIVE\", \"options\": %s, \"steps\": %s".formatted(options, steps));
    }

    /** An active sequence with this mode, schedule, options and steps, written as members of a JSON object. */
    public SequenceId active(SalesTeam team, String members) {
        JsonNode made =
                created(api.as(team.manager()).post("/sequences", """
                {"name": "%s", "recordType": "LEAD", %s}
                """.formatted(TestUsers.next("Sequence"), members)));
        String id = made.get("id").asText();
        Api.Answer activated =
                api.as(team.manager()).post("/sequences/" + id + "/activate", Map.of("changeDescription", "first"));
        if (activated.status() != 200) {
            throw new AssertionError("Activation: " + activated);
        }
        return SequenceId.of(id);
    }

    public SequenceId sequence(SalesTeam team, String steps) {
        return sequence(team, steps, "{}");
    }

    /** Connects, and lets everything that is due run; answers the enrollment of the first. */
    public EnrollmentId connect(SalesTeam team, SequenceId sequence, RecordId... records) {
        enrollments.connect(
                users.caller(team.manager()),
                sequence,
                Arrays.stream(records).map(RecordId::toString).toList(),
                null,
                null,
                null);
        run();
        return enrollments.ofRecord(records[0]).stream()
                .filter(enrollment -> enrollment.sequence().equals(sequence))
                .findFirst()
                .map(Enrollment::id)
                .orElseThrow(() -> new AssertionError("Not connected: " + records[0]));
    }

    /** Everything that is due now, and what becomes due by that. */
    public void run() {
        workers.drain();
    }

    /** Time passes; everything happens when it is due. */
    public void advance(Duration duration) {
        Instant end = clock.instant().plus(duration);
        run();
        for (Instant next = nextDue(); next != null && !next.isAfter(end); next = nextDue()) {
            clock.set(next);
            run();
        }
        clock.set(end);
        run();
    }

    /** When something is due next, of whatever test; null where nothing is. */
    public Instant nextDue() {
        return workers.nextDue(clock.instant()).orElse(null);
    }

    public Enrollment enrollment(EnrollmentId id) {
        return enrollments.find(id).orElseThrow();
    }

    /** The steps the enrollment has visited, in order, each as {@code step:STATE} and, where there is one, the outcome. */
    public List<String> path(EnrollmentId id) {
        return stepRuns.of(id).stream()
                .map(run -> run.stepId() + ":" + run.state() + (run.outcome() == null ? "" : ":" + run.outcome()))
                .toList();
    }

    public StepRun open(EnrollmentId id) {
        List<StepRun> open = stepRuns.of(id).stream().filter(StepRun::isOpen).toList();
        if (open.size() != 1) {
            throw new AssertionError("One open step expected, there are " + path(id));
        }
        return open.get(0);
    }

    private static JsonNode created(Api.Answer answer) {
        if (answer.status() / 100 != 2) {
            throw new AssertionError(answer.toString());
        }
        return answer.body();
    }
}
