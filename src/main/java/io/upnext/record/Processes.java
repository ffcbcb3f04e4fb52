package io.upnext.record;

import com.fasterxml.jackson.core.type.TypeReference;
import io.upnext.security.AuditLog;
import io.upnext.security.CurrentUser;
import io.upnext.security.Right;
import io.upnext.shared.ConflictException;
import io.upnext.shared.InvalidException;
import io.upnext.shared.NotFoundException;
import io.upnext.shared.Problem;
import io.upnext.shared.RecordId;
import io.upnext.shared.RecordType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The business processes of each record type: stages in order, and the field of the record that holds the present one,
 * as the stage's code or label without regard to case. A type can have several processes, each on a field of its own.
 */
@Component
public class Processes {

    private static final int MAX_STAGES = 50;
    private static final int MAX_NAME = 100;
    private static final String SELECT =
            "select id, record_type, name, field, stages::text from business_process where ";
    private static final TypeReference<List<Stage>> STAGES = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final Fields fields;
    private final AuditLog audit;
    private final Clock clock;

    Processes(JdbcClient jdbc, Fields fields, AuditLog audit, Clock clock) {
        this.jdbc = jdbc;
        this.fields = fields;
        this.audit = audit;
        this.clock = clock;
    }

    public record Stage(String code, String label) {

        private boolean is(String value) {
            return value != null && (value.equalsIgnoreCase(code) || value.equalsIgnoreCase(label));
        }
    }

    /** @param field a text or option-set field of the record type */
    public record Process(UUID id, RecordType recordType, String name, String field, List<Stage> stages) {

        public Optional<Stage> stageOf(CrmRecord record) {
            Object value = record.value(field);
            return stages.stream()
                    .filter(stage ->
                            stage.is(value == null ? null : value.toString().strip()))
                    .findFirst();
        }
    }

    /** By name. */
    public List<Process> of(RecordType type) {
        return jdbc.sql(SELECT + "record_type = ? order by lower(name), id")
                .param(type.name())
                .query(Processes::read)
                .list();
    }

    public Optional<Process> find(RecordType type, String name) {
        return jdbc.sql(SELECT + "record_type = ? and lower(name) = lower(?)")
                .params(type.name(), name.strip())
                .query(Processes::read)
                .optional();
    }

    /** @throws NotFoundException where there is none */
    public Process get(UUID id) {
        return jdbc.sql(SELECT + "id = ?")
                .param(id)
                .query(Processes::read)
                .optional()
                .orElseThrow(() -> new NotFoundException("There is no process '" + id + "'."));
    }

    /** Is the record at one of these stages (codes, without regard to case)? Never where there is no such process. */
    public boolean isAt(CrmRecord record, String process, Collection<String> stages) {
        return find(record.type(), process)
                .flatMap(found -> found.stageOf(record))
                .filter(at -> stages.stream().anyMatch(at.code()::equalsIgnoreCase))
                .isPresent();
    }

    /** @throws InvalidException with every mistake; {@link ConflictException} where the name is taken */
    @Transactional
    public Process create(CurrentUser user, Process draft) {
        user.require(Right.MANAGE_FIELDS);
        check(draft);
        UUID id = RecordId.next().value();
        unlessTaken(
                draft, () -> jdbc.sql("insert into business_process (id, record_type, name, field, stages, created_at)"
                                + " values (?, ?, ?, ?, ?::jsonb, ?)")
                        .params(
                                id,
                                draft.recordType().name(),
                                draft.name().strip(),
                                draft.field(),
                                Json.write(draft.stages()),
                                clock.instant().atOffset(ZoneOffset.UTC))
                        .update());
        Process created = get(id);
        audit.add(user.actor(), "process.create", "process:" + id, null, created);
        return created;
    }

    /** Running conditions use what is saved from their next look on. */
    @Transactional
    public Process change(CurrentUser user, UUID id, Process draft) {
        user.require(Right.MANAGE_FIELDS);
        Process before = get(id);
        check(draft);
        if (draft.recordType() != before.recordType()) {
            throw new InvalidException(
                    "The record type of a process stays; make another process for " + draft.recordType() + ".");
        }
        unlessTaken(
                draft, () -> jdbc.sql("update business_process set name = ?, field = ?, stages = ?::jsonb where id = ?")
                        .params(draft.name().strip(), draft.field(), Json.write(draft.stages()), id)
                        .update());
        Process after = get(id);
        audit.add(user.actor(), "process.update", "process:" + id, before, after);
        return after;
    }

    /** Conditions that ask about it take No from then on. */
    @Transactional
    public void delete(CurrentUser user, UUID id) {
        user.require(Right.MANAGE_FIELDS);
        Process before = get(id);
        jdbc.sql("delete from business_process where id = ?").param(id).update();
        audit.add(user.actor(), "process.delete", "process:" + id, before, null);
    }

    private static void unlessTaken(Process draft, Runnable write) {
        try {
            write.run();
        } catch (DuplicateKeyException e) {
            throw new ConflictException(
                    "There is already a process '" + draft.name().strip() + "' for " + draft.recordType()
                            + "; choose another name or change that one.");
        }
    }

    private void check(Process draft) {
        List<Problem> problems = new ArrayList<>();
        if (draft.recordType() == null) {
            problems.add(Problem.error("record-type", "A process needs a 'recordType'."));
        }
        if (!isName(draft.name())) {
            problems.add(Problem.error("process-name", "A process needs a 'name' of at most 100 characters."));
        }
        if (draft.recordType() != null && !holdsStages(draft)) {
            problems.add(Problem.error(
                    "process-field", "'field' must be a text or option-set field of " + draft.recordType() + "."));
        }
        checkStages(draft.stages(), problems);
        if (!problems.isEmpty()) {
            throw new InvalidException(problems.get(0).message(), problems);
        }
    }

    private boolean holdsStages(Process draft) {
        return draft.field() != null
                && draft.field().indexOf('.') < 0
                && fields.find(draft.recordType(), draft.field())
                        .filter(field -> field.kind() == Field.Kind.TEXT || field.kind() == Field.Kind.OPTION_SET)
                        .isPresent();
    }

    private static void checkStages(List<Stage> stages, List<Problem> problems) {
        if (stages == null || stages.isEmpty() || stages.size() > MAX_STAGES) {
            problems.add(Problem.error("process-stages", "A process has between 1 and " + MAX_STAGES + " stages."));
            return;
        }
        Set<String> codes = new HashSet<>();
        for (Stage stage : stages) {
            if (stage == null || !isName(stage.code()) || !isName(stage.label())) {
                problems.add(Problem.error(
                        "process-stage", "Each stage needs a 'code' and a 'label' of at most 100 characters."));
            } else if (!codes.add(stage.code().toLowerCase(Locale.ROOT))) {
                problems.add(Problem.error("process-stage", "The stage '" + stage.code() + "' is there twice."));
            }
        }
    }

    private static boolean isName(String text) {
        return text != null && !text.isBlank() && text.length() <= MAX_NAME && Texts.isStorable(text);
    }

    private static Process read(ResultSet row, int number) throws SQLException {
        return new Process(
                row.getObject(1, UUID.class),
                RecordType.valueOf(row.getString(2)),
                row.getString(3),
                row.getString(4),
                Json.read(row.getString(5), STAGES));
    }
}
