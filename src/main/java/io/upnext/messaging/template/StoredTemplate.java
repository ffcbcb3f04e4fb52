package io.upnext.messaging.template;

import io.upnext.shared.RecordType;
import java.util.UUID;

/**
 * A mail template in one language; its key is name and language.
 *
 * @param text the text part, or null where it follows from the HTML
 */
public record StoredTemplate(
        UUID id,
        String name,
        String language,
        RecordType recordType,
        String subject,
        String html,
        String text,
        long version)
        implements AnyTemplate {}
