package io.upnext.messaging.pacing;

import com.fasterxml.jackson.databind.node.BooleanNode;
import io.upnext.messaging.sending.Dispatcher;
import io.upnext.operation.Workers;
import io.upnext.security.CurrentUser;
import io.upnext.security.Right;
import io.upnext.security.SettingCatalogue;
import io.upnext.security.Settings;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The switch that stops all sending of the organisation, and what it has sent and planned by its days. */
@Component
public class SendingSwitch {

    private static final String SETTING = "sendingStopped";
    private static final int DAYS_BEFORE = 7;
    private static final int DAYS = 60;

    private final SettingCatalogue catalogue;
    private final Settings settings;
    private final SenderZones zones;
    private final Workers workers;
    private final JdbcClient jdbc;
    private final Clock clock;

    SendingSwitch(
            SettingCatalogue catalogue,
            Settings settings,
            SenderZones zones,
            Workers workers,
            JdbcClient jdbc,
            Clock clock) {
        this.catalogue = catalogue;
        this.settings = settings;
        this.zones = zones;
        this.workers = workers;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** @param planned still to leave that day */
    public record Day(LocalDate date, long sent, long planned) {}

    public boolean stopped() {
        return settings.sendingStopped();
    }

    /** Audited as a change of the setting; what is claimed already but not begun goes back. */
    @Transactional
    public void stop(CurrentUser by, boolean stopped) {
        by.require(Right.ADMINISTER);
        catalogue.change(by, Map.of(SETTING, BooleanNode.valueOf(stopped)));
        workers.wake(MailPlanner.NAME);
        workers.wake(Dispatcher.NAME);
    }

    /** The last week and what is planned, by the organisation's days. */
    public List<Day> days(CurrentUser by) {
        by.require(Right.ADMINISTER);
        LocalDate from =
                clock.instant().atZone(zones.organisation()).toLocalDate().minusDays(DAYS_BEFORE);
        return jdbc.sql("""
                        select organisation_day, count(*) filter (where state not in ('QUEUED', 'CLAIMED')) as sent,
                            count(*) filter (where state in ('QUEUED', 'CLAIMED')) as planned
                        from mail where organisation_day >= ?
                            and state in ('QUEUED', 'CLAIMED', 'SENT', 'BOUNCED', 'UNCERTAIN')
                        group by organisation_day order by organisation_day limit ?
                        """)
                .params(from, DAYS)
                .query((row, number) ->
                        new Day(row.getObject(1, LocalDate.class), row.getLong("sent"), row.getLong("planned")))
                .list();
    }
}
