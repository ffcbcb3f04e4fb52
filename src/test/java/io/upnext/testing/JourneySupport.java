package io.upnext.testing;

import io.upnext.enrollment.Enrollments;
import io.upnext.enrollment.StepRuns;
import io.upnext.messaging.template.TemplateCatalogue;
import io.upnext.operation.Workers;
import io.upnext.record.Records;
import io.upnext.security.Settings;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

@TestConfiguration(proxyBeanMethods = false)
class JourneySupport {

    @Bean
    Journey journey(
            Api api,
            TestUsers users,
            TestMail mail,
            Enrollments enrollments,
            StepRuns stepRuns,
            Workers workers,
            Settings settings,
            Records records,
            TemplateCatalogue templates,
            MutableClock clock) {
        return new Journey(api, users, mail, enrollments, stepRuns, workers, settings, records, templates, clock);
    }
}
