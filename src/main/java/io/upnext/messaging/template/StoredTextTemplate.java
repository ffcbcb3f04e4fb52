package io.upnext.messaging.template;

import io.upnext.shared.RecordType;
import java.util.UUID;

/** A template of text messages in one language; its key is name and language. */
public record StoredTextTemplate(
        UUID id, String name, String language, RecordType recordType, String text, long version)
        implements AnyTemplate {}
