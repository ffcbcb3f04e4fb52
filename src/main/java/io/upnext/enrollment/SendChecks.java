package io.upnext.enrollment;

import io.upnext.messaging.SendGate;
import io.upnext.record.CrmRecord;
import io.upnext.record.Fields;
import io.upnext.record.Records;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.RecordId;
import io.upnext.shared.StepRunId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** Says at the moment of sending whether the enrollment still wants its mail. */
@Component
class SendChecks implements SendGate {

    private final EnrollmentRows enrollments;
    private final StepRunRows runs;
    private final ExitFilters filters;
    private final Records records;
    private final Fields fields;
    private final Holds holds;

    SendChecks(
            EnrollmentRows enrollments,
            StepRunRows runs,
            ExitFilters filters,
            Records records,
            Fields fields,
            Holds holds) {
        this.enrollments = enrollments;
        this.runs = runs;
        this.filters = filters;
        this.records = records;
        this.fields = fields;
        this.holds = holds;
    }

    @Override
    public Map<StepRunId, Decision> ask(Collection<Question> questions) {
        Map<EnrollmentId, Enrollment> locked = enrollments.lockAll(distinct(questions, Question::enrollment));
        Map<StepRunId, StepRun> found = runs.findAll(distinct(questions, Question::stepRun));
        Map<RecordId, CrmRecord> known = records.findAll(
                locked.values().stream().map(Enrollment::record).distinct().toList());
        Set<EnrollmentId> held = holds.among(locked.keySet());
        Map<StepRunId, Decision> decisions = new HashMap<>();
        for (Question question : questions) {
            Enrollment enrollment = locked.get(question.enrollment());
            decisions.put(
                    question.stepRun(),
                    enrollment == null
                            ? Decision.CANCEL
                            : decide(
                                    enrollment,
                                    found.get(question.stepRun()),
                                    known.get(enrollment.record()),
                                    held.contains(enrollment.id())));
        }
        return decisions;
    }

    private static <T> List<T> distinct(Collection<Question> questions, Function<Question, T> part) {
        return questions.stream().map(part).distinct().toList();
    }

    private Decision decide(Enrollment enrollment, StepRun run, CrmRecord record, boolean held) {
        if (enrollment.state() == Enrollment.State.PAUSED) {
            return Decision.HOLD;
        }
        if (!wanted(enrollment, run) || ending(enrollment, record)) {
            return Decision.CANCEL;
        }
        return held && automated(run) ? Decision.HOLD : Decision.SEND;
    }

    /** What a person sends goes even to who is away. */
    private static boolean automated(StepRun run) {
        return !"QUEUED".equals(run.outcome());
    }

    /** The record was closed, or meets the exit filter, a moment ago: the exit itself is about to follow. */
    private boolean ending(Enrollment enrollment, CrmRecord record) {
        boolean closed = record == null || fields.isClosed(record.type(), record.state());
        return closed
                || (filters.has(enrollment)
                        && filters.met(
                                enrollment, records.graph(enrollment.record()).orElse(null)));
    }

    /**
     * A seller's mail was asked for by a person: it leaves even where it was the last step and the enrollment has
     * completed meanwhile. An automated one only while its step waits for it.
     */
    private boolean wanted(Enrollment enrollment, StepRun run) {
        if (run == null) {
            return false;
        }
        return "QUEUED".equals(run.outcome())
                ? enrollment.live() || enrollment.state() == Enrollment.State.COMPLETED
                : enrollment.live() && run.finishedAt() == null;
    }
}
