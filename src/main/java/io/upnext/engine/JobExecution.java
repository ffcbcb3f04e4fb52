package io.upnext.engine;

import io.upnext.operation.RightOfWay;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.camunda.bpm.engine.impl.jobexecutor.NotifyAcquisitionRejectedJobsHandler;
import org.camunda.bpm.spring.boot.starter.property.CamundaBpmProperties;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.task.TaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/** Threads of the engine's jobs. On shutdown no more jobs are taken and the running ones finish. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(prefix = "camunda.bpm.job-execution", name = "enabled", matchIfMissing = true)
class JobExecution {

    /** Takes the place of the starter's executor, which drops running jobs on shutdown. */
    @Bean
    TaskExecutor camundaTaskExecutor(CamundaBpmProperties properties) {
        var settings = properties.getJobExecution();
        var executor = new ThreadPoolTaskExecutor();
        executor.setThreadNamePrefix("job-");
        executor.setCorePoolSize(settings.getCorePoolSize());
        executor.setMaxPoolSize(settings.getMaxPoolSize());
        executor.setQueueCapacity(settings.getQueueCapacity());
        executor.setWaitForTasksToCompleteOnShutdown(true);
        executor.setAwaitTerminationSeconds(30);
        return executor;
    }

    /** Takes the place of the starter's, with the same settings. */
    @Bean
    JobExecutor jobExecutor(
            TaskExecutor camundaTaskExecutor,
            CamundaBpmProperties properties,
            JobGroups groups,
            RightOfWay rightOfWay) {
        var settings = properties.getJobExecution();
        var executor = new GroupingJobExecutor(groups, rightOfWay);
        executor.setTaskExecutor(camundaTaskExecutor);
        executor.setRejectedJobsHandler(new NotifyAcquisitionRejectedJobsHandler());
        executor.setMaxJobsPerAcquisition(settings.getMaxJobsPerAcquisition());
        executor.setWaitTimeInMillis(settings.getWaitTimeInMillis());
        executor.setMaxWait(settings.getMaxWait());
        return executor;
    }

    @Bean
    StopTakingJobs stopTakingJobs(JobExecutor jobExecutor) {
        return new StopTakingJobs(jobExecutor);
    }

    record StopTakingJobs(JobExecutor jobExecutor) {

        @EventListener
        @Order(Ordered.HIGHEST_PRECEDENCE)
        void on(ContextClosedEvent closed) {
            jobExecutor.shutdown();
        }
    }
}
