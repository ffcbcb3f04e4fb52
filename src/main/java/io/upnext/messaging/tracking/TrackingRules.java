package io.upnext.messaging.tracking;

import io.upnext.messaging.Mailbox;
import io.upnext.record.RecordGraph;
import io.upnext.security.Settings;
import org.springframework.stereotype.Component;

/** May the opens and clicks of a mail be tracked? Organisation, mailbox and person each may say no (spec §9). */
@Component
public class TrackingRules {

    /** The two-option field of records by which somebody is not tracked. */
    static final String DO_NOT_TRACK = "doNotTrack";

    private final Settings settings;

    TrackingRules(Settings settings) {
        this.settings = settings;
    }

    public boolean allow(Mailbox mailbox, RecordGraph graph) {
        return settings.tracking()
                && mailbox.tracking()
                && !graph.record().isTrue(DO_NOT_TRACK)
                && !graph.person().isTrue(DO_NOT_TRACK);
    }
}
