package io.upnext.messaging.inspection;

import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Base64;

/** Transfer encodings (RFC 2045 §6) and character sets, read as far as they can be. */
final class TransferText {

    static final int MAX_TEXT = 200_000;

    private TransferText() {}

    static String of(MimeEntity part) {
        return decode(bytes(part, MAX_TEXT), part.parameter("charset"));
    }

    static byte[] bytes(MimeEntity part, int limit) {
        return switch (part.encoding()) {
            case "base64" -> base64(part.raw(), part.from(), part.to(), limit);
            case "quoted-printable" -> quotedPrintable(part.raw(), part.from(), part.to(), limit);
            default -> {
                byte[] bytes = new byte[Math.min(limit, part.to() - part.from())];
                System.arraycopy(part.raw(), part.from(), bytes, 0, bytes.length);
                yield bytes;
            }
        };
    }

    /** What is no letter of the alphabet is passed over, a broken end is left out. */
    private static byte[] base64(byte[] raw, int from, int to, int limit) {
        int letters = (int) Math.min((limit + 2L) / 3 * 4, to - from);
        byte[] clean = new byte[letters];
        int length = 0;
        for (int i = from; i < to && length < letters; i++) {
            byte b = raw[i];
            if (b == '=') {
                break;
            }
            if (b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z' || b >= '0' && b <= '9' || b == '+' || b == '/') {
                clean[length++] = b;
            }
        }
        int whole = length % 4 == 1 ? length - 1 : length;
        return Base64.getDecoder().decode(java.util.Arrays.copyOf(clean, whole));
    }

    private static byte[] quotedPrintable(byte[] raw, int from, int to, int limit) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(Math.min(limit, to - from));
        for (int i = from; i < to && out.size() < limit; i++) {
            if (raw[i] != '=') {
                out.write(raw[i]);
                continue;
            }
            int high = i + 2 < to ? Character.digit(raw[i + 1], 16) : -1;
            int low = i + 2 < to ? Character.digit(raw[i + 2], 16) : -1;
            int lineEnd = softBreak(raw, i + 1, to);
            if (high >= 0 && low >= 0) {
                out.write(high * 16 + low);
                i += 2;
            } else if (lineEnd >= 0) {
                i = lineEnd;
            } else {
                out.write('=');
            }
        }
        return out.toByteArray();
    }

    /** Where a soft line break ends, or -1. */
    private static int softBreak(byte[] raw, int from, int to) {
        int at = from;
        while (at < to && (raw[at] == ' ' || raw[at] == '\t' || raw[at] == '\r')) {
            at++;
        }
        return at < to && raw[at] == '\n' ? at : at >= to ? to : -1;
    }

    /** In its character set, or, where that is unknown or plainly wrong, the nearest thing to it. */
    static String decode(byte[] bytes, String charset) {
        if (japanese(bytes)) {
            return new String(bytes, Charset.forName("ISO-2022-JP"));
        }
        Charset named = named(charset);
        if (named == null || named == StandardCharsets.US_ASCII || named == StandardCharsets.UTF_8) {
            return utf8OrWestern(bytes);
        }
        return new String(bytes, named);
    }

    private static String utf8OrWestern(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            // Cut in the middle of a character, or not what it says: both are read best this way.
            String lenient = new String(bytes, StandardCharsets.UTF_8);
            long broken = lenient.chars().filter(c -> c == 0xFFFD).count();
            return broken * 50 < lenient.length() && bytes.length >= MAX_TEXT
                    ? lenient
                    : new String(bytes, Charset.forName("windows-1252"));
        }
    }

    /** The escape sequence that begins Japanese text in ISO-2022-JP, often without a word about it in the headers. */
    private static boolean japanese(byte[] bytes) {
        for (int i = 0; i + 2 < bytes.length; i++) {
            if (bytes[i] == 0x1B && bytes[i + 1] == '$' && (bytes[i + 2] == 'B' || bytes[i + 2] == '@')) {
                return true;
            }
        }
        return false;
    }

    private static Charset named(String name) {
        if (name == null) {
            return null;
        }
        try {
            return Charset.forName(MimeUtility.javaCharset(name.strip()));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            return null;
        }
    }
}
