package io.upnext.messaging.inspection;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Who writes bounces: mail servers, under the names they give themselves. */
final class Daemons {

    private static final Set<String> LOCAL_PARTS = Set.of(
            "mailer-daemon",
            "mailerdaemon",
            "mailer_daemon",
            "mail-daemon",
            "mail.daemon",
            "maildaemon",
            "postmaster",
            "post_master",
            "post-master",
            "mail-delivery",
            "mail.delivery.system",
            "mdaemon",
            "bounce",
            "bounces",
            "mailadmin",
            "microsoftexchange329e71ec88ae4615bbc36ab6ce41109e");

    private static final Pattern NAME = Pattern.compile(
            "mail[ ._-]?deliver(?:y|er)?[ ._-]?(?:system|subsystem|service|agent)|mailer[ ._-]?daemon|postmaster|post office"
                    + "|mail administrator|mail system|mail router|internet mail (?:service|delivery)|e?-?mail delivery"
                    + "|system administrator|systemadministrator|message delivery|undeliver|microsoft outlook|delivery (?:status|notification)"
                    + "|non-?delivery|bounce");

    private Daemons() {}

    static boolean isDaemon(String address) {
        int at = address.indexOf('@');
        String local = (at < 0 ? address : address.substring(0, at)).toLowerCase(Locale.ROOT);
        return LOCAL_PARTS.contains(local)
                || local.startsWith("mailer-daemon")
                || local.startsWith("microsoftexchange");
    }

    static boolean wrote(ParsedMail mail) {
        String header = mail.headers().decoded("from").toLowerCase(Locale.ROOT);
        String bounded = header.length() > 500 ? header.substring(0, 500) : header;
        // A server that names no address at all: nobody is to answer (RFC 5321 §4.5.5).
        boolean nobody = bounded.contains("<>") || mail.has("from") && bounded.isBlank();
        return nobody
                || mail.has("x-mlserver")
                || mail.from() != null && isDaemon(mail.from())
                || isDaemon(bounded.strip())
                || NAME.matcher(bounded).find();
    }
}
