package io.upnext.messaging.inspection;

import jakarta.mail.internet.MailDateFormat;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** When and where a mail was written, by its Date header. */
record SentDate(LocalDate day, boolean monthFirst) {

    private static final Pattern OFFSET = Pattern.compile("([+-])(\\d\\d)(\\d\\d)(?!\\d)");
    private static final Set<String> MONTH_FIRST = Set.of("en-us", "en_us");

    /** @param received what counts where the header says nothing that can be read or be true */
    static SentDate of(ParsedMail mail, Instant received, ZoneId zone) {
        String header = mail.header("date");
        Matcher offset = OFFSET.matcher(header);
        ZoneOffset named = offset.find() ? offset(offset) : null;
        Instant sent = sent(header, received);
        String language = mail.header("content-language").strip().toLowerCase(java.util.Locale.ROOT);
        boolean american =
                named != null && named.getTotalSeconds() <= -4 * 3600 && named.getTotalSeconds() >= -10 * 3600;
        boolean monthFirst = language.isEmpty() ? american : MONTH_FIRST.contains(language);
        return new SentDate(sent.atZone(named == null ? zone : named).toLocalDate(), monthFirst);
    }

    private static ZoneOffset offset(Matcher offset) {
        int hours = Integer.parseInt(offset.group(2));
        int minutes = Integer.parseInt(offset.group(3));
        if (hours > 14 || minutes > 59) {
            return null;
        }
        int sign = offset.group(1).equals("-") ? -1 : 1;
        return ZoneOffset.ofHoursMinutes(sign * hours, sign * minutes);
    }

    private static Instant sent(String header, Instant received) {
        try {
            Instant sent = new MailDateFormat().parse(header).toInstant();
            boolean believable = sent.isBefore(received.plus(Duration.ofDays(1)))
                    && sent.isAfter(received.minus(Duration.ofDays(5)));
            return believable ? sent : received;
        } catch (ParseException | RuntimeException unreadable) {
            return received;
        }
    }
}
