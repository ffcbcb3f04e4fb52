package io.upnext.messaging;

import io.upnext.shared.StepRunId;
import java.util.Set;
import org.springframework.stereotype.Component;

/** What has happened so far to the mail of a step run, stored events that are not yet applied included. */
@Component
public class MailActivity {

    /** The kinds of human events of the step run's mail. */
    public Set<MailEvent.Kind> of(StepRunId stepRun) {
        throw new UnsupportedOperationException("stub");
    }
}
