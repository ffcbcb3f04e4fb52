package io.upnext.messaging.inspection;

import java.util.List;
import java.util.Locale;

/**
 * A received mail, read as far as it could be.
 *
 * @param from bare address, lower case, or null
 * @param recipients bare addresses it was sent to
 * @param thread Message-IDs it answers, the nearest first
 * @param text what there is to read: the plain text, else that of the HTML
 * @param statuses delivery-status parts (RFC 3464), as they stand
 * @param feedback feedback reports (RFC 5965), as they stand
 * @param returned headers of the mails it carries or quotes as a part of their own
 * @param embedded the first message it carries as a whole, or null
 */
public record ParsedMail(
        Headers headers,
        String type,
        String from,
        List<String> recipients,
        String subject,
        List<String> thread,
        String text,
        List<String> statuses,
        List<String> feedback,
        List<Headers> returned,
        byte[] embedded) {

    /** The first value of a header, or the empty text. */
    public String header(String name) {
        return headers.first(name);
    }

    public boolean has(String name) {
        return headers.has(name);
    }

    /** What stands above the first quotation. */
    public String ownText() {
        return QuotedText.own(text).strip();
    }

    /** {@code multipart/report}, of whatever kind (RFC 6522). */
    boolean isReport() {
        return type.equals("multipart/report");
    }

    String reportType() {
        String kind = headers.parameter("content-type", "report-type");
        return kind == null ? "" : kind.toLowerCase(Locale.ROOT);
    }
}
