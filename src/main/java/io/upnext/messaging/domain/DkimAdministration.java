package io.upnext.messaging.domain;

import io.upnext.messaging.sending.Addresses;
import io.upnext.security.AuditLog;
import io.upnext.security.CurrentUser;
import io.upnext.security.Right;
import io.upnext.shared.InvalidException;
import io.upnext.shared.NotFoundException;
import io.upnext.shared.PageQuery;
import io.upnext.shared.Paged;
import io.upnext.shared.Problem;
import java.net.IDN;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Making, enabling and deleting the keys of sending domains; needs {@link Right#ADMINISTER}. */
@Component
public class DkimAdministration {

    private static final String USUAL_SELECTOR = "upnext";

    /** RFC 8301 §3.2 asks for 2048 at least; more does not fit into one answer of the DNS. */
    private static final int KEY_BITS = 2048;

    private final DkimKeys keys;
    private final DkimSigning dkim;
    private final AuditLog audit;
    private final Clock clock;

    DkimAdministration(DkimKeys keys, DkimSigning dkim, AuditLog audit, Clock clock) {
        this.keys = keys;
        this.dkim = dkim;
        this.audit = audit;
        this.clock = clock;
    }

    public Paged<DkimKey> list(CurrentUser user, PageQuery page) {
        user.require(Right.ADMINISTER);
        return keys.list(page, direction(page));
    }

    private static String direction(PageQuery page) {
        for (PageQuery.Sort sort : page.sort()) {
            if (!sort.property().equals("domain")) {
                throw new InvalidException("Keys are sorted by 'domain' only, not by '" + sort.property() + "'.");
            }
        }
        return page.sort().isEmpty() || page.sort().get(0).ascending() ? "asc" : "desc";
    }

    public DkimKey get(CurrentUser user, UUID id) {
        user.require(Right.ADMINISTER);
        return keys.find(id).orElseThrow(() -> new NotFoundException("There is no DKIM key '" + id + "'."));
    }

    /** Makes a key pair. It signs nothing until it is enabled: first its record has to stand in the DNS. */
    @Transactional
    public DkimKey create(CurrentUser user, String domain, String selector) {
        user.require(Right.ADMINISTER);
        List<Problem> problems = new ArrayList<>();
        String ascii = domain(domain, problems);
        String named = selector(selector, problems);
        if (!problems.isEmpty()) {
            throw new InvalidException(
                    "The key cannot be made: " + problems.get(0).message(), problems);
        }
        KeyPair pair = pair();
        String published = Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
        DkimKey key = new DkimKey(UUID.randomUUID(), ascii, named, false, clock.instant(), published);
        keys.insert(key, Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded()), published);
        audit.add(user.actor(), "dkim-key.create", "dkim-key:" + key.id(), null, key);
        return key;
    }

    /** Signs with it from now on, instead of the domain's others, or no more. */
    @Transactional
    public DkimKey enable(CurrentUser user, UUID id, boolean enabled) {
        DkimKey before = get(user, id);
        if (before.enabled() != enabled) {
            keys.enable(before, enabled);
            audit.add(user.actor(), "dkim-key.update", "dkim-key:" + id, before, get(user, id));
            dkim.changed();
        }
        return get(user, id);
    }

    @Transactional
    public void delete(CurrentUser user, UUID id) {
        DkimKey before = get(user, id);
        keys.delete(id);
        audit.add(user.actor(), "dkim-key.delete", "dkim-key:" + id, before, null);
        dkim.changed();
    }

    static String domain(String domain, List<Problem> problems) {
        String given = domain == null ? "" : domain.strip().toLowerCase(Locale.ROOT);
        if (!given.contains(".") || !Addresses.validDomain(given) || given.length() > 253) {
            problems.add(Problem.error("domain", "'domain' must be a domain such as example.com."));
            return given;
        }
        return IDN.toASCII(given);
    }

    /** One or more labels (RFC 6376 §3.1). */
    static String selector(String selector, List<Problem> problems) {
        String given = selector == null || selector.isBlank()
                ? USUAL_SELECTOR
                : selector.strip().toLowerCase(Locale.ROOT);
        if (given.length() > 63 || !given.matches("[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*")) {
            problems.add(Problem.error(
                    "selector", "'selector' must be letters, digits and hyphens, at most 63, such as upnext."));
        }
        return given;
    }

    private static KeyPair pair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(KEY_BITS);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
