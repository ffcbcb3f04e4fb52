package io.upnext.messaging.texting;

import io.upnext.messaging.TextEvent;
import io.upnext.messaging.sending.DeadNodes;
import io.upnext.messaging.texting.TextEvents.Happened;
import io.upnext.operation.Worker;
import io.upnext.shared.TextMessageId;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Texts whose process died while it sent them: uncertain, and never sent again by themselves. */
@Component
class DeadTextClaims implements Worker {

    private static final String CAUSE =
            "The product stopped while it sent this text; whether the gateway got it is not known.";

    private final DeadNodes nodes;
    private final TextEvents events;

    DeadTextClaims(DeadNodes nodes, TextEvents events) {
        this.nodes = nodes;
        this.events = events;
    }

    @Override
    public String name() {
        return "text-dead-claims";
    }

    @Override
    public Duration pause() {
        return DeadNodes.PAUSE;
    }

    @Override
    public int runOnce() {
        return nodes.recover(
                DeadNodes.Claims.TEXT,
                CAUSE,
                text -> events.add(Happened.to(new TextMessageId(text), TextEvent.Kind.UNCERTAIN)
                        .detail(CAUSE)));
    }

    /** Counted by the dispatcher. */
    @Override
    public boolean hasWork() {
        return false;
    }
}
