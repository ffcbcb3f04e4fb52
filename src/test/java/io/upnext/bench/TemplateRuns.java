package io.upnext.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.upnext.enrollment.Enrollment.State;
import io.upnext.enrollment.Enrollments;
import io.upnext.shared.RecordId;
import io.upnext.shared.RecordType;
import io.upnext.shared.SequenceId;
import io.upnext.testing.Api;
import io.upnext.testing.Journey;
import io.upnext.testing.TestUsers.Person;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The sequences that come with the product, each begun, activated and connected to imported records over the API. */
final class TemplateRuns {

    private final Journey journey;
    private final Api api;
    private final Enrollments enrollments;
    private final JdbcClient jdbc;
    private final Person manager;
    private final Person administrator;
    private final List<Running> all = new ArrayList<>();

    TemplateRuns(
            Journey journey, Api api, Enrollments enrollments, JdbcClient jdbc, Person manager, Person administrator) {
        this.journey = journey;
        this.api = api;
        this.enrollments = enrollments;
        this.jdbc = jdbc;
        this.manager = manager;
        this.administrator = administrator;
    }

    /** @param enrolled how many were taken when it began */
    private record Running(String key, SequenceId sequence, boolean endedByReplies, long enrolled) {}

    /** Each template on records of its own; of leads and contacts so many each. */
    void begin(SalesOffice office, int leads, int contacts) {
        Map<RecordType, List<RecordId>> records = new EnumMap<>(RecordType.class);
        records.put(RecordType.LEAD, office.imported(RecordType.LEAD, "NEW"));
        records.put(RecordType.CONTACT, office.imported(RecordType.CONTACT, "ACTIVE"));
        records.put(RecordType.OPPORTUNITY, office.imported(RecordType.OPPORTUNITY, "OPEN"));
        records.put(RecordType.ACCOUNT, office.imported(RecordType.ACCOUNT, "ACTIVE"));
        Map<RecordType, Integer> most = Map.of(RecordType.LEAD, leads, RecordType.CONTACT, contacts);
        for (JsonNode template :
                api.as(manager).get("/sequence-templates").body().get("items")) {
            JsonNode definition = template.get("definition");
            RecordType type = RecordType.valueOf(definition.get("recordType").asText());
            List<RecordId> left = records.get(type);
            List<RecordId> some = left.subList(0, Math.min(left.size(), most.getOrDefault(type, Integer.MAX_VALUE)));
            records.put(type, left.subList(some.size(), left.size()));
            boolean endedByReplies =
                    definition.path("options").path("exitOnReply").asBoolean(true);
            all.add(begin(template.get("key").asText(), endedByReplies, some));
        }
    }

    private Running begin(String key, boolean endedByReplies, List<RecordId> records) {
        JsonNode made = done(api.as(manager).post("/sequence-templates/" + key + "/sequences"), 201);
        String path = "/sequences/" + made.get("id").asText();
        done(api.as(manager).post(path + "/activate", Map.of("changeDescription", "first")), 200);
        JsonNode started = done(
                api.as(manager)
                        .post(
                                path + "/enrollments",
                                Map.of(
                                        "recordIds",
                                        records.stream().map(RecordId::toString).toList())),
                202);
        journey.run();
        JsonNode connected = done(
                api.as(manager).get("/operations/" + started.get("operation").asText()), 200);
        assertThat(connected.get("succeeded").asLong())
                .as(key + " " + connected)
                .isEqualTo(records.size());
        return new Running(key, SequenceId.of(made.get("id").asText()), endedByReplies, records.size());
    }

    private static JsonNode done(Api.Answer answer, int status) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        return answer.body();
    }

    /** By the templates' keys, in the order they are offered. */
    Map<String, SequenceId> sequences() {
        Map<String, SequenceId> sequences = new LinkedHashMap<>();
        all.forEach(one -> sequences.put(one.key(), one.sequence()));
        return sequences;
    }

    Set<SequenceId> endedByReplies() {
        return all.stream()
                .filter(Running::endedByReplies)
                .map(Running::sequence)
                .collect(Collectors.toSet());
    }

    UUID[] ids() {
        return all.stream().map(one -> one.sequence().value()).toArray(UUID[]::new);
    }

    long running() {
        return jdbc.sql("select count(*) from enrollment where sequence_id = any(?) and ended_at is null")
                .param(ids())
                .query(Long.class)
                .single();
    }

    void check() {
        all.forEach(this::holds);
    }

    /** The sum rule, and what the product itself checks. */
    private void holds(Running one) {
        Map<State, Long> counts = enrollments.countByState(one.sequence());
        assertThat(counts.values().stream().mapToLong(Long::longValue).sum())
                .as(one.key() + " " + counts)
                .isEqualTo(one.enrolled());
        JsonNode report = api.as(administrator)
                .post("/admin/check?sequence=" + one.sequence())
                .body();
        assertThat(report.path("findings")).as(one.key() + " " + report).isEmpty();
        assertThat(report.path("ok").asBoolean()).isTrue();
    }

    /** Who has not ended, by sequence, state and step. */
    List<String> left() {
        return jdbc.sql("""
                        select s.name || ' ' || e.state || ' ' || coalesce(r.step_id || ' ' || r.state, '') || ' '
                            || coalesce(r.cause, '') || ': ' || count(*)
                        from enrollment e join sequence s on s.id = e.sequence_id left join step_run r
                            on r.enrollment_id = e.id and r.finished_at is null
                        where e.sequence_id = any(?) and e.ended_at is null
                        group by s.name, e.state, r.step_id, r.state, r.cause
                        """).param(ids()).query(String.class).list();
    }
}
