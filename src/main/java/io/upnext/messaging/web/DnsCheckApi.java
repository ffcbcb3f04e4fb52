package io.upnext.messaging.web;

import io.upnext.messaging.domain.DomainCheck;
import io.upnext.messaging.domain.DomainReport;
import io.upnext.security.Access;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /api/v1/dns-check}: is a sending domain set up as receivers want it? */
@RestController
@RequestMapping("/api/v1/dns-check")
class DnsCheckApi {

    private final DomainCheck check;
    private final Access access;

    DnsCheckApi(DomainCheck check, Access access) {
        this.check = check;
        this.access = access;
    }

    /** @param selector null for that of our own key */
    record Body(String domain, String selector) {}

    @PostMapping
    DomainReport check(@RequestBody Body body) {
        return check.of(access.current(), body.domain(), body.selector());
    }
}
