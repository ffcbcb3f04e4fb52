package io.upnext.messaging.inspection;

import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Why a mail was not delivered, from codes and words: first what the words say for certain ({@code reasons.txt}), then
 * the enhanced status (RFC 3463, {@code statuses.txt}), then words that need its support, then the SMTP code.
 *
 * @param status the most telling enhanced code, or null
 * @param smtpCode the first three-digit answer, or null
 */
record Diagnosis(String reason, String status, String smtpCode) {

    private static final Phrases WORDS = Phrases.load("reasons");
    private static final Phrases WEAK = Phrases.load("weak-reasons");
    private static final Phrases STATUSES = Phrases.load("statuses");

    /** A mailbox that a filter protects says "unknown" only after it has seen the mail: that is no proof. */
    private static final Phrases AFTER_DATA = Phrases.load("after-data");

    private static final Phrases AT_RECIPIENT = Phrases.load("at-recipient");

    /** What is unknown there is the sender. */
    private static final Phrases AT_SENDER = Phrases.load("at-sender");

    /** Servers that say one thing and mean another, by their names. */
    private static final Phrases SERVERS = Phrases.load("servers");

    private static final Set<String> HARD = Set.of("userunknown", "hostunknown", "hasmoved", "notaccept");
    private static final int LONGEST = 6_000;

    /** A relay's own words before those of the server it asked: only the latter count. */
    private static final Pattern RELAYED =
            Pattern.compile("^\\W{0,5}(?:smtp;)?\\s{0,5}[45]\\.\\d\\.\\d{1,3} - [^']{1,80}'");

    private static final Pattern STATUS = Pattern.compile("(?<![\\d.])([245]\\.[0-9]\\.[0-9]{1,3})(?![\\d.]*\\d)");
    private static final Pattern REPLY = Pattern.compile("(?<![\\w.:/\\-\\[])([245][0-5][0-9])(?=[ \\-<#,:;\\]']|$)");

    /**
     * @param field the status field of a report, or null
     * @param servers names of the servers that speak, or the empty text
     * @param said what the server said about this recipient
     * @param around the rest of the report's text, asked where the former says too little
     */
    static Diagnosis of(String field, String servers, String said, String around) {
        Matcher relayed = RELAYED.matcher(said);
        return relayed.find()
                ? told(field, servers, said.substring(relayed.end()), around)
                : told(field, servers, said, around);
    }

    private static Diagnosis told(String field, String servers, String said, String around) {
        String status = status(field, said);
        String code = code(said);
        if (code == null) {
            code = code(around);
        }
        if (status == null) {
            status = status(null, around);
        }
        String words = Phrases.normal(cut(said));
        String all = Phrases.normal(cut(said) + "\n" + cut(around));
        String known = SERVERS.first(Phrases.normal(servers) + "|" + words);
        return new Diagnosis(known == null ? reason(status, code, words, all) : known, status, code);
    }

    private static String reason(String status, String code, String words, String all) {
        String found = first(
                () -> WORDS.first(words),
                () -> words.isBlank() ? WORDS.first(all) : null,
                () -> byStatus(status),
                () -> WEAK.first(words),
                () -> WORDS.first(all),
                () -> WEAK.first(all),
                () -> byCode(code));
        return unless(found, status, words, all);
    }

    @SafeVarargs
    private static String first(Supplier<String>... ways) {
        return Stream.of(ways)
                .map(Supplier::get)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse("undefined");
    }

    /** Who is unknown where and when. */
    private static String unless(String found, String status, String words, String all) {
        if (found.equals("unavailable")) {
            // RFC 5321 §4.2.2 gives the same words for "no such mailbox" and "refused by a rule".
            boolean address = status != null && (status.startsWith("5.1.") || status.equals("5.5.0"));
            return address || AT_RECIPIENT.any(all) ? "userunknown" : "filtered";
        }
        boolean unknown = found.equals("userunknown") || found.equals("hostunknown");
        if (unknown && AT_SENDER.any(all) && !AT_RECIPIENT.any(all)) {
            return "rejected";
        }
        return found.equals("userunknown") && !certain(status, all) ? "filtered" : found;
    }

    /** The address was refused as such, not the mail after it had been seen. */
    private static boolean certain(String status, String all) {
        if (AFTER_DATA.any(all)) {
            return "5.1.1".equals(status) || "5.1.10".equals(status) || "5.5.0".equals(status) || AT_RECIPIENT.any(all);
        }
        boolean refusedOtherwise = status != null && (status.equals("5.2.0") || status.startsWith("5.7."));
        return !refusedOtherwise || AT_RECIPIENT.any(all);
    }

    private static String byStatus(String status) {
        return status == null ? null : STATUSES.first(" " + status + " ");
    }

    private static String byCode(String code) {
        if (code == null) {
            return "undefined";
        }
        return switch (code) {
            case "550", "551", "553" -> "rejected";
            case "552" -> "mailboxfull";
            case "500", "501", "502", "503", "504" -> "syntaxerror";
            case "421", "450", "451" -> "expired";
            case "452" -> "systemfull";
            case "554", "556" -> "systemerror";
            default -> "undefined";
        };
    }

    static boolean isHard(String reason) {
        return HARD.contains(reason);
    }

    boolean hard() {
        return HARD.contains(reason);
    }

    private static String status(String field, String said) {
        String own = find(STATUS, field);
        String theirs = find(STATUS, cut(said));
        // "5.0.0" says only that it failed; what the remote server said is worth more.
        boolean vague = own == null
                || own.endsWith(".0.0")
                || own.equals("5.3.0")
                || own.equals("5.1.0")
                || own.equals("5.5.0");
        return vague && theirs != null ? theirs : own;
    }

    private static String code(String said) {
        String code = find(REPLY, cut(said));
        return code;
    }

    private static String find(Pattern pattern, String text) {
        if (text == null) {
            return null;
        }
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : null;
    }

    private static String cut(String text) {
        return text == null ? "" : text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    }
}
