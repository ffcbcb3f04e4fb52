package io.upnext.messaging.inspection;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A recipient's complaint as the recipient's provider reports it: ARF (RFC 5965), and the older form of a mail from the
 * provider's abuse desk that carries the mail complained about.
 *
 * @param kind the feedback type, lower case; {@code abuse} where none is named
 * @param addresses who complains, where the report still says so
 */
record Complaints(String kind, List<String> addresses) {

    /** Reports that are no complaint of a person: what failed is authentication, or it was no spam after all. */
    boolean counts() {
        return !kind.equals("not-spam") && !kind.startsWith("auth-failure") && !kind.startsWith("dmarc");
    }

    static boolean is(ParsedMail mail) {
        return !mail.feedback().isEmpty() || mail.reportType().equals("feedback-report") || fromAbuseDesk(mail);
    }

    /** "complaint about message from 192.0.2.1", with the mail attached. */
    private static boolean fromAbuseDesk(ParsedMail mail) {
        String subject = mail.subject().toLowerCase(Locale.ROOT);
        boolean says = subject.startsWith("complaint about message from")
                || subject.startsWith("email feedback report")
                || subject.startsWith("abuse report")
                || subject.startsWith("spam complaint")
                || subject.startsWith("feedback loop");
        return says && !mail.returned().isEmpty();
    }

    static Complaints of(ParsedMail mail) {
        Set<String> addresses = new LinkedHashSet<>();
        String kind = "abuse";
        for (String report : mail.feedback()) {
            Headers fields = MimeReader.read(report.strip().getBytes(java.nio.charset.StandardCharsets.UTF_8))
                    .headers();
            kind = fields.has("feedback-type") ? fields.first("feedback-type").toLowerCase(Locale.ROOT) : kind;
            for (String name : List.of("original-rcpt-to", "removal-recipient", "redacted-address")) {
                fields.all(name).stream()
                        .map(Addresses::bare)
                        .filter(a -> a.contains("@"))
                        .forEach(addresses::add);
            }
        }
        if (addresses.isEmpty()) {
            mail.returned().forEach(original -> original(original, addresses));
        }
        return new Complaints(kind, addresses.stream().limit(500).toList());
    }

    private static void original(Headers original, Set<String> addresses) {
        for (String name : List.of("x-hmxmroriginalrecipient", "x-original-to", "delivered-to", "to")) {
            if (addresses.isEmpty()) {
                original.all(name).stream()
                        .flatMap(value -> Addresses.in(value, 20).stream())
                        .map(address -> address.toLowerCase(Locale.ROOT))
                        .forEach(addresses::add);
            }
        }
    }
}
