package io.upnext.bpmn;

/** How much room a label needs. Modellers wrap labels at 90 pixels; this counts their lines, rather one too many. */
final class Lettering {

    static final int WIDTH = 90;
    static final int LINE = 14;

    private static final int NARROW = 6;
    private static final int WIDE = 12;

    private Lettering() {}

    /** The height of a label of {@link #WIDTH}, in pixels; 0 without text. */
    static int height(String text) {
        if (text == null || text.isBlank()) {
            return 0;
        }
        int lines = 1;
        int used = 0;
        for (String word : text.strip().split("\\s+")) {
            int width = width(word);
            int behind = used == 0 ? width : used + NARROW + width;
            if (behind <= WIDTH) {
                used = behind;
            } else {
                lines += (used == 0 ? 0 : 1) + (width - 1) / WIDTH;
                used = (width - 1) % WIDTH + 1;
            }
        }
        return lines * LINE;
    }

    /** The width of a text on one line, in pixels. */
    static int width(String text) {
        return text.codePoints()
                .map(character -> character < 0x1100 ? NARROW : WIDE)
                .sum();
    }
}
