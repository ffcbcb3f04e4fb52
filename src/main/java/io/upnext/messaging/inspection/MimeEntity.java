package io.upnext.messaging.inspection;

import java.util.List;
import java.util.Locale;

/**
 * One part of a message: its headers, and where its body lies in the message's bytes.
 *
 * @param type the media type, lower case without parameters
 * @param children of a multipart, in order; of others none
 */
record MimeEntity(Headers headers, String type, byte[] raw, int from, int to, List<MimeEntity> children) {

    boolean is(String prefix) {
        return type.startsWith(prefix);
    }

    /** A parameter of the content type, or null. */
    String parameter(String name) {
        return headers.parameter("content-type", name);
    }

    /** The decoded text, at most {@link TransferText#MAX_TEXT} characters of it. */
    String text() {
        return TransferText.of(this);
    }

    /** The decoded bytes, as those of a message attached to another. */
    byte[] bytes(int limit) {
        return TransferText.bytes(this, limit);
    }

    String encoding() {
        return headers.first("content-transfer-encoding").strip().toLowerCase(Locale.ROOT);
    }
}
