package io.upnext.messaging.texting;

import io.upnext.messaging.TextEvent.Refusal;
import io.upnext.messaging.TextGateway;
import io.upnext.messaging.TextGateway.Availability;
import io.upnext.messaging.TextRecipient;
import io.upnext.messaging.Times;
import io.upnext.messaging.WaitingPreview;
import io.upnext.operation.Workers;
import io.upnext.record.RecordGraph;
import io.upnext.record.Records;
import io.upnext.security.Settings;
import io.upnext.shared.ConflictException;
import io.upnext.shared.ProblemException;
import io.upnext.shared.StepRunId;
import java.time.Clock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What a person may do with an automated text that waits: look at it, and let it leave now. */
@Component
public class WaitingTexts {

    private final TextQueue queue;
    private final TextCap cap;
    private final TextGateway gateway;
    private final TextRecipients recipients;
    private final TextWriter writer;
    private final Records records;
    private final Settings settings;
    private final Workers workers;
    private final JdbcClient jdbc;
    private final Clock clock;

    WaitingTexts(
            TextQueue queue,
            TextCap cap,
            TextGateway gateway,
            TextRecipients recipients,
            TextWriter writer,
            Records records,
            Settings settings,
            Workers workers,
            JdbcClient jdbc,
            Clock clock) {
        this.queue = queue;
        this.cap = cap;
        this.gateway = gateway;
        this.recipients = recipients;
        this.writer = writer;
        this.records = records;
        this.settings = settings;
        this.workers = workers;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Is it a text, and no mail, that this step run waits for? */
    public boolean isOf(StepRunId stepRun) {
        return jdbc.sql("select exists (select 1 from text_message where step_run = ?)")
                .param(stepRun.value())
                .query(Boolean.class)
                .single();
    }

    /**
     * The window no longer counts for it; the cap, the switch and all checks at the moment of sending do. Whoever calls
     * holds no enrollment's lock: the dispatcher locks a text before its enrollment.
     *
     * @throws ConflictException where it does not wait any more, or may not leave now
     */
    @Transactional
    public void sendNow(StepRunId stepRun) {
        QueuedText text = queue.lock(stepRun).orElseThrow(WaitingTexts::notWaiting);
        if (settings.sendingStopped()) {
            throw new ConflictException(
                    "All sending of the organisation is stopped; an administrator has to let it go on first.");
        }
        Availability availability = gateway.availability();
        if (availability.state() == Availability.State.STOPPED) {
            throw new ConflictException("The text gateway is stopped: " + availability.cause());
        }
        if (!cap.today(text.id())) {
            throw new ConflictException("The organisation has reached its " + cap.most()
                    + " texts of today; the text leaves at its planned time.");
        }
        jdbc.sql("update text_message set urgent = true, next_attempt_at = ? where id = ?")
                .params(Times.sql(clock.instant()), text.id().value())
                .update();
        workers.wake(TextDispatcher.NAME);
    }

    /** The text as it would leave now. */
    @Transactional(readOnly = true)
    public WaitingPreview preview(StepRunId stepRun) {
        QueuedText text = queue.find(stepRun).orElseThrow(WaitingTexts::notWaiting);
        RecordGraph graph = records.graph(text.asked().record()).orElse(null);
        if (graph == null) {
            return WaitingPreview.refused(null, "The record no longer exists.");
        }
        TextRecipient to = recipients.of(graph.person());
        if (to.refusal() != null) {
            return WaitingPreview.refused(to.number(), sentence(to.refusal()));
        }
        try {
            return new WaitingPreview(null, to.number(), null, null, writer.write(text, graph), null);
        } catch (ProblemException lacksSomething) {
            return WaitingPreview.refused(to.number(), lacksSomething.getMessage());
        }
    }

    private static String sentence(Refusal refusal) {
        return switch (refusal) {
            case DO_NOT_TEXT -> "This person does not want texts: the step will be skipped.";
            case SUPPRESSED -> "The number is on the suppression list: the step will be skipped.";
            case NO_NUMBER -> "There is no phone number: the step will be skipped.";
            case INVALID_NUMBER -> "The phone number is not valid: the step will be skipped.";
            case GIVEN_UP -> "It was given up.";
        };
    }

    private static ConflictException notWaiting() {
        return new ConflictException("The text no longer waits to be sent; reload to see what became of it.");
    }
}
