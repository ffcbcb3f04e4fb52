package io.upnext.enrollment.audience;

import io.upnext.enrollment.ConnectBatch;
import io.upnext.operation.Operations.Result;
import io.upnext.record.RecordSelections;
import io.upnext.record.Records;
import io.upnext.shared.AudienceId;
import io.upnext.shared.Problem;
import io.upnext.shared.RecordId;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Connects who has entered an audience, a batch in the caller's transaction together with what came of it: a crash
 * repeats nobody and loses nobody. What was true when they entered is asked again.
 */
@Component
class Joining {

    private final AudienceRows audiences;
    private final MemberRows members;
    private final Reaches reaches;
    private final RecordSelections selections;
    private final Records records;
    private final ConnectBatch connecting;
    private final Evaluation evaluation;
    private final Clock clock;

    Joining(
            AudienceRows audiences,
            MemberRows members,
            Reaches reaches,
            RecordSelections selections,
            Records records,
            ConnectBatch connecting,
            Evaluation evaluation,
            Clock clock) {
        this.audiences = audiences;
        this.members = members;
        this.reaches = reaches;
        this.selections = selections;
        this.records = records;
        this.connecting = connecting;
        this.evaluation = evaluation;
        this.clock = clock;
    }

    /** @return how many were handled; 0 where somebody else has them all, or the audience cannot connect */
    int batch(AudienceId id, int size) {
        Optional<Audience> found =
                audiences.hold(id).filter(audience -> audience.enabled() && audience.problem() == null);
        if (found.isEmpty()) {
            return 0;
        }
        Audience audience = found.get();
        List<RecordId> batch = members.take(id, size);
        if (batch.isEmpty()) {
            return 0;
        }
        Reach reach = reaches.of(audience);
        if (!reach.works()) {
            throw new Held(audience, reach.problem());
        }
        join(audience, reach, batch);
        return batch.size();
    }

    private void join(Audience audience, Reach reach, List<RecordId> batch) {
        records.hold(batch);
        Set<RecordId> still = selections.among(reach.found(), batch);
        members.remove(
                audience.id(),
                batch.stream().filter(record -> !still.contains(record)).toList());
        Set<RecordId> own = new LinkedHashSet<>(batch);
        own.retainAll(still);
        for (Audience higher : own.isEmpty() ? List.<Audience>of() : audiences.before(audience)) {
            own.removeAll(yielded(audience, higher, own));
        }
        if (!own.isEmpty()) {
            String source = audience.name();
            members.connected(
                    audience.id(),
                    connecting.connect(reach.owner(), reach.sequence(), audience.id(), source, new ArrayList<>(own)));
        }
    }

    /** Those that an audience of higher priority wants, unless it has been refused them. */
    private Set<RecordId> yielded(Audience audience, Audience higher, Set<RecordId> records) {
        Reach reach = reaches.of(higher);
        if (!reach.works() || records.isEmpty()) {
            return Set.of();
        }
        Set<RecordId> wanted = selections.among(reach.found(), records);
        if (!wanted.isEmpty()) {
            wanted.removeAll(members.refused(higher.id(), wanted));
        }
        if (!wanted.isEmpty()) {
            members.yield(
                    audience.id(),
                    wanted,
                    Problem.error(
                            "priority", "The audience '" + higher.name() + "' comes first and holds the record."));
        }
        return wanted;
    }

    /** The record cannot be connected because of a fault: it is kept as refused, so that it holds up nobody else. */
    int giveUp(AudienceId id) {
        List<RecordId> one = members.take(id, 1);
        members.connected(
                id,
                one.stream()
                        .map(record -> Result.refused(
                                record.toString(),
                                Problem.error(
                                        "internal",
                                        "The record could not be connected because of a fault in Upnext; the log of"
                                                + " the server has it.")))
                        .toList());
        return one.size();
    }

    /** Says so on the audience, which is looked at again when its time comes. */
    void keep(Held held) {
        audiences
                .lock(held.audience.id())
                .filter(Audience::enabled)
                .ifPresent(audience ->
                        audiences.evaluated(audience.id(), clock.instant(), evaluation.next(audience), held.problem));
    }

    /** The audience cannot connect any more; carried out of the transaction that only held it. */
    static final class Held extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient Audience audience;
        private final transient Problem problem;

        private Held(Audience audience, Problem problem) {
            super(problem.message(), null, false, false);
            this.audience = audience;
            this.problem = problem;
        }
    }
}
