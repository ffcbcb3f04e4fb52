package io.upnext.messaging.domain;

import io.upnext.messaging.domain.DnsResolver.DnsException;
import io.upnext.messaging.domain.DomainReport.Finding;
import io.upnext.messaging.domain.DomainReport.State;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** DMARC (RFC 7489): the domain's own policy, or that of the nearest domain above it. */
final class DmarcCheck {

    private static final Set<String> POLICIES = Set.of("none", "quarantine", "reject");

    private final DnsResolver dns;

    DmarcCheck(DnsResolver dns) {
        this.dns = dns;
    }

    Finding of(String domain) throws DnsException {
        for (String of = domain; of.contains("."); of = of.substring(of.indexOf('.') + 1)) {
            String name = "_dmarc." + of;
            List<String> found = dns.txt(name).stream()
                    .filter(text -> text.strip().startsWith("v=DMARC1"))
                    .toList();
            if (!found.isEmpty()) {
                return of(domain, of, name, found);
            }
        }
        return new Finding(
                State.MISSING,
                "There is no DMARC record; large receivers ask for one. Publish at least this, and read the reports.",
                "_dmarc." + domain,
                List.of(),
                usual(domain));
    }

    private static DnsRecord usual(String domain) {
        return new DnsRecord("_dmarc." + domain, "TXT", "v=DMARC1; p=none; rua=mailto:postmaster@" + domain);
    }

    private static Finding of(String domain, String of, String name, List<String> found) {
        if (found.size() > 1) {
            return new Finding(
                    State.ERROR,
                    "There are several DMARC records, so receivers heed none (RFC 7489 §6.6.3). Leave one only.",
                    name,
                    found,
                    null);
        }
        Map<String, String> tags = Tags.of(found.get(0)).orElse(Map.of());
        String own = tags.getOrDefault("p", "");
        String policy = domain.equals(of) ? own : tags.getOrDefault("sp", own);
        if (!tags.getOrDefault("v", "").equals("DMARC1") || !POLICIES.contains(policy)) {
            return new Finding(
                    State.ERROR,
                    "The record is malformed: it needs v=DMARC1 first and p=none, quarantine or reject.",
                    name,
                    found,
                    usual(of));
        }
        String alignment = alignment(domain, of, tags);
        if (policy.equals("none")) {
            return new Finding(
                    State.WARNING,
                    "Receivers are asked to do nothing about forged mail (p=none). " + alignment
                            + " Once the reports show that all your mail passes, publish p=quarantine or p=reject.",
                    name,
                    found,
                    null);
        }
        return new Finding(
                State.OK, "Receivers are asked to " + policy + " forged mail. " + alignment, name, found, null);
    }

    /** A signature passes by the domain it is made with, SPF by the domain of the envelope: both are the mailbox's. */
    private static String alignment(String domain, String of, Map<String, String> tags) {
        boolean strict = tags.getOrDefault("adkim", "r").equals("s");
        return strict
                ? "Alignment is strict (adkim=s): the DKIM key has to be one of '" + domain + "' itself."
                : "Alignment is relaxed: a DKIM key of '" + domain + "' or of '" + of + "' passes.";
    }
}
