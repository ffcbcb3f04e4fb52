package io.upnext.messaging;

import io.upnext.shared.StepRunId;
import java.util.EnumSet;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What has happened so far to the mail of a step run, stored events that are not yet applied included. */
@Component
public class MailActivity {

    private final JdbcClient jdbc;

    MailActivity(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The kinds of human events of the step run's mail. */
    public Set<MailEvent.Kind> of(StepRunId stepRun) {
        Set<MailEvent.Kind> kinds = EnumSet.noneOf(MailEvent.Kind.class);
        jdbc
                .sql("select distinct kind from mail_event where step_run = ? and human")
                .param(stepRun.value())
                .query(String.class)
                .list()
                .stream()
                .map(MailEvent.Kind::valueOf)
                .forEach(kinds::add);
        return kinds;
    }
}
