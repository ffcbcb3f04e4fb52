package io.upnext.messaging.texting;

import io.upnext.messaging.TextGateway;
import io.upnext.messaging.TextGateway.Availability;
import io.upnext.messaging.sending.DeadNodes;
import io.upnext.messaging.sending.Node;
import io.upnext.operation.Worker;
import io.upnext.security.BaseUrl;
import io.upnext.security.Settings;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.stereotype.Component;

/** Sends the texts that are due, one at a time on each thread: claim (committed), request, result. */
@Component
public class TextDispatcher implements Worker, ApplicationListener<ContextClosedEvent> {

    public static final String NAME = "text-dispatch";

    private static final Logger log = LoggerFactory.getLogger(TextDispatcher.class);
    private static final int TRIES_TO_RECORD = 3;

    private final TextQueue queue;
    private final TextClaiming claiming;
    private final TextCap cap;
    private final TextGateway gateway;
    private final SentTexts sentTexts;
    private final DeadNodes deadNodes;
    private final Node node;
    private final Settings settings;
    private final BaseUrl baseUrl;
    private volatile boolean stopping;

    TextDispatcher(
            TextQueue queue,
            TextClaiming claiming,
            TextCap cap,
            TextGateway gateway,
            SentTexts sentTexts,
            DeadNodes deadNodes,
            Node node,
            Settings settings,
            BaseUrl baseUrl) {
        this.queue = queue;
        this.claiming = claiming;
        this.cap = cap;
        this.gateway = gateway;
        this.sentTexts = sentTexts;
        this.deadNodes = deadNodes;
        this.node = node;
        this.settings = settings;
        this.baseUrl = baseUrl;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int threads() {
        return 4;
    }

    @Override
    public int runOnce() {
        if (stopping || settings.sendingStopped()) {
            return 0;
        }
        Availability availability = gateway.availability();
        if (waits(availability)) {
            return 0;
        }
        cap.noticeAnother();
        queue.unhold();
        int number = node.number();
        TextClaiming.Result result = claiming.claim(number, availability.ready() ? null : availability.cause());
        if (result.claimed() != null) {
            send(result.claimed(), number);
        }
        return result.found() ? 1 : 0;
    }

    /** Without any gateway texts do not wait: they fail, so that somebody learns of it. */
    private static boolean waits(Availability availability) {
        return switch (availability.state()) {
            case READY, NOT_SET_UP -> false;
            case PAUSED, STOPPED -> true;
        };
    }

    private void send(ClaimedText text, int number) {
        TextGateway.Outcome outcome = gateway.send(new TextGateway.Message(
                text.id(),
                text.to(),
                text.text(),
                baseUrl.link(Webhook.PATH + "?" + Webhook.MESSAGE + "=" + text.id())));
        record(text, outcome, number);
    }

    /** What was said to the gateway must not be forgotten because the database was busy for a moment. */
    private void record(ClaimedText text, TextGateway.Outcome outcome, int number) {
        for (int tries = 1; ; tries++) {
            try {
                sentTexts.record(text, outcome, number);
                return;
            } catch (RuntimeException e) {
                if (tries == TRIES_TO_RECORD) {
                    log.error("Text message {} ended as {}, which could not be stored", text.id(), outcome, e);
                    return;
                }
            }
        }
    }

    @Override
    public boolean hasWork() {
        boolean canSend = !settings.sendingStopped() && !waits(gateway.availability());
        return (canSend && queue.anyDue()) || deadNodes.anyClaimed(DeadNodes.Claims.TEXT);
    }

    @Override
    public Optional<Instant> nextDue() {
        Availability availability = gateway.availability();
        if (settings.sendingStopped() || availability.state() == Availability.State.STOPPED) {
            return Optional.empty();
        }
        boolean waiting = availability.until() != null && queue.anyDue();
        return waiting ? Optional.of(availability.until()) : queue.nextDue();
    }

    /** Shutting down: nothing new is begun. */
    @Override
    public void onApplicationEvent(ContextClosedEvent event) {
        stopping = true;
    }
}
