package io.upnext.enrollment.audience;

import io.upnext.enrollment.Enrollment.Reason;
import io.upnext.enrollment.RequestedExits;
import io.upnext.enrollment.audience.MemberRows.Only;
import io.upnext.operation.Workers;
import io.upnext.security.Settings;
import io.upnext.sequence.Definition;
import io.upnext.sequence.Definition.Mode;
import io.upnext.sequence.Sequence;
import io.upnext.sequence.Sequences;
import io.upnext.sequence.Versions;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.SequenceId;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Compares who is in an audience with whom it finds now, in the database. The caller's transaction has locked the
 * audience, so evaluations of one happen one after another, whichever node does them.
 */
@Component
class Evaluation {

    /** More in one transaction would keep changes of records waiting behind it. */
    static final int BATCH = 10_000;

    private final AudienceRows audiences;
    private final MemberRows members;
    private final Reaches reaches;
    private final RequestedExits exits;
    private final Sequences sequences;
    private final Versions versions;
    private final Settings settings;
    private final Workers workers;
    private final Clock clock;

    Evaluation(
            AudienceRows audiences,
            MemberRows members,
            Reaches reaches,
            RequestedExits exits,
            Sequences sequences,
            Versions versions,
            Settings settings,
            Workers workers,
            Clock clock) {
        this.audiences = audiences;
        this.members = members;
        this.reaches = reaches;
        this.exits = exits;
        this.sequences = sequences;
        this.versions = versions;
        this.settings = settings;
        this.workers = workers;
        this.clock = clock;
    }

    /** Does one batch of a whole evaluation; the last one sets the time of the next. Repeating a part changes nothing. */
    void whole(Audience audience) {
        Reach reach = reaches.of(audience);
        if (!reach.works()) {
            audiences.evaluated(audience.id(), clock.instant(), next(audience), reach.problem());
            return;
        }
        boolean more = moved(audience, reach, Only.ALL);
        if (!more) {
            members.tryAgain(audience.id(), Only.ALL);
            audiences.evaluated(audience.id(), clock.instant(), next(audience), null);
        }
        workers.wake(AudienceWorker.NAME);
    }

    /** Looks at some records only. One that does not work at the moment looks at everything once it does again. */
    void changed(Audience audience, Only only) {
        Reach reach = audience.problem() == null ? reaches.of(audience) : null;
        if (reach == null || !reach.works()) {
            return;
        }
        while (moved(audience, reach, only)) {
            // An account with more contacts than fit into a batch.
        }
        members.tryAgain(audience.id(), only);
        workers.wake(AudienceWorker.NAME);
    }

    /** @return whether there may be more */
    private boolean moved(Audience audience, Reach reach, Only only) {
        int entered = members.enter(audience.id(), reach.found(), only, clock.instant(), BATCH);
        List<Optional<EnrollmentId>> left =
                members.leave(audience.id(), reach.found(), only, reach.asksForSequences(), BATCH);
        if (audience.disconnectOnLeave()) {
            exits.request(left.stream().flatMap(Optional::stream).toList(), Reason.CRITERIA_MET);
        }
        return entered == BATCH || left.size() == BATCH;
    }

    /** When the audience is looked at as a whole next. */
    Instant next(Audience audience) {
        Instant now = clock.instant();
        ZoneId zone = settings.timeZone();
        Definition running = runs(audience.sequence()).orElse(null);
        if (running != null) {
            return Times.beforeRun(running, now, zone);
        }
        return audience.when() == null ? now.plus(Times.SWEEP) : Times.next(audience.when(), now, zone);
    }

    /** What runs of a sequence whose schedule says when; empty for an Adaptive one, or where none is active. */
    private Optional<Definition> runs(SequenceId id) {
        return sequences
                .find(id)
                .map(Sequence::activeVersion)
                .map(version -> versions.get(version).definition())
                .filter(definition -> definition.effectiveMode() != Mode.ADAPTIVE);
    }
}
