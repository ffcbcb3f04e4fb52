package io.upnext.messaging.receiving;

import io.upnext.messaging.inspection.QuotedText;

/** The beginning of what somebody wrote, without what they quote. */
final class Snippet {

    private static final int LENGTH = 300;

    private Snippet() {}

    static String of(String text) {
        String line = QuotedText.own(text).replaceAll("\\s+", " ").strip();
        return line.length() <= LENGTH ? line : line.substring(0, LENGTH) + "…";
    }
}
