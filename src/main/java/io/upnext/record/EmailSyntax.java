package io.upnext.record;

import java.util.regex.Pattern;

/**
 * Is it written like a mail address? Only the form counts: any top-level domain, internationalised ones too (RFC 5321
 * §2.3.11, RFC 6531), without the quoted local parts nobody uses.
 */
final class EmailSyntax {

    private static final int MAX_LENGTH = 254;
    private static final int MAX_LOCAL = 64;

    private static final Pattern LOCAL =
            Pattern.compile("[^\\s\\p{Cntrl}@<>()\\[\\]\\\\,;:\".]+(\\.[^\\s\\p{Cntrl}@<>()\\[\\]\\\\,;:\".]+)*");

    private static final Pattern LABEL =
            Pattern.compile("[\\p{L}\\p{N}]([\\p{L}\\p{N}\\p{M}-]{0,61}[\\p{L}\\p{N}\\p{M}])?");

    private EmailSyntax() {}

    static boolean isValid(String address) {
        int at = address.lastIndexOf('@');
        if (at < 1 || at > MAX_LOCAL || address.length() > MAX_LENGTH) {
            return false;
        }
        String[] labels = address.substring(at + 1).split("\\.", -1);
        if (labels.length < 2 || !LOCAL.matcher(address.substring(0, at)).matches()) {
            return false;
        }
        for (String label : labels) {
            if (!LABEL.matcher(label).matches()) {
                return false;
            }
        }
        return true;
    }
}
