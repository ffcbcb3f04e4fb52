package io.upnext.messaging.pacing;

import io.upnext.messaging.Mailbox;
import io.upnext.messaging.SequenceWindow;
import io.upnext.record.CrmRecord;
import io.upnext.shared.SendWindow.Opening;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** When a mail could leave if nothing else had to: by the windows alone, without caps and gaps. */
@Component
public class Openings {

    private final Recipients recipients;

    Openings(Recipients recipients) {
        this.recipients = recipients;
    }

    /**
     * The first moment at or after {@code at} in which all windows are open, or {@code at} where they never are.
     *
     * @param sequence null where it has no window
     */
    public Instant earliest(Mailbox mailbox, SequenceWindow sequence, CrmRecord person, Instant at) {
        return Timetable.common(at, at.plus(Timetable.HORIZON), recipients.windows(mailbox, sequence, person))
                .map(Opening::start)
                .orElse(at);
    }
}
