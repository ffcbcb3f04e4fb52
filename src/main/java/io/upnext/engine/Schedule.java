package io.upnext.engine;

import io.upnext.enrollment.Schedules;
import io.upnext.enrollment.StepTurns;
import java.util.Date;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Tells the timers of Classic and Smart sequences when to fire, and decides the gateways before their steps. */
@Component("schedule")
public class Schedule {

    private final Schedules schedules;
    private final StepTurns turns;

    Schedule(@Lazy Schedules schedules, @Lazy StepTurns turns) {
        this.schedules = schedules;
        this.turns = turns;
    }

    public Date day(DelegateExecution execution) {
        return Date.from(schedules.day(EngineNames.enrollment(execution), EngineNames.step(execution)));
    }

    public Date run(DelegateExecution execution) {
        return Date.from(schedules.run(EngineNames.enrollment(execution)));
    }

    public boolean holds(DelegateExecution execution) {
        return turns.holds(EngineNames.enrollment(execution), EngineNames.step(execution));
    }

    public boolean ready(DelegateExecution execution) {
        return turns.ready(EngineNames.enrollment(execution));
    }

    public boolean turn(DelegateExecution execution) {
        return turns.turn(EngineNames.enrollment(execution), EngineNames.step(execution));
    }

    public boolean left(DelegateExecution execution) {
        return turns.left(EngineNames.enrollment(execution));
    }

    /** The flow past a Classic step is taken. */
    void passed(DelegateExecution execution) {
        turns.passed(EngineNames.enrollment(execution), EngineNames.step(execution));
    }
}
