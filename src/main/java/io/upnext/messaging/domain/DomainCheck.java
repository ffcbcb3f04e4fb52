package io.upnext.messaging.domain;

import io.upnext.messaging.domain.DnsResolver.DnsException;
import io.upnext.messaging.domain.DomainReport.Finding;
import io.upnext.messaging.domain.DomainReport.State;
import io.upnext.security.CurrentUser;
import io.upnext.security.Right;
import io.upnext.shared.InvalidException;
import io.upnext.shared.Problem;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** Looks up what receivers will look up about a sending domain: SPF, DKIM, DMARC, MX. Needs {@link Right#ADMINISTER}. */
@Component
public class DomainCheck {

    private final DnsResolver dns;
    private final DkimKeys keys;

    DomainCheck(DnsResolver dns, DkimKeys keys) {
        this.dns = dns;
        this.keys = keys;
    }

    /** @param selector null for the one of our own key */
    public DomainReport of(CurrentUser user, String domain, String selector) {
        user.require(Right.ADMINISTER);
        List<Problem> problems = new ArrayList<>();
        String ascii = DkimAdministration.domain(domain, problems);
        String named = selector == null || selector.isBlank() ? null : DkimAdministration.selector(selector, problems);
        if (!problems.isEmpty()) {
            throw new InvalidException(problems.get(0).message(), problems);
        }
        return DomainReport.of(
                ascii,
                asked(ascii, () -> new SpfCheck(dns).of(ascii)),
                asked(ascii, () -> dkim(ascii, named)),
                asked("_dmarc." + ascii, () -> new DmarcCheck(dns).of(ascii)),
                asked(ascii, () -> mx(ascii)));
    }

    private interface Question {
        Finding answer() throws DnsException;
    }

    private static Finding asked(String name, Question question) {
        try {
            return question.answer();
        } catch (DnsException e) {
            return new Finding(State.ERROR, e.getMessage(), name, List.of(), null);
        }
    }

    private Finding dkim(String domain, String selector) throws DnsException {
        DkimKey key = (selector == null ? keys.current(domain) : keys.find(domain, selector)).orElse(null);
        return new DkimCheck(dns).of(domain, key == null ? selector : key.selector(), key);
    }

    private Finding mx(String domain) throws DnsException {
        List<String> hosts = dns.mx(domain);
        if (hosts.isEmpty()) {
            return new Finding(
                    State.MISSING,
                    "There is no MX record: answers and bounces cannot arrive, and some receivers refuse mail from such"
                            + " a domain. Publish one that names your mail server.",
                    domain,
                    hosts,
                    null);
        }
        if (hosts.contains("")) {
            return new Finding(
                    State.ERROR,
                    "The MX record says that this domain takes no mail (RFC 7505), so answers and bounces cannot"
                            + " arrive. Publish one that names your mail server.",
                    domain,
                    hosts,
                    null);
        }
        return new Finding(State.OK, "Answers and bounces arrive at " + hosts.get(0) + ".", domain, hosts, null);
    }
}
