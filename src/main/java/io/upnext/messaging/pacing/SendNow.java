package io.upnext.messaging.pacing;

import io.upnext.messaging.Mailbox;
import io.upnext.messaging.Mailboxes;
import io.upnext.messaging.pacing.PlanRows.Waiting;
import io.upnext.messaging.sending.Dispatcher;
import io.upnext.operation.Workers;
import io.upnext.security.Settings;
import io.upnext.shared.ConflictException;
import io.upnext.shared.StepRunId;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** When mails are going to leave, and a person's wish that one leave now. */
@Component
public class SendNow {

    private final PlanRows rows;
    private final MailPlanner planner;
    private final Caps caps;
    private final Mailboxes mailboxes;
    private final Settings settings;
    private final Workers workers;
    private final Clock clock;

    SendNow(
            PlanRows rows,
            MailPlanner planner,
            Caps caps,
            Mailboxes mailboxes,
            Settings settings,
            Workers workers,
            Clock clock) {
        this.rows = rows;
        this.planner = planner;
        this.caps = caps;
        this.mailboxes = mailboxes;
        this.settings = settings;
        this.workers = workers;
        this.clock = clock;
    }

    public Map<StepRunId, Instant> planned(Collection<StepRunId> stepRuns) {
        return stepRuns.isEmpty() ? Map.of() : rows.planned(stepRuns);
    }

    /**
     * Window and gap no longer count for it; caps, the switch and all checks at the moment of sending do. Whoever calls
     * holds no enrollment's lock: the dispatcher locks a mail before its enrollment, so waiting here would be a deadlock.
     *
     * @throws ConflictException where it does not wait any more, or may not leave now
     */
    @Transactional
    public void ask(StepRunId stepRun) {
        Mailbox mailbox = rows.find(stepRun)
                .map(Waiting::mailbox)
                .flatMap(mailboxes::find)
                .orElseThrow(SendNow::notWaiting);
        rows.lock(mailbox, caps.of(mailbox), true);
        Waiting mail = rows.lock(stepRun).orElseThrow(SendNow::notWaiting);
        if (!mail.state().equals("QUEUED") || !mailbox.id().equals(mail.mailbox())) {
            throw notWaiting();
        }
        checkMayLeave(mailbox, mail);
        Timetable timetable = planner.timetable(mailbox, mail.slot());
        timetable.fullNow().ifPresent(full -> {
            throw new ConflictException(sentence(full));
        });
        Timetable.Wish now = new Timetable.Wish(clock.instant(), true, List.of());
        rows.sendNow(mail.id(), timetable.place(now).orElseThrow());
        workers.wake(Dispatcher.NAME);
    }

    private void checkMayLeave(Mailbox mailbox, Waiting mail) {
        if (settings.sendingStopped()) {
            throw new ConflictException(
                    "All sending of the organisation is stopped; an administrator has to let it go on first.");
        }
        if (mailbox.stopped()) {
            throw new ConflictException("The mailbox " + mailbox.address() + " is stopped: " + mailbox.error());
        }
        if (mail.held()) {
            throw new ConflictException("The mail is held back for now; resume the record in its sequence first.");
        }
    }

    private static ConflictException notWaiting() {
        return new ConflictException("The mail no longer waits to be sent; reload to see what became of it.");
    }

    private static String sentence(Timetable.Full full) {
        String whose =
                switch (full.whose()) {
                    case "mailbox" -> "The mailbox";
                    case "user" -> "The sender";
                    default -> "The organisation";
                };
        return whose + " has reached its " + full.cap() + " mails of today; the mail leaves at its planned time.";
    }
}
