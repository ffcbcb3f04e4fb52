package io.upnext.messaging.domain;

import java.time.Instant;
import java.util.UUID;

/**
 * A key that signs the mails of a domain.
 *
 * @param domain lower case, in its ASCII form
 * @param enabled mails are signed with it; else it is only published
 * @param record what has to stand in the DNS
 */
public record DkimKey(UUID id, String domain, String selector, boolean enabled, Instant createdAt, DnsRecord record) {

    DkimKey(UUID id, String domain, String selector, boolean enabled, Instant createdAt, String publicKey) {
        this(id, domain, selector, enabled, createdAt, record(domain, selector, publicKey));
    }

    /** RFC 6376 §3.6.1. */
    private static DnsRecord record(String domain, String selector, String publicKey) {
        return new DnsRecord(selector + "._domainkey." + domain, "TXT", "v=DKIM1; k=rsa; p=" + publicKey);
    }
}
