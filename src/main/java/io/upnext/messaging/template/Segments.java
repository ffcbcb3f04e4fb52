package io.upnext.messaging.template;

/**
 * How a text message is cut for its way: with the GSM alphabet 160 characters fit into one message and 153 into each
 * part of a longer one (3GPP TS 23.038), with any other character 70 and 67 (UCS-2). Gateways charge by the part.
 *
 * @param characters as that alphabet counts them: some of GSM's are two, and so are emoji
 */
public record Segments(Encoding encoding, int characters, int segments) {

    public enum Encoding {
        GSM_7(160, 153),
        UCS_2(70, 67);

        private final int alone;
        private final int part;

        Encoding(int alone, int part) {
            this.alone = alone;
            this.part = part;
        }
    }

    private static final String BASIC = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
            + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
    private static final String EXTENDED = "\f^{}\\[~]|€";

    public static Segments of(String text) {
        boolean gsm = text.chars().allMatch(c -> BASIC.indexOf(c) >= 0 || EXTENDED.indexOf(c) >= 0);
        Encoding encoding = gsm ? Encoding.GSM_7 : Encoding.UCS_2;
        int characters = text.codePoints().map(c -> width(c, encoding)).sum();
        int segments = characters <= encoding.alone ? Math.min(characters, 1) : parts(text, encoding);
        return new Segments(encoding, characters, segments);
    }

    private static int width(int codePoint, Encoding encoding) {
        return encoding == Encoding.UCS_2 ? Character.charCount(codePoint) : EXTENDED.indexOf(codePoint) >= 0 ? 2 : 1;
    }

    /** What takes two places is never cut in the middle. */
    private static int parts(String text, Encoding encoding) {
        int parts = 1;
        int used = 0;
        for (int width : text.codePoints().map(c -> width(c, encoding)).toArray()) {
            if (used + width > encoding.part) {
                parts++;
                used = 0;
            }
            used += width;
        }
        return parts;
    }
}
