package io.upnext.messaging.domain;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A list of {@code name=value} pairs as DKIM (RFC 6376 §3.2) and DMARC (RFC 7489 §6.4) write them. */
final class Tags {

    private Tags() {}

    /** Empty where the text is no such list, or names something twice. */
    static Optional<Map<String, String>> of(String text) {
        Map<String, String> tags = new LinkedHashMap<>();
        for (String pair : text.strip().replaceAll(";\\s*$", "").split(";")) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? "" : pair.substring(0, equals).strip();
            if (!name.matches("[A-Za-z][A-Za-z0-9_]*")
                    || tags.put(name, pair.substring(equals + 1).strip()) != null) {
                return Optional.empty();
            }
        }
        return Optional.of(tags);
    }
}
