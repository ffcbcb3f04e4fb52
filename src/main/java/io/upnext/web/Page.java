package io.upnext.web;

import io.upnext.security.Access;
import io.upnext.security.CurrentUser;
import io.upnext.security.Right;
import io.upnext.security.Settings;
import io.upnext.shared.Paged;
import io.upnext.shared.Problem;
import io.upnext.shared.TimeZones;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/** What templates ask for as {@code @page}: who looks, where, and how times read in the viewer's zone and language. */
@Component("page")
public class Page {

    private static final String LANGUAGE = "lang";

    private final Access access;
    private final Settings settings;
    private final Clock clock;
    private final ObjectProvider<NavigationCount> counts;
    private final RefusalTexts refusals;

    Page(Access access, Settings settings, Clock clock, ObjectProvider<NavigationCount> counts, RefusalTexts refusals) {
        this.refusals = refusals;
        this.access = access;
        this.settings = settings;
        this.clock = clock;
        this.counts = counts;
    }

    /** Who looks at the page; null before the log-in. */
    public CurrentUser user() {
        return access.find().orElse(null);
    }

    /** @param right the name of a {@link Right} */
    public boolean may(String right) {
        return access.find().filter(user -> user.may(Right.valueOf(right))).isPresent();
    }

    public List<Navigation.Entry> navigation() {
        return access.find().map(Navigation::main).orElse(List.of());
    }

    /** How many things wait behind an entry of the navigation; 0 where nothing is counted. */
    public long waiting(String path) {
        return access.find()
                .map(user -> counts.stream()
                        .filter(count -> count.path().equals(path))
                        .mapToLong(count -> count.of(user))
                        .sum())
                .orElse(0L);
    }

    public List<Navigation.Entry> tools() {
        return access.find().map(Navigation::tools).orElse(List.of());
    }

    public List<Navigation.Entry> administration() {
        return may("ADMINISTER") ? Navigation.admin(user()) : List.of();
    }

    /** Does the entry lead to this page or to one above it? */
    public boolean isHere(String path) {
        var here = path();
        return here.equals(path) || here.startsWith(path + "/");
    }

    public ZoneId zone() {
        var user = user();
        return user == null || user.timeZone() == null ? settings.timeZone() : ZoneId.of(user.timeZone());
    }

    /** The zones a form offers; what is saved is among them. @param saved may be null */
    public Map<String, String> zones(String saved) {
        return TimeZones.offered(saved);
    }

    /** The product's time now; in the demo it may be ahead. */
    public Instant now() {
        return clock.instant();
    }

    /** Date and time for people, in the viewer's zone: {@code 3 Mar 2026, 10:15}. */
    public String time(Instant instant) {
        return instant == null
                ? ""
                : format(instant, DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT));
    }

    public String date(Instant instant) {
        return instant == null ? "" : format(instant, DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM));
    }

    /** A day that belongs to no zone. */
    public String day(LocalDate day) {
        return day == null
                ? ""
                : day.format(
                        DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM).withLocale(formatLocale()));
    }

    /** A sentence about something refused, in the viewer's language. */
    public String said(String sentence) {
        return refusals.in(LocaleContextHolder.getLocale(), sentence);
    }

    /** For {@code datetime} attributes. */
    public String iso(Instant instant) {
        return instant == null ? "" : instant.atZone(zone()).format(DateTimeFormatter.ISO_OFFSET_DATE_TIME);
    }

    private String format(Instant instant, DateTimeFormatter formatter) {
        return instant.atZone(zone()).format(formatter.withLocale(formatLocale()));
    }

    /** English without a country reads as British: day before month, hours to 24. */
    private static Locale formatLocale() {
        var locale = LocaleContextHolder.getLocale();
        return locale.getLanguage().equals("en") && locale.getCountry().isEmpty() ? Locale.UK : locale;
    }

    /** This page's address with one parameter set to another value, or without it (null); {@code lang} is dropped. */
    public String with(String parameter, Object value) {
        var address = UriComponentsBuilder.fromPath(path());
        request().getParameterMap().forEach((name, values) -> {
            if (!name.equals(parameter) && !name.equals(LANGUAGE)) {
                address.queryParam(encoded(name)[0], (Object[]) encoded(values));
            }
        });
        if (value != null) {
            address.queryParam(parameter, (Object[]) encoded(value.toString()));
        }
        return address.build(true).toUriString();
    }

    /** The address of the same list sorted by a property; asked for twice it turns the order round. */
    public String sortedBy(String property) {
        var ascending = "ascending".equals(order(property));
        var parameters = UriComponentsBuilder.fromUriString(with("sort", property + (ascending ? ",desc" : ",asc")));
        return parameters.replaceQueryParam("page").build(true).toUriString();
    }

    /** {@code ascending}, {@code descending} or {@code none}, as {@code aria-sort} has it. */
    public String order(String property) {
        var sort = request().getParameter("sort");
        if (sort == null || !(sort.equals(property) || sort.startsWith(property + ","))) {
            return "none";
        }
        return sort.endsWith(",desc") ? "descending" : "ascending";
    }

    public long lastPage(Paged<?> list) {
        return Math.max(0, (list.total() - 1) / list.size());
    }

    /**
     * The sentence on one field of a form; null where nothing is wrong with it.
     *
     * @param mistakes the sentence itself, or the problems of the form, each with a field's name as its rule, or null
     */
    public String mistake(Object mistakes, String field) {
        if (mistakes instanceof List<?> problems) {
            return problems.stream()
                    .filter(problem -> problem instanceof Problem one && field.equals(one.rule()))
                    .map(problem -> ((Problem) problem).message())
                    .findFirst()
                    .orElse(null);
        }
        return mistakes == null ? null : mistakes.toString();
    }

    private static String[] encoded(String... values) {
        return Arrays.stream(values)
                .map(value -> UriUtils.encode(value, StandardCharsets.UTF_8))
                .toArray(String[]::new);
    }

    private static String path() {
        var request = request();
        var failed = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        return failed == null ? request.getRequestURI() : failed.toString();
    }

    private static HttpServletRequest request() {
        return ((ServletRequestAttributes) RequestContextHolder.currentRequestAttributes()).getRequest();
    }
}
