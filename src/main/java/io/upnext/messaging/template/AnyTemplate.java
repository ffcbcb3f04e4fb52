package io.upnext.messaging.template;

import io.upnext.shared.RecordType;
import java.util.UUID;

/** One language of a template, whatever it is sent as; its key is name and language. */
public interface AnyTemplate {

    UUID id();

    String name();

    String language();

    RecordType recordType();

    long version();
}
