package io.upnext.enrollment;

import io.upnext.messaging.Outbox;
import io.upnext.messaging.OutgoingMail;
import io.upnext.messaging.SequenceWindow;
import io.upnext.shared.EnrollmentId;
import org.springframework.stereotype.Component;

/**
 * The mail steps that begin in one transaction, with the mails they queue: where many do, in one statement for the runs
 * and one for the mails. An enrollment stays at such a step, so that nothing asks for its rows meanwhile.
 */
@Component
class BegunMails {

    private final Together<Begun> begun;

    BegunMails(StepRunRows runs, Outbox outbox) {
        begun = new Together<>(all -> {
            runs.insert(all.stream().map(Begun::run).toList());
            outbox.queue(all.stream().map(Begun::mail).toList());
        });
    }

    private record Begun(StepRun run, Outbox.Asked mail) {}

    void add(StepRun run, OutgoingMail mail, SequenceWindow window) {
        begun.add(run.enrollment(), new Begun(run, new Outbox.Asked(mail, window)));
    }

    /** What begins in the work is written at its end. */
    void together(Runnable work) {
        begun.during(work);
    }

    void writeOf(EnrollmentId enrollment) {
        begun.writeOf(enrollment);
    }
}
