package io.upnext.bpmn;

/** What people wrote, made fit for a label or a documentation of a process. */
final class Text {

    private static final char ZERO_WIDTH_SPACE = '\u200B';

    private Text() {}

    /**
     * The text without what XML 1.0 §2.2 forbids, and broken up where the engine would read an expression: it evaluates
     * the name and the documentation of a user task, so that {@code ${…}} in a step's name would be run.
     */
    static String safe(String text) {
        if (text == null) {
            return null;
        }
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().filter(Text::allowed).forEach(character -> {
            if (character == '{' && endsLikeAnExpression(safe)) {
                safe.append(ZERO_WIDTH_SPACE);
            }
            safe.appendCodePoint(character);
        });
        return safe.toString();
    }

    private static boolean endsLikeAnExpression(StringBuilder text) {
        if (text.isEmpty()) {
            return false;
        }
        char last = text.charAt(text.length() - 1);
        return last == '$' || last == '#';
    }

    private static boolean allowed(int character) {
        return character == '\t'
                || character == '\n'
                || character == '\r'
                || character >= 0x20 && character <= 0xD7FF
                || character >= 0xE000 && character <= 0xFFFD
                || character >= 0x10000 && character <= 0x10FFFF;
    }
}
