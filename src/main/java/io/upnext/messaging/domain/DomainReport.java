package io.upnext.messaging.domain;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/** What the DNS says about a sending domain. @param ok nothing is missing or wrong; warnings may be there */
public record DomainReport(String domain, boolean ok, Finding spf, Finding dkim, Finding dmarc, Finding mx) {

    static DomainReport of(String domain, Finding spf, Finding dkim, Finding dmarc, Finding mx) {
        boolean ok = List.of(spf, dkim, dmarc, mx).stream().noneMatch(Finding::failed);
        return new DomainReport(domain, ok, spf, dkim, dmarc, mx);
    }

    public enum State {
        OK,
        WARNING,
        MISSING,
        ERROR
    }

    /**
     * @param message what is the matter and what to do
     * @param name where it was looked for
     * @param found the records that stand there
     * @param publish what to publish instead, or null
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Finding(State state, String message, String name, List<String> found, DnsRecord publish) {

        boolean failed() {
            return state == State.MISSING || state == State.ERROR;
        }
    }
}
