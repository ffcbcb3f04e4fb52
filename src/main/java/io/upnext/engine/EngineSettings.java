package io.upnext.engine;

import org.camunda.bpm.engine.ProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** The engine settings that differ from the stock ones and are no property of the starter. */
@Component
class EngineSettings extends AbstractProcessEnginePlugin {

    /** One cached definition takes about 0.4 MB. */
    private static final int CACHED_DEFINITIONS = 250;

    private final boolean historyCleanup;

    EngineSettings(@Value("${upnext.engine.history-cleanup}") boolean historyCleanup) {
        this.historyCleanup = historyCleanup;
    }

    @Override
    public void preInit(ProcessEngineConfigurationImpl engine) {
        acquireJobsInTheOrderOfTheirDueDates(engine);
        retryWithGrowingPauses(engine);
        keepHistoryForHalfAYear(engine);
        runNoScripts(engine);
        engine.setHistoryEventHandler(new NoHistoryOfQuestions());
        engine.setCacheCapacity(CACHED_DEFINITIONS);
        engine.setTaskMetricsEnabled(false);
        // Who calls the engine gets the exception and says what it means; failed jobs are logged apart from this.
        engine.setEnableCmdExceptionLogging(false);
        engine.setEnableExceptionsAfterUnhandledBpmnError(true);
    }

    /** Together with the index on the due date: acquisition does not slow down with the number of waiting timers. */
    private static void acquireJobsInTheOrderOfTheirDueDates(ProcessEngineConfigurationImpl engine) {
        engine.setEnsureJobDueDateNotNull(true);
        engine.setJobExecutorAcquireByDueDate(true);
    }

    private static void retryWithGrowingPauses(ProcessEngineConfigurationImpl engine) {
        engine.setFailedJobRetryTimeCycle("PT10S,PT1M,PT5M,PT30M,PT2H");
    }

    private void keepHistoryForHalfAYear(ProcessEngineConfigurationImpl engine) {
        engine.setEnforceHistoryTimeToLive(true);
        engine.setHistoryTimeToLive("P180D");
        // Counted from the end all the same; written into every row of an instance when it ends it costs twelve
        // statements.
        engine.setHistoryRemovalTimeStrategy(ProcessEngineConfiguration.HISTORY_REMOVAL_TIME_STRATEGY_NONE);
        engine.setHistoryCleanupStrategy(ProcessEngineConfiguration.HISTORY_CLEANUP_STRATEGY_END_TIME_BASED);
        engine.setHistoryCleanupEnabled(historyCleanup);
        engine.setHistoryCleanupBatchWindowStartTime("01:00");
        engine.setHistoryCleanupBatchWindowEndTime("04:00");
    }

    private static void runNoScripts(ProcessEngineConfigurationImpl engine) {
        engine.setScriptEngineResolver(new NoScriptEngines());
        engine.setEnableScriptCompilation(false);
        engine.setEnableFetchScriptEngineFromProcessApplication(false);
        engine.setEnableScriptEngineLoadExternalResources(false);
    }
}
