package io.upnext.security.web;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.upnext.security.Access;
import io.upnext.security.Calendars;
import io.upnext.security.Calendars.Calendar;
import io.upnext.security.Calendars.Country;
import io.upnext.security.CompanyCalendar;
import io.upnext.security.CompanyHoliday;
import io.upnext.security.Settings;
import io.upnext.shared.CompanyHolidayId;
import io.upnext.shared.PageQuery;
import io.upnext.shared.Paged;
import java.net.URI;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The holidays of countries and the organisation's own days off: everybody sees them, administrators change the own ones. */
@RestController
@RequestMapping("/api/v1/calendars")
class CalendarApi {

    private static final List<PageQuery.Sort> BY_DAY = List.of(new PageQuery.Sort("from", true));

    private final Calendars calendars;
    private final CompanyCalendar company;
    private final Settings settings;
    private final Access access;
    private final Clock clock;

    CalendarApi(Calendars calendars, CompanyCalendar company, Settings settings, Access access, Clock clock) {
        this.calendars = calendars;
        this.company = company;
        this.settings = settings;
        this.access = access;
        this.clock = clock;
    }

    /** @param to left out: one day */
    @JsonIgnoreProperties("id")
    record Body(String name, LocalDate from, LocalDate to, Boolean everyYear) {

        boolean yearly() {
            return Boolean.TRUE.equals(everyYear);
        }
    }

    @GetMapping
    Paged<Country> list(PageQuery page, Locale language) {
        return Lists.page(
                calendars.countries(language),
                page,
                Map.of("name", Country::name, "code", Country::code),
                Country::code);
    }

    /** @param year this year where it is left out */
    @GetMapping("/{code}")
    Calendar one(@PathVariable String code, @RequestParam(required = false) Integer year, Locale language) {
        int thisYear = LocalDate.ofInstant(clock.instant(), settings.timeZone()).getYear();
        return calendars.get(code, year == null ? thisYear : year, language);
    }

    @GetMapping("/company/days")
    Paged<CompanyHoliday> own(PageQuery page) {
        return Lists.page(
                company.own(),
                page.sort().isEmpty() ? new PageQuery(page.page(), page.size(), BY_DAY) : page,
                Map.of("name", CompanyHoliday::name, "from", holiday -> holiday.from()
                        .toString()),
                CompanyHoliday::id);
    }

    @PostMapping("/company/days")
    ResponseEntity<CompanyHoliday> add(@RequestBody Body body) {
        CompanyHoliday made = company.add(access.current(), body.name(), body.from(), body.to(), body.yearly());
        return ResponseEntity.created(URI.create("/api/v1/calendars/company/days/" + made.id()))
                .body(made);
    }

    @GetMapping("/company/days/{id}")
    CompanyHoliday day(@PathVariable CompanyHolidayId id) {
        return company.get(id);
    }

    @PutMapping("/company/days/{id}")
    CompanyHoliday change(@PathVariable CompanyHolidayId id, @RequestBody Body body) {
        return company.change(access.current(), id, body.name(), body.from(), body.to(), body.yearly());
    }

    @DeleteMapping("/company/days/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable CompanyHolidayId id) {
        company.remove(access.current(), id);
    }
}
