package io.upnext.messaging.receiving;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A received mail, read as far as it could be.
 *
 * @param headers by lower-case name, unfolded; absent ones are absent
 * @param from bare address, lower case, or null
 * @param recipients bare addresses it was sent to, lower case
 * @param thread Message-IDs it answers, the nearest first
 * @param report null unless it is a delivery report (RFC 3464)
 * @param unknownReport a multipart/report of another kind
 */
record ParsedMail(
        Map<String, List<String>> headers,
        String from,
        List<String> recipients,
        String subject,
        List<String> thread,
        String text,
        DeliveryReport report,
        boolean unknownReport) {

    /** The first value of a header, or the empty text. */
    String header(String name) {
        List<String> values = headers.get(name.toLowerCase(Locale.ROOT));
        return values == null ? "" : values.get(0);
    }

    boolean has(String name) {
        return headers.containsKey(name.toLowerCase(Locale.ROOT));
    }
}
