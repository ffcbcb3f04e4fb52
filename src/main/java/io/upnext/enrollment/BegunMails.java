package io.upnext.enrollment;

import io.upnext.messaging.Outbox;
import io.upnext.messaging.OutgoingMail;
import io.upnext.messaging.SequenceWindow;
import io.upnext.operation.PerTransaction;
import io.upnext.shared.EnrollmentId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/**
 * The mail steps that begin in one transaction, with the mails they queue. Where many begin together, they are written
 * together at its end: an enrollment stays at such a step, so that nothing asks for its rows meanwhile; should somebody,
 * {@link #writeOf} has them written first.
 */
@Component
class BegunMails {

    private final StepRunRows runs;
    private final Outbox outbox;
    private final PerTransaction<Bound> bound = new PerTransaction<>(Bound::new);

    BegunMails(StepRunRows runs, Outbox outbox) {
        this.runs = runs;
        this.outbox = outbox;
    }

    private record Begun(StepRun run, Outbox.Asked mail) {}

    void add(StepRun run, OutgoingMail mail, SequenceWindow window) {
        Bound own = bound.get();
        own.begun.put(run.enrollment(), new Begun(run, new Outbox.Asked(mail, window)));
        if (!own.together) {
            write(own);
        }
    }

    /** What begins in the work is written at its end. */
    void together(Runnable work) {
        Bound own = bound.get();
        own.together = true;
        try {
            work.run();
        } finally {
            own.together = false;
        }
        write(own);
    }

    void writeOf(EnrollmentId enrollment) {
        Bound own = bound.get();
        if (own.begun.containsKey(enrollment)) {
            write(own);
        }
    }

    private void write(Bound own) {
        if (!own.begun.isEmpty()) {
            List<Begun> begun = new ArrayList<>(own.begun.values());
            own.begun.clear();
            runs.insert(all(begun, Begun::run));
            outbox.queue(all(begun, Begun::mail));
        }
    }

    private static <T> List<T> all(List<Begun> begun, Function<Begun, T> part) {
        return begun.stream().map(part).toList();
    }

    private static final class Bound {
        private final Map<EnrollmentId, Begun> begun = new LinkedHashMap<>();
        private boolean together;
    }
}
