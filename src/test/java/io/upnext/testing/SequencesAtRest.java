package io.upnext.testing;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestExecutionListener;

/** All tests share one organisation, in which only so many sequences may be active: each class leaves none behind. */
final class SequencesAtRest implements TestExecutionListener {

    @Override
    public void afterTestClass(TestContext test) {
        if (test.hasApplicationContext()) {
            test.getApplicationContext()
                    .getBean(JdbcClient.class)
                    .sql("update sequence set state = 'INACTIVE' where state = 'ACTIVE'")
                    .update();
        }
    }
}
