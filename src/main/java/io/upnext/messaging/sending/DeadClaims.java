package io.upnext.messaging.sending;

import io.upnext.messaging.MailEvent;
import io.upnext.messaging.event.MailEvents;
import io.upnext.messaging.event.MailEvents.Happened;
import io.upnext.operation.Worker;
import io.upnext.shared.MailId;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Mails whose process died while it sent them: uncertain, and never sent again by themselves. */
@Component
class DeadClaims implements Worker {

    private static final String CAUSE =
            "The product stopped while it sent this mail; whether the server got it is not known.";

    private final DeadNodes nodes;
    private final MailEvents events;

    DeadClaims(DeadNodes nodes, MailEvents events) {
        this.nodes = nodes;
        this.events = events;
    }

    @Override
    public String name() {
        return "mail-dead-claims";
    }

    @Override
    public Duration pause() {
        return DeadNodes.PAUSE;
    }

    @Override
    public int runOnce() {
        return nodes.recover(
                DeadNodes.Claims.MAIL,
                CAUSE,
                mail -> events.add(
                        Happened.to(new MailId(mail), MailEvent.Kind.UNCERTAIN).detail(CAUSE)));
    }

    boolean anyClaimed() {
        return nodes.anyClaimed(DeadNodes.Claims.MAIL);
    }

    /** Counted by the dispatcher. */
    @Override
    public boolean hasWork() {
        return false;
    }
}
