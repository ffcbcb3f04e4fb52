package io.upnext.messaging.sending;

import jakarta.mail.internet.MimeUtility;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The text of a header in lines that servers take: at most 998 characters (RFC 5322 §2.1.1), ASCII (RFC 2047). */
final class HeaderText {

    /** The library folds between words only. */
    private static final int LONGEST_WORD = 200;

    /** Three quarters of what an encoded word of 75 characters has room for, in UTF-8 of up to four bytes. */
    private static final int CHUNK = 10;

    private HeaderText() {}

    static String folded(String name, String text) throws UnsupportedEncodingException {
        if (hasLongWord(text)) {
            return encoded(text);
        }
        return MimeUtility.fold(name.length() + 2, MimeUtility.encodeText(text, StandardCharsets.UTF_8.name(), null));
    }

    private static boolean hasLongWord(String text) {
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            length = text.charAt(i) == ' ' || text.charAt(i) == '\t' ? 0 : length + 1;
            if (length > LONGEST_WORD) {
                return true;
            }
        }
        return false;
    }

    private static String encoded(String text) {
        StringBuilder words = new StringBuilder();
        int[] letters = text.codePoints().toArray();
        for (int from = 0; from < letters.length; from += CHUNK) {
            String chunk = new String(letters, from, Math.min(CHUNK, letters.length - from));
            words.append(words.isEmpty() ? "" : "\r\n ")
                    .append("=?UTF-8?B?")
                    .append(Base64.getEncoder().encodeToString(chunk.getBytes(StandardCharsets.UTF_8)))
                    .append("?=");
        }
        return words.toString();
    }
}
