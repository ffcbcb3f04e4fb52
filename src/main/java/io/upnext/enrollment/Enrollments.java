package io.upnext.enrollment;

import io.upnext.enrollment.Enrollment.State;
import io.upnext.operation.Operations;
import io.upnext.record.CrmRecord;
import io.upnext.record.Records;
import io.upnext.security.AuditLog;
import io.upnext.security.CurrentUser;
import io.upnext.security.Right;
import io.upnext.sequence.Sequence;
import io.upnext.sequence.Sequences;
import io.upnext.sequence.Span;
import io.upnext.sequence.Versions;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.InvalidException;
import io.upnext.shared.NotFoundException;
import io.upnext.shared.OperationId;
import io.upnext.shared.PageQuery;
import io.upnext.shared.Paged;
import io.upnext.shared.Problem;
import io.upnext.shared.RecordId;
import io.upnext.shared.SequenceId;
import io.upnext.shared.UnprocessableException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The enrollments: connecting records to sequences and looking them up. */
@Component
public class Enrollments {

    private static final long MOST_HOURS_BEFORE = 365 * 24;

    private static final Map<String, String> SORTS = Map.of(
            "connectedAt", "connected_at",
            "endedAt", "ended_at",
            "state", "state",
            "reason", "reason",
            "version", "version_number");

    private final EnrollmentRows rows;
    private final EnrollmentLists lists;
    private final Records records;
    private final Sequences sequences;
    private final Versions versions;
    private final Operations operations;
    private final AuditLog audit;
    private final Clock clock;

    Enrollments(
            EnrollmentRows rows,
            EnrollmentLists lists,
            Records records,
            Sequences sequences,
            Versions versions,
            Operations operations,
            AuditLog audit,
            Clock clock) {
        this.rows = rows;
        this.lists = lists;
        this.records = records;
        this.sequences = sequences;
        this.versions = versions;
        this.operations = operations;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Connects records in the background; what cannot be connected is a refused item of the operation.
     *
     * @param wait before the first step; null starts at once
     * @param startAtStep null starts at the beginning
     * @throws UnprocessableException where the active version has no such step
     */
    @Transactional
    public OperationId connect(
            CurrentUser user, SequenceId id, List<String> recordIds, Span wait, String startAtStep, String source) {
        Sequence sequence = sequences.get(user, id);
        checkStart(sequence, startAtStep);
        checkWait(wait);
        ConnectRequest request =
                new ConnectRequest(id, ConnectRequest.startAt(wait, clock.instant()), startAtStep, source);
        audit.add(user.actor(), "sequence.connect", "sequence:" + id, null, Map.of("records", recordIds.size()));
        return operations.submit(ConnectOperation.KIND, user, request, recordIds);
    }

    void checkStart(Sequence sequence, String startAtStep) {
        if (startAtStep == null || sequence.activeVersion() == null) {
            return;
        }
        if (versions.index(sequence.activeVersion()).step(startAtStep).isEmpty()) {
            String message = "The active version of '" + sequence.name() + "' has no step '" + startAtStep + "'.";
            throw new UnprocessableException(message, List.of(Problem.error("start-step", startAtStep, message)));
        }
    }

    private static void checkWait(Span wait) {
        boolean bad = wait != null
                && (wait.wholeDays() < 0
                        || wait.wholeHours() < 0
                        || wait.wholeDays() * 24L + wait.wholeHours() > MOST_HOURS_BEFORE);
        if (bad) {
            throw new UnprocessableException("'wait' must lie between nothing and 365 days.");
        }
    }

    public Optional<Enrollment> find(EnrollmentId id) {
        return rows.find(id);
    }

    /** @throws NotFoundException where there is none or the user may not see its record */
    public Enrollment get(CurrentUser user, EnrollmentId id) {
        return rows.find(id).filter(enrollment -> visible(user, enrollment)).orElseThrow(() -> unknown(id));
    }

    static NotFoundException unknown(EnrollmentId id) {
        return new NotFoundException("There is no enrollment '" + id + "'.");
    }

    /** A record that is gone leaves its enrollments to those who see the sequence. */
    private boolean visible(CurrentUser user, Enrollment enrollment) {
        Optional<CrmRecord> record = records.find(enrollment.record());
        return record.map(found -> records.visible(user, found)).orElseGet(() -> user.may(Right.ADMINISTER));
    }

    public List<Enrollment> ofRecord(RecordId record) {
        return rows.ofRecord(record);
    }

    /** @throws InvalidException where the sort is unknown */
    public Paged<Enrollment> ofSequence(CurrentUser user, SequenceId sequence, State state, PageQuery page) {
        sequences.get(user, sequence);
        Map<State, Long> counts = lists.countByState(sequence);
        long total = state == null
                ? counts.values().stream().mapToLong(Long::longValue).sum()
                : counts.getOrDefault(state, 0L);
        return Paged.of(lists.list(sequence, state, order(page), page.size(), page.offset()), page, total);
    }

    /** How many are in each state; together they are all that were ever enrolled. */
    public Map<State, Long> countByState(SequenceId sequence) {
        return lists.countByState(sequence);
    }

    private static String order(PageQuery page) {
        StringBuilder order = new StringBuilder();
        for (PageQuery.Sort sort : page.sort()) {
            String column = SORTS.get(sort.property());
            if (column == null) {
                throw new InvalidException("Enrollments cannot be sorted by '" + sort.property() + "'; take one of "
                        + String.join(", ", SORTS.keySet().stream().sorted().toList()) + ".");
            }
            order.append(column).append(sort.ascending() ? " asc, " : " desc, ");
        }
        return order.append("id").toString();
    }
}
