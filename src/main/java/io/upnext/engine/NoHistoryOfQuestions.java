package io.upnext.engine;

import io.upnext.bpmn.ElementIds;
import java.util.List;
import org.camunda.bpm.engine.impl.history.event.HistoricActivityInstanceEventEntity;
import org.camunda.bpm.engine.impl.history.event.HistoryEvent;
import org.camunda.bpm.engine.impl.history.handler.DbHistoryEventHandler;

/**
 * Writes the engine's history but for the questions that each run of a Smart sequence asks: an hourly run with twenty
 * steps would leave half a thousand rows a day for every record, and what was done stands in the steps' own rows.
 */
class NoHistoryOfQuestions extends DbHistoryEventHandler {

    @Override
    public void handleEvent(HistoryEvent event) {
        if (!isQuestion(event)) {
            super.handleEvent(event);
        }
    }

    @Override
    public void handleEvents(List<HistoryEvent> events) {
        events.forEach(this::handleEvent);
    }

    private static boolean isQuestion(HistoryEvent event) {
        return event instanceof HistoricActivityInstanceEventEntity activity
                && ElementIds.isQuestionOfRun(activity.getActivityId());
    }
}
