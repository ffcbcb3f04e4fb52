package io.upnext.testing;

import io.upnext.UpnextApplication;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.TestExecutionListeners;
import org.springframework.test.context.TestExecutionListeners.MergeMode;

/**
 * A test of the running application on a real PostgreSQL. All such tests of a process share one context, so none may
 * change its beans or properties, and each has to make its own data: others leave theirs in the same database. Time is a
 * {@link MutableClock}; the engine's jobs run by {@link EngineJobs}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(classes = UpnextApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@ActiveProfiles("test")
@Import({TestSupport.class, HttpSupport.class, MailSupport.class, JourneySupport.class, TextSupport.class})
@ExtendWith(UpnextTest.ClockStartsAnew.class)
@TestExecutionListeners(listeners = SequencesAtRest.class, mergeMode = MergeMode.MERGE_WITH_DEFAULTS)
public @interface UpnextTest {

    /** Sets the shared clock back before each test. */
    class ClockStartsAnew implements BeforeEachCallback {

        @Override
        public void beforeEach(ExtensionContext context) {
            MutableClock.SHARED.reset();
        }
    }
}
