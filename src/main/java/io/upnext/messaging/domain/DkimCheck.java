package io.upnext.messaging.domain;

import io.upnext.messaging.domain.DnsResolver.DnsException;
import io.upnext.messaging.domain.DomainReport.Finding;
import io.upnext.messaging.domain.DomainReport.State;
import java.util.List;
import java.util.Map;

/** Does the record of a selector hold our key (RFC 6376 §3.6.1)? */
final class DkimCheck {

    private final DnsResolver dns;

    DkimCheck(DnsResolver dns) {
        this.dns = dns;
    }

    /** @param selector null where we have no key and none was named @param key ours, or null */
    Finding of(String domain, String selector, DkimKey key) throws DnsException {
        if (selector == null) {
            return new Finding(
                    State.MISSING,
                    "Mail of this domain is not signed. Make a DKIM key for it, publish its record, then enable it.",
                    domain,
                    List.of(),
                    null);
        }
        String name = selector + "._domainkey." + domain;
        List<String> found = dns.txt(name);
        DnsRecord publish = key == null ? null : key.record();
        if (found.isEmpty()) {
            return new Finding(State.MISSING, missing(key), name, found, publish);
        }
        if (found.size() > 1) {
            return new Finding(
                    State.ERROR,
                    "There are several TXT records; receivers take any of them. Leave one only.",
                    name,
                    found,
                    publish);
        }
        return of(found, name, key, publish);
    }

    private static String missing(DkimKey key) {
        return key == null
                ? "There is no record for this selector, and no key of it here. Make a DKIM key and publish its record."
                : "The record is missing: receivers take the signature for broken. Publish it.";
    }

    private static Finding of(List<String> found, String name, DkimKey key, DnsRecord publish) {
        Map<String, String> tags = Tags.of(found.get(0)).orElse(Map.of());
        String there = tags.getOrDefault("p", "").replaceAll("\\s", "");
        if (!tags.containsKey("p") || !tags.getOrDefault("v", "DKIM1").equals("DKIM1")) {
            return new Finding(State.ERROR, "This is no DKIM record. Publish ours instead.", name, found, publish);
        }
        if (there.isEmpty()) {
            return new Finding(
                    State.ERROR, "The key is revoked (its p is empty). Publish ours instead.", name, found, publish);
        }
        if (key == null) {
            return new Finding(
                    State.WARNING,
                    "There is a record, but its key is not one of ours: mail from here is not signed with it.",
                    name,
                    found,
                    null);
        }
        String ours = Tags.of(key.record().value()).orElseThrow().get("p");
        if (!ours.equals(there)) {
            return new Finding(
                    State.ERROR,
                    "The record holds another key: every signature from here fails. Publish ours instead.",
                    name,
                    found,
                    publish);
        }
        return enabled(found, name, key, tags);
    }

    private static Finding enabled(List<String> found, String name, DkimKey key, Map<String, String> tags) {
        if (!key.enabled()) {
            return new Finding(
                    State.WARNING, "The record is right, but the key is not enabled. Enable it.", name, found, null);
        }
        boolean testing = List.of(tags.getOrDefault("t", "").split(":")).contains("y");
        return testing
                ? new Finding(
                        State.WARNING,
                        "The record is right but says that it is only a test (t=y). Take that out.",
                        name,
                        found,
                        key.record())
                : new Finding(State.OK, "The record holds our key; mail is signed with it.", name, found, null);
    }
}
