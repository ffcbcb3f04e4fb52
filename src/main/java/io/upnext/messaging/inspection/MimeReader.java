package io.upnext.messaging.inspection;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Takes a message apart (RFC 2045, 2046), however broken it is. The mail library builds an object for every part and
 * header before one can say how many are too many; here every bound holds from the first byte, and what cannot be read
 * as a multipart is read as text.
 */
final class MimeReader {

    private static final int MAX_DEPTH = 12;
    private static final int MAX_PARTS = 200;
    private static final int MAX_HEADER_BYTES = 1 << 20;

    private final byte[] raw;
    private int parts;

    private MimeReader(byte[] raw) {
        this.raw = raw;
    }

    static MimeEntity read(byte[] raw) {
        return new MimeReader(raw).entity(start(raw), raw.length, 0);
    }

    /** Past empty lines and the envelope line of a mailbox file. */
    private static int start(byte[] raw) {
        int at = 0;
        while (at < raw.length && (raw[at] == '\r' || raw[at] == '\n')) {
            at++;
        }
        return startsWith(raw, at, "From ") ? nextLine(raw, at, raw.length) : at;
    }

    private MimeEntity entity(int from, int to, int depth) {
        parts++;
        Headers headers = new Headers();
        int body = headers(headers, from, to);
        String type = mediaType(headers);
        String boundary = type.startsWith("multipart/") ? boundary(headers, body, to) : null;
        List<MimeEntity> children =
                boundary == null || depth >= MAX_DEPTH ? List.of() : children(boundary, body, to, depth);
        if (type.startsWith("multipart/") && children.isEmpty()) {
            type = "text/plain";
        }
        return new MimeEntity(headers, type, raw, body, to, children);
    }

    /** Where the header does not say it, what the first line that looks like a delimiter says. */
    private String boundary(Headers headers, int body, int to) {
        String named = headers.parameter("content-type", "boundary");
        int at = body;
        for (int line = 0; named == null && at < to && line < 50; line++, at = nextLine(raw, at, to)) {
            int end = endOfLine(at, nextLine(raw, at, to));
            if (end - at > 8 && end - at < 100 && raw[at] == '-' && raw[at + 1] == '-' && raw[end - 1] != '-') {
                return text(at + 2, end).stripTrailing();
            }
        }
        return named;
    }

    private static String mediaType(Headers headers) {
        String value = headers.first("content-type");
        int end = value.indexOf(';');
        String type = (end < 0 ? value : value.substring(0, end)).strip().toLowerCase(Locale.ROOT);
        return type.indexOf('/') < 0 ? "text/plain" : type;
    }

    /** Reads header lines until the empty line or the first line that is none. @return where the body begins */
    private int headers(Headers headers, int from, int to) {
        int at = from;
        StringBuilder field = new StringBuilder();
        while (at < to) {
            int next = nextLine(raw, at, to);
            int end = endOfLine(at, next);
            if (end == at) {
                add(headers, field);
                return next;
            }
            boolean folded = raw[at] == ' ' || raw[at] == '\t';
            if (!folded) {
                if (!isField(at, end)) {
                    add(headers, field);
                    return at;
                }
                add(headers, field);
            }
            if (at - from < MAX_HEADER_BYTES) {
                append(field, at, end);
            }
            at = next;
        }
        add(headers, field);
        return to;
    }

    private void append(StringBuilder field, int from, int to) {
        field.append(text(from, to));
    }

    private static void add(Headers headers, StringBuilder field) {
        int colon = field.indexOf(":");
        if (colon > 0) {
            headers.add(
                    field.substring(0, colon).strip(),
                    field.substring(colon + 1).strip());
        }
        field.setLength(0);
    }

    /** {@code Name: …}: no white space before the colon but at its end. */
    private boolean isField(int from, int to) {
        for (int i = from; i < to; i++) {
            if (raw[i] == ':') {
                return i > from;
            }
            if (raw[i] <= ' ' && !(raw[i] == ' ' && i + 1 < to && raw[i + 1] == ':')) {
                return false;
            }
        }
        return false;
    }

    private List<MimeEntity> children(String boundary, int from, int to, int depth) {
        List<MimeEntity> children = new ArrayList<>();
        String delimiter = "--" + boundary;
        int begun = -1;
        for (int at = from; at < to && parts < MAX_PARTS; at = nextLine(raw, at, to)) {
            if (raw[at] != '-' || !startsWith(raw, at, delimiter)) {
                continue;
            }
            if (begun >= 0) {
                children.add(entity(begun, withoutLineBreak(begun, at), depth + 1));
            }
            begun = nextLine(raw, at, to);
            if (startsWith(raw, at + delimiter.length(), "--")) {
                return children;
            }
        }
        // The closing delimiter is missing: what there is counts.
        if (begun >= 0 && begun < to && parts < MAX_PARTS) {
            children.add(entity(begun, to, depth + 1));
        }
        return children;
    }

    /** The line break before a delimiter belongs to the delimiter (RFC 2046 §5.1.1). */
    private int withoutLineBreak(int from, int to) {
        int end = to;
        if (end > from && raw[end - 1] == '\n') {
            end--;
        }
        return end > from && raw[end - 1] == '\r' ? end - 1 : end;
    }

    private String text(int from, int to) {
        String bytes = new String(raw, from, to - from, StandardCharsets.ISO_8859_1);
        return bytes.chars().allMatch(c -> c < 128)
                ? bytes
                : TransferText.decode(bytes.getBytes(StandardCharsets.ISO_8859_1), null);
    }

    private int endOfLine(int from, int next) {
        int end = next;
        while (end > from && (raw[end - 1] == '\n' || raw[end - 1] == '\r')) {
            end--;
        }
        return end;
    }

    static int nextLine(byte[] raw, int from, int to) {
        int at = from;
        while (at < to && raw[at] != '\n') {
            at++;
        }
        return Math.min(at + 1, to);
    }

    private static boolean startsWith(byte[] raw, int at, String text) {
        if (at + text.length() > raw.length) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (raw[at + i] != (byte) text.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
