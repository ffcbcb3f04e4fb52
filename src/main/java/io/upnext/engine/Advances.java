package io.upnext.engine;

import io.upnext.bpmn.ElementIds;
import io.upnext.enrollment.Advancing;
import io.upnext.sequence.SequenceVersion;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Names the process a call activity goes on in: the newest active version of the sequence to advance to. */
@Component("advances")
public class Advances {

    private final Advancing advancing;

    Advances(@Lazy Advancing advancing) {
        this.advancing = advancing;
    }

    public String target(DelegateExecution execution) {
        return ElementIds.process(newest(execution).sequence());
    }

    public String version(DelegateExecution execution) {
        return String.valueOf(newest(execution).number());
    }

    private SequenceVersion newest(DelegateExecution execution) {
        return advancing.target(EngineNames.enrollment(execution), EngineNames.step(execution));
    }
}
