package io.upnext.messaging;

import io.upnext.messaging.pacing.Caps;
import io.upnext.messaging.pacing.MailPlanner;
import io.upnext.messaging.pacing.Openings;
import io.upnext.messaging.pacing.SendNow;
import io.upnext.messaging.pacing.SimulatedPace;
import io.upnext.messaging.pacing.StoredWindows;
import io.upnext.messaging.sending.Dispatcher;
import io.upnext.messaging.sending.MailIntake;
import io.upnext.messaging.sending.MailPreviews;
import io.upnext.messaging.sending.MailQueue;
import io.upnext.messaging.sending.Refusals;
import io.upnext.messaging.texting.TextDispatcher;
import io.upnext.messaging.texting.TextQueue;
import io.upnext.messaging.texting.WaitingTexts;
import io.upnext.operation.Workers;
import io.upnext.record.CrmRecord;
import io.upnext.record.RecordGraph;
import io.upnext.record.Records;
import io.upnext.shared.ConflictException;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.MailId;
import io.upnext.shared.MailboxId;
import io.upnext.shared.RecordId;
import io.upnext.shared.StepRunId;
import io.upnext.shared.UserId;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The queue of mails to send. A mail is queued in the transaction of its step and sent after it by the dispatcher,
 * which commits a claim before it talks SMTP; what became of it comes back as a {@link MailEvent}.
 */
@Component
public class Outbox {

    private final MailIntake intake;
    private final MailQueue queue;
    private final TextQueue texts;
    private final Mailboxes mailboxes;
    private final Refusals refusals;
    private final Records records;
    private final Workers workers;
    private final Caps caps;
    private final SendNow sendNow;
    private final Openings openings;
    private final MailPreviews previews;
    private final StoredWindows windows;
    private final SimulatedPace simulated;
    private final WaitingTexts waitingTexts;

    Outbox(
            MailIntake intake,
            MailQueue queue,
            TextQueue texts,
            Mailboxes mailboxes,
            Refusals refusals,
            Records records,
            Workers workers,
            Caps caps,
            SendNow sendNow,
            Openings openings,
            MailPreviews previews,
            StoredWindows windows,
            SimulatedPace simulated,
            WaitingTexts waitingTexts) {
        this.intake = intake;
        this.queue = queue;
        this.texts = texts;
        this.mailboxes = mailboxes;
        this.refusals = refusals;
        this.records = records;
        this.workers = workers;
        this.caps = caps;
        this.sendNow = sendNow;
        this.openings = openings;
        this.previews = previews;
        this.windows = windows;
        this.simulated = simulated;
        this.waitingTexts = waitingTexts;
    }

    /**
     * Queues a mail. Doing so again for the same step run returns the first one: one visit of one step is one mail.
     */
    @Transactional
    public MailId queue(OutgoingMail mail) {
        return queue(mail, null);
    }

    /** @param window when mail of its sequence may leave, or null */
    @Transactional
    public MailId queue(OutgoingMail mail, SequenceWindow window) {
        return queue(List.of(new Asked(mail, window))).get(0);
    }

    /** One mail of several to queue. @param window when mail of its sequence may leave, or null */
    public record Asked(OutgoingMail mail, SequenceWindow window) {}

    /** As {@link #queue(OutgoingMail)} each of them, in one statement; answers in their order. */
    @Transactional
    public List<MailId> queue(List<Asked> asked) {
        List<MailIntake.Asked> rows = asked.stream().map(this::checked).toList();
        List<MailIntake.Inserted> inserted = intake.insert(rows, caps.any());
        inserted.stream()
                .map(one -> one.unplanned() ? MailPlanner.NAME : Dispatcher.NAME)
                .distinct()
                .forEach(workers::wake);
        return inserted.stream().map(MailIntake.Inserted::id).toList();
    }

    private MailIntake.Asked checked(Asked asked) {
        if (asked.mail().template() == null && asked.mail().written() == null) {
            throw new IllegalArgumentException("A mail needs a template or a written text.");
        }
        return new MailIntake.Asked(asked.mail(), windows.write(asked.window()));
    }

    /** Takes back the mails and texts of an enrollment that are not yet claimed; used when an enrollment ends. */
    @Transactional
    public void cancel(EnrollmentId enrollment) {
        cancel(List.of(enrollment));
    }

    public void cancel(Collection<EnrollmentId> enrollments) {
        queue.cancel(enrollments);
        texts.cancel(enrollments);
    }

    /**
     * Takes back the mail or text of a step run if it is not yet claimed; true where it will not be sent. The caller holds the
     * enrollment's lock, as {@link SendGate} does: a mail the dispatcher is just looking at then asks the gate after
     * the caller's commit, and the gate has to answer {@link SendGate.Decision#CANCEL} for a step that is over.
     */
    @Transactional
    public boolean cancel(StepRunId stepRun) {
        // Both are asked: a step run has one of the two
        boolean noText = texts.cancel(stepRun);
        return queue.cancel(stepRun) && noText;
    }

    /**
     * Takes the automated mail or text away from a step run that a person does from now on; the step run may get one that
     * was written by hand. The caller holds the enrollment's lock.
     *
     * @param failed is it known that the message failed? What has failed only just now has still to be told
     * @throws ConflictException where it is leaving, may have left, or nobody knows
     */
    @Transactional
    public void withdraw(StepRunId stepRun, boolean failed) {
        List<String> states = failed ? List.of("QUEUED", "FAILED") : List.of("QUEUED");
        for (Optional<String> left : List.of(queue.withdraw(stepRun, states), texts.withdraw(stepRun, states))) {
            if (left.isPresent()) {
                throw new ConflictException(
                        left.get().equals("UNCERTAIN")
                                ? "Nobody knows whether the message of this step was sent; decide that first (uncertain"
                                        + " mails and texts), or skip the step."
                                : "The message of this step is just leaving; look again in a moment.");
            }
        }
    }

    /**
     * Gives the mails of these step runs another template, as far as they still wait to leave.
     *
     * @return those it reached
     */
    @Transactional
    public List<StepRunId> useTemplate(Collection<StepRunId> stepRuns, String template) {
        return stepRuns.isEmpty() ? List.of() : queue.template(stepRuns, template);
    }

    /**
     * Puts a failed mail or text (refused log-in, missing placeholder) back in the queue.
     *
     * @throws io.upnext.shared.ConflictException where nobody knows whether the text was sent: that is decided first
     */
    @Transactional
    public void retry(StepRunId stepRun) {
        queue.retry(stepRun, caps.any());
        workers.wake(MailPlanner.NAME);
        texts.retry(stepRun);
        workers.wake(Dispatcher.NAME);
        workers.wake(TextDispatcher.NAME);
    }

    /** Asks the gate again at once for the mails and texts of an enrollment that was paused; used when it is resumed. */
    @Transactional
    public void release(EnrollmentId enrollment) {
        release(List.of(enrollment));
    }

    public void release(Collection<EnrollmentId> enrollments) {
        queue.release(enrollments);
        workers.wake(MailPlanner.NAME);
        workers.wake(Dispatcher.NAME);
        if (texts.release(enrollments) > 0) {
            workers.wake(TextDispatcher.NAME);
        }
    }

    /** When the mails and texts of these step runs are going to leave, as far as it is known. */
    public Map<StepRunId, Instant> planned(Collection<StepRunId> stepRuns) {
        Map<StepRunId, Instant> planned = new HashMap<>(sendNow.planned(stepRuns));
        planned.putAll(texts.planned(stepRuns));
        return planned;
    }

    /**
     * When a mail of that sender, or of the named mailbox, could leave by the windows alone; {@code at} where there is no
     * mailbox or no record.
     *
     * @param window when mail of its sequence may leave, or null
     */
    public Instant earliest(UserId sender, MailboxId named, SequenceWindow window, RecordId record, Instant at) {
        Optional<Mailbox> mailbox = Optional.ofNullable(named)
                .or(() -> Optional.ofNullable(sender).flatMap(mailboxes::of))
                .flatMap(mailboxes::find);
        return mailbox.flatMap(found ->
                        records.graph(record).map(graph -> openings.earliest(found, window, graph.person(), at)))
                .orElse(at);
    }

    /** How mails would leave from a moment on, if nothing else were sent; stores nothing. */
    public PaceModel simulatedPace(Instant start, RandomGenerator random) {
        return simulated.from(start, random);
    }

    /** Those of the people to whom nothing would be sent now, with the reason; one statement for all. */
    public Map<RecordId, MailEvent.Refusal> refusals(Collection<CrmRecord> people) {
        Refusals.Known known = refusals.among(people, List.of());
        Map<RecordId, MailEvent.Refusal> refused = new HashMap<>();
        people.forEach(person ->
                known.of(person, Refusals.address(person)).ifPresent(refusal -> refused.put(person.id(), refusal)));
        return refused;
    }

    /**
     * A person wants the mail or text of a step run to leave now: window and gap no longer count; caps, the switch and all checks
     * do. To be called without an enrollment's lock.
     *
     * @throws io.upnext.shared.ConflictException where it does not wait, or may not leave now, with the reason
     */
    public void sendNow(StepRunId stepRun) {
        if (waitingTexts.isOf(stepRun)) {
            waitingTexts.sendNow(stepRun);
        } else {
            sendNow.ask(stepRun);
        }
    }

    /** @throws io.upnext.shared.ConflictException where the step run's mail no longer waits */
    public WaitingPreview preview(StepRunId stepRun) {
        return waitingTexts.isOf(stepRun) ? waitingTexts.preview(stepRun) : previews.of(stepRun);
    }

    /** Why a mail to this person would be refused now (do not email, suppressed, no or invalid address); empty if it may go. */
    public Optional<MailEvent.Refusal> refusal(RecordId person) {
        return records.graph(person).map(RecordGraph::person).flatMap(refusals::of);
    }

    /** As above, for a mail to this address about the record. */
    public Optional<MailEvent.Refusal> refusal(RecordId record, String address) {
        return records.graph(record).map(RecordGraph::person).flatMap(person -> refusals.of(person, address));
    }
}
