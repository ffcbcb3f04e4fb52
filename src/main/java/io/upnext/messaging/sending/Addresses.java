package io.upnext.messaging.sending;

import java.net.IDN;
import java.util.regex.Pattern;

/** Syntax of mail addresses: what an SMTP server without extensions takes (RFC 5321 §4.1.2, without quoted forms). */
public final class Addresses {

    private static final Pattern LOCAL =
            Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*");
    private static final Pattern DOMAIN = Pattern.compile(
            "([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)*[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?");

    private static final int LONGEST_DOMAIN = 253;

    private Addresses() {}

    public static boolean valid(String address) {
        int at = address.lastIndexOf('@');
        if (at < 1 || at > 64 || address.length() > 254) {
            return false;
        }
        return LOCAL.matcher(address.substring(0, at)).matches() && validDomain(address.substring(at + 1));
    }

    /** Names of more than 253 characters are none (RFC 1035 §2.3.4), nor could the pattern's recursion bear any length. */
    public static boolean validDomain(String domain) {
        if (domain.length() > LONGEST_DOMAIN) {
            return false;
        }
        try {
            return DOMAIN.matcher(IDN.toASCII(domain)).matches();
        } catch (IllegalArgumentException notEncodable) {
            return false;
        }
    }

    /** The form SMTP takes: an international domain in its ASCII form. */
    public static String ascii(String address) {
        int at = address.lastIndexOf('@');
        return address.substring(0, at + 1) + IDN.toASCII(address.substring(at + 1));
    }
}
