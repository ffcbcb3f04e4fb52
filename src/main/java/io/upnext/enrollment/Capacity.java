package io.upnext.enrollment;

import io.upnext.operation.Workers;
import io.upnext.security.CompanyCalendar;
import io.upnext.security.KnownSetting;
import io.upnext.security.Settings;
import io.upnext.security.User;
import io.upnext.security.Users;
import io.upnext.shared.Principal;
import io.upnext.shared.UserId;
import io.upnext.shared.WorkingTime;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;

/**
 * How many manual steps fall due for a seller on one day. A step that opens is noted here and gets its place right after,
 * in a transaction of its own ({@link CapacityWorker}): so thousands that open at once wait for nobody, and no two nodes
 * fill the same place.
 */
@Component
class Capacity {

    static final String SETTING = "dailyCapacity";

    private final CapacityRows rows;
    private final Users users;
    private final Settings settings;
    private final CompanyCalendar calendar;
    private final Workers workers;
    private final Clock clock;

    Capacity(
            CapacityRows rows, Users users, Settings settings, CompanyCalendar calendar, Workers workers, Clock clock) {
        this.rows = rows;
        this.users = users;
        this.settings = settings;
        this.calendar = calendar;
        this.workers = workers;
        this.clock = clock;
    }

    @Configuration(proxyBeanMethods = false)
    static class Known {

        @Bean
        KnownSetting dailyCapacity() {
            return KnownSetting.number(SETTING, 0);
        }
    }

    /** Steps a day; empty where any number is, as for teams. */
    Optional<Integer> of(Principal assignee) {
        if (assignee == null || !assignee.isUser()) {
            return Optional.empty();
        }
        return users.find(new UserId(assignee.id()))
                .map(User::dailyCapacity)
                .or(() -> Optional.of(settings.number(SETTING, 0)))
                .filter(capacity -> capacity > 0);
    }

    /** A seller's days as they are filled now. */
    record Days(DayPlan plan, ZoneId zone, LocalDate today) {

        /** When a step that is due then would be due if nothing else came up; it takes no place. */
        Instant expected(Instant due) {
            ZonedDateTime wanted = due.atZone(zone);
            LocalDate from = wanted.toLocalDate().isBefore(today) ? today : wanted.toLocalDate();
            LocalDate day = plan.free(from);
            return day.equals(from) ? due : wanted.with(day).toInstant();
        }
    }

    /** Empty where the days are not bounded. */
    Optional<Days> days(Principal assignee) {
        return of(assignee).map(most -> {
            UserId seller = new UserId(assignee.id());
            ZoneId zone = zone(seller);
            LocalDate today = clock.instant().atZone(zone).toLocalDate();
            WorkingTime working = WorkingTime.weekdays(calendar.daysOff());
            DayPlan plan = new DayPlan(most, working::isWorkingDay, rows.taken(seller, today, zone));
            return new Days(plan, zone, today);
        });
    }

    ZoneId zone(UserId seller) {
        return users.find(seller)
                .map(User::timeZone)
                .filter(zone -> !zone.isBlank())
                .map(ZoneId::of)
                .orElseGet(settings::timeZone);
    }

    /** Costs nothing where the seller's days are not bounded. */
    void opened(StepRun run) {
        if (of(run.assignee()).isPresent()) {
            rows.note(run);
            workers.wake(CapacityWorker.NAME);
        }
    }
}
