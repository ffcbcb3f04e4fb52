package io.upnext.security.web;

import io.upnext.security.Access;
import io.upnext.security.Calendars;
import io.upnext.security.Calendars.Calendar;
import io.upnext.security.CompanyCalendar;
import io.upnext.security.CompanyHoliday;
import io.upnext.security.CurrentUser;
import io.upnext.security.Right;
import io.upnext.security.Settings;
import io.upnext.shared.CompanyHolidayId;
import io.upnext.shared.InvalidException;
import io.upnext.shared.NotFoundException;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The administrator's page of the days on which nobody works: those of the country and the organisation's own. */
@Controller
@RequestMapping("/admin/calendar")
class CalendarPages {

    private static final String HERE = "/admin/calendar";

    private final Calendars calendars;
    private final CompanyCalendar company;
    private final Settings settings;
    private final Access access;
    private final Clock clock;

    CalendarPages(Calendars calendars, CompanyCalendar company, Settings settings, Access access, Clock clock) {
        this.calendars = calendars;
        this.company = company;
        this.settings = settings;
        this.access = access;
        this.clock = clock;
    }

    /** As the form shows and sends it. */
    record HolidayForm(String name, String from, String to, Boolean everyYear) {

        static final HolidayForm BLANK = new HolidayForm("", "", "", false);

        static HolidayForm of(CompanyHoliday saved) {
            boolean oneDay = saved.from().equals(saved.to());
            return new HolidayForm(
                    saved.name(),
                    saved.from().toString(),
                    oneDay ? "" : saved.to().toString(),
                    saved.everyYear());
        }

        boolean yearly() {
            return Boolean.TRUE.equals(everyYear);
        }

        /** What is no day is none; the checks say what is missing. */
        static LocalDate day(String text) {
            try {
                return text == null || text.isBlank() ? null : LocalDate.parse(text.strip());
            } catch (DateTimeParseException e) {
                return null;
            }
        }
    }

    @GetMapping
    String show(@RequestParam(required = false) Integer year, Model model, Locale language) {
        return page(model, year, null, HolidayForm.BLANK, language);
    }

    @GetMapping("/{id}")
    String edit(@PathVariable CompanyHolidayId id, Model model, Locale language) {
        access.current().require(Right.ADMINISTER);
        CompanyHoliday saved = company.get(id);
        return page(model, saved.from().getYear(), saved, HolidayForm.of(saved), language);
    }

    @PostMapping({"", "/{id}"})
    String save(
            @PathVariable(required = false) CompanyHolidayId id,
            HolidayForm form,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect,
            Locale language) {
        CurrentUser user = access.current();
        LocalDate from = HolidayForm.day(form.from());
        LocalDate to = HolidayForm.day(form.to());
        try {
            CompanyHoliday saved = id == null
                    ? company.add(user, form.name(), from, to, form.yearly())
                    : company.change(user, id, form.name(), from, to, form.yearly());
            String year = "?year=" + saved.from().getYear();
            return Saved.redirect(redirect, HERE + year, "calendar.saved", saved.name());
        } catch (InvalidException e) {
            Saved.refused(model, response, e);
            return page(model, null, id == null ? null : company.get(id), form, language);
        }
    }

    @PostMapping("/{id}/delete")
    String delete(@PathVariable CompanyHolidayId id, RedirectAttributes redirect) {
        CompanyHoliday before = company.get(id);
        company.remove(access.current(), id);
        return Saved.redirect(redirect, HERE, "calendar.removed", before.name());
    }

    @PostMapping("/region")
    String region(@RequestParam String region, @RequestParam int year, RedirectAttributes redirect, Locale language) {
        CurrentUser user = access.current();
        user.require(Right.ADMINISTER);
        Calendar chosen = calendars.get(region, year, language);
        String[] code = chosen.code().split("-", 2);
        if (code.length < 2
                || settings.country().filter(code[0]::equalsIgnoreCase).isEmpty()) {
            throw new NotFoundException("No calendar is known for '" + chosen.code() + "'.");
        }
        int added = company.addRegion(user, code[0], code[1], year, language);
        return Saved.redirect(redirect, HERE + "?year=" + year, "calendar.region.added", added, chosen.name());
    }

    private String page(Model model, Integer year, CompanyHoliday edited, HolidayForm form, Locale language) {
        access.current().require(Right.ADMINISTER);
        int thisYear = LocalDate.ofInstant(clock.instant(), settings.timeZone()).getYear();
        int shown = year == null ? thisYear : year;
        Optional<Calendar> country = settings.country().map(code -> calendars.get(code, shown, language));
        model.addAttribute("country", country.orElse(null));
        model.addAttribute("own", company.own());
        model.addAttribute(
                "days", calendars.get(Calendars.COMPANY, shown, language).days());
        model.addAttribute("year", shown);
        model.addAttribute("years", List.of(thisYear - 1, thisYear, thisYear + 1, thisYear + 2));
        model.addAttribute("edited", edited);
        model.addAttribute("form", form);
        return "security/calendar";
    }
}
