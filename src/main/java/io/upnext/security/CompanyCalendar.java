package io.upnext.security;

import io.upnext.shared.CompanyHolidayId;
import io.upnext.shared.DaysOff;
import io.upnext.shared.Holidays;
import io.upnext.shared.InvalidException;
import io.upnext.shared.NotFoundException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * When the organisation does not work, weekends aside: the holidays of its country (a setting) and days off of its own,
 * which administrators keep. Read from memory; a change is seen on every node within seconds.
 */
@Component
public class CompanyCalendar {

    private final JdbcClient jdbc;
    private final Settings settings;
    private final AuditLog audit;
    private final ApplicationEventPublisher events;
    private final Clock clock;
    private final VersionedCache<List<CompanyHoliday>> cache;

    CompanyCalendar(
            JdbcClient jdbc,
            Settings settings,
            AuditLog audit,
            ApplicationEventPublisher events,
            Clock clock,
            @Qualifier("realTime") Clock realTime) {
        this.jdbc = jdbc;
        this.settings = settings;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
        this.cache = new VersionedCache<>("company_holiday", jdbc, realTime, this::load);
    }

    /** What counts wherever working days are counted. */
    public DaysOff daysOff() {
        return new DaysOff(
                settings.country(),
                cache.get().stream().map(CompanyHoliday::days).toList());
    }

    /** The organisation's own days off, the earliest first. */
    public List<CompanyHoliday> own() {
        return cache.get();
    }

    public CompanyHoliday get(CompanyHolidayId id) {
        return cache.get().stream()
                .filter(holiday -> holiday.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new NotFoundException("There are no company holidays '" + id + "'."));
    }

    /**
     * @param to null where it is one day
     * @throws InvalidException with a problem for everything wrong with it
     */
    @Transactional
    public CompanyHoliday add(CurrentUser by, String name, LocalDate from, LocalDate to, boolean everyYear) {
        by.require(Right.ADMINISTER);
        CompanyHoliday wanted = checked(CompanyHolidayId.next(), name, from, to, everyYear);
        jdbc.sql("insert into company_holiday (name, first_day, last_day, every_year, created_at, id)"
                        + " values (?, ?, ?, ?, ?, ?)")
                .params(
                        wanted.name(),
                        wanted.from(),
                        wanted.to(),
                        wanted.everyYear(),
                        clock.instant().atOffset(ZoneOffset.UTC),
                        wanted.id().value())
                .update();
        changed(by, "company-holiday.create", wanted.id(), null, wanted);
        return wanted;
    }

    @Transactional
    public CompanyHoliday change(
            CurrentUser by, CompanyHolidayId id, String name, LocalDate from, LocalDate to, boolean everyYear) {
        CompanyHoliday before = get(id);
        by.require(Right.ADMINISTER);
        CompanyHoliday wanted = checked(id, name, from, to, everyYear);
        if (!wanted.equals(before)) {
            jdbc.sql("update company_holiday set name = ?, first_day = ?, last_day = ?, every_year = ? where id = ?")
                    .params(wanted.name(), wanted.from(), wanted.to(), wanted.everyYear(), id.value())
                    .update();
            changed(by, "company-holiday.change", id, before, wanted);
        }
        return wanted;
    }

    @Transactional
    public void remove(CurrentUser by, CompanyHolidayId id) {
        CompanyHoliday before = get(id);
        by.require(Right.ADMINISTER);
        jdbc.sql("delete from company_holiday where id = ?").param(id.value()).update();
        changed(by, "company-holiday.delete", id, before, null);
    }

    /**
     * Takes over the days of one year on which a part of the organisation's country does not work, but not the whole of it.
     *
     * @return how many were added; those that are there already are not
     */
    @Transactional
    public int addRegion(CurrentUser by, String country, String region, int year, Locale language) {
        by.require(Right.ADMINISTER);
        DaysOff off = new DaysOff(
                Optional.of(country), load().stream().map(CompanyHoliday::days).toList());
        List<Holidays.Named> missing = Holidays.of(country, region, year, language).stream()
                .filter(holiday -> !off.contains(holiday.date()))
                .toList();
        missing.forEach(holiday -> add(by, holiday.name(), holiday.date(), null, false));
        return missing.size();
    }

    /** One change after another: each is checked against all others. */
    private CompanyHoliday checked(CompanyHolidayId id, String name, LocalDate from, LocalDate to, boolean everyYear) {
        jdbc.sql("lock table company_holiday in share row exclusive mode").update();
        List<CompanyHoliday> others =
                load().stream().filter(holiday -> !holiday.id().equals(id)).toList();
        return CompanyHolidayChecks.check(id, name, from, to == null ? from : to, everyYear, others);
    }

    private void changed(
            CurrentUser by, String action, CompanyHolidayId id, CompanyHoliday before, CompanyHoliday after) {
        audit.add(by.actor(), action, "company-holiday:" + id, before, after);
        cache.changed();
        events.publishEvent(new CompanyCalendarChanged());
    }

    private List<CompanyHoliday> load() {
        return jdbc.sql("select id, name, first_day, last_day, every_year from company_holiday"
                        + " order by first_day, name, id")
                .query((row, number) -> new CompanyHoliday(
                        new CompanyHolidayId(row.getObject(1, UUID.class)),
                        row.getString(2),
                        row.getObject(3, LocalDate.class),
                        row.getObject(4, LocalDate.class),
                        row.getBoolean(5)))
                .list();
    }
}
