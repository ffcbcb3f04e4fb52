package io.upnext.messaging.domain;

import io.upnext.messaging.domain.DnsResolver.DnsException;
import io.upnext.messaging.domain.DomainReport.Finding;
import io.upnext.messaging.domain.DomainReport.State;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * SPF (RFC 7208): exactly one record, at most ten lookups in all that it includes, and an end that refuses strangers.
 * Whether the mail server's own address is covered only the receiver sees.
 */
final class SpfCheck {

    private static final int MOST_LOOKUPS = 10;
    private static final Pattern TERM = Pattern.compile(
            "[+?~-]?(all|include:\\S+|a(:[^/\\s]+)?(/\\d+)?(//\\d+)?|mx(:[^/\\s]+)?(/\\d+)?(//\\d+)?|ptr(:\\S+)?|exists:\\S+"
                    + "|ip4:[0-9.]+(/\\d+)?|ip6:[0-9a-f:.]+(/\\d+)?)|[a-z][a-z0-9_.-]*=\\S*",
            Pattern.CASE_INSENSITIVE);

    private final DnsResolver dns;
    private int lookups;

    SpfCheck(DnsResolver dns) {
        this.dns = dns;
    }

    /** What makes receivers give up on the whole record ({@code permerror}). */
    private static final class Broken extends Exception {

        Broken(String sentence) {
            super(sentence, null, false, false);
        }
    }

    Finding of(String domain) throws DnsException {
        List<String> found = records(domain);
        if (found.isEmpty()) {
            return new Finding(
                    State.MISSING,
                    "There is no SPF record, so anybody may send in this domain's name. Publish one that includes your"
                            + " mail provider's.",
                    domain,
                    found,
                    new DnsRecord(domain, "TXT", "v=spf1 mx ~all"));
        }
        try {
            String record = only(domain, found);
            follow(domain, record, new HashSet<>());
            return end(domain, record, found);
        } catch (Broken e) {
            return new Finding(State.ERROR, e.getMessage(), domain, found, null);
        }
    }

    private List<String> records(String domain) throws DnsException {
        return dns.txt(domain).stream()
                .filter(text -> text.matches("(?i)v=spf1(\\s.*)?"))
                .toList();
    }

    private static String only(String domain, List<String> found) throws Broken {
        if (found.size() > 1) {
            throw new Broken("'" + domain + "' has several SPF records, so receivers heed none (RFC 7208 §3.2). Join"
                    + " them into one.");
        }
        return found.get(0);
    }

    private void follow(String domain, String record, Set<String> path) throws Broken, DnsException {
        if (!path.add(domain)) {
            throw new Broken("The SPF record includes '" + domain + "' in a circle. Take that out.");
        }
        for (String term : terms(record)) {
            if (!TERM.matcher(term).matches()) {
                throw new Broken("'" + term + "' in the SPF record of '" + domain
                        + "' is malformed, so receivers heed none of it. Correct it.");
            }
            if (asks(term)) {
                count();
                followInto(target(term), path);
            }
        }
        path.remove(domain);
    }

    private void followInto(String target, Set<String> path) throws Broken, DnsException {
        // Macros depend on each mail, and what is no include is not followed.
        if (target == null || target.contains("%")) {
            return;
        }
        List<String> included = records(target);
        if (included.isEmpty()) {
            throw new Broken("The SPF record includes '" + target + "', which has none. Take that out.");
        }
        follow(target, only(target, included), path);
    }

    private void count() throws Broken {
        if (++lookups > MOST_LOOKUPS) {
            throw new Broken("The SPF record leads to more than " + MOST_LOOKUPS
                    + " lookups, so receivers give it up (RFC 7208 §4.6.4). Take out what you do not need.");
        }
    }

    private static List<String> terms(String record) {
        return List.of(record.strip().split("\\s+")).stream().skip(1).toList();
    }

    private static boolean asks(String term) {
        return bare(term).matches("(include:|exists:|redirect=).*|(a|mx|ptr)([:/].*)?");
    }

    /** The domain whose record counts too; null where the term has none. */
    private static String target(String term) {
        String bare = bare(term);
        return bare.startsWith("include:") || bare.startsWith("redirect=")
                ? bare.substring("include:".length() + (bare.startsWith("redirect=") ? 1 : 0))
                : null;
    }

    private static String bare(String term) {
        return term.toLowerCase(Locale.ROOT).replaceFirst("^[+?~-]", "");
    }

    private Finding end(String domain, String record, List<String> found) {
        String all = terms(record).stream()
                .filter(term -> bare(term).equals("all"))
                .findFirst()
                .orElse(terms(record).stream().anyMatch(term -> bare(term).startsWith("redirect=")) ? "-all" : "")
                .toLowerCase(Locale.ROOT);
        return switch (all) {
            case "-all", "~all" ->
                new Finding(
                        State.OK,
                        "One SPF record with " + lookups + " of at most " + MOST_LOOKUPS
                                + " lookups that refuses strangers.",
                        domain,
                        found,
                        null);
            case "all", "+all" ->
                new Finding(
                        State.ERROR,
                        "The SPF record lets anybody send (+all). Let it end in ~all or -all.",
                        domain,
                        found,
                        null);
            default ->
                new Finding(
                        State.WARNING,
                        "The SPF record says nothing about strangers. Let it end in ~all or -all.",
                        domain,
                        found,
                        null);
        };
    }
}
