package io.upnext.messaging;

import io.upnext.messaging.Suppressions.Reason;
import io.upnext.messaging.Suppressions.Suppression;
import io.upnext.messaging.sending.Addresses;
import io.upnext.messaging.texting.PhoneNumbers;
import io.upnext.security.AuditLog;
import io.upnext.security.CurrentUser;
import io.upnext.security.Right;
import io.upnext.security.Settings;
import io.upnext.shared.InvalidException;
import io.upnext.shared.NotFoundException;
import io.upnext.shared.PageQuery;
import io.upnext.shared.Paged;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Looking through and changing the suppression list; both need {@link Right#MANAGE_SUPPRESSIONS}. */
@Component
public class SuppressionAdministration {

    private static final int MAX_DETAIL = 500;

    private final Suppressions suppressions;
    private final Settings settings;
    private final AuditLog audit;

    SuppressionAdministration(Suppressions suppressions, Settings settings, AuditLog audit) {
        this.settings = settings;
        this.suppressions = suppressions;
        this.audit = audit;
    }

    public Paged<Suppression> list(CurrentUser user, String search, PageQuery page) {
        user.require(Right.MANAGE_SUPPRESSIONS);
        return suppressions.list(search, page);
    }

    public Suppression get(CurrentUser user, UUID id) {
        user.require(Right.MANAGE_SUPPRESSIONS);
        return suppressions.find(id).orElseThrow(() -> new NotFoundException("There is no suppression '" + id + "'."));
    }

    /** @param address or {@code domain}: exactly one @param reason null is {@link Reason#MANUAL} */
    @Transactional
    public Suppression create(CurrentUser user, String address, String domain, Reason reason, String detail) {
        user.require(Right.MANAGE_SUPPRESSIONS);
        if ((address == null) == (domain == null)) {
            throw new InvalidException("Give either 'address' or 'domain'.");
        }
        String value = (address == null ? domain : address).strip();
        boolean valid = address == null ? value.contains(".") && Addresses.validDomain(value) : Addresses.valid(value);
        if (!valid) {
            throw new InvalidException(
                    "'" + value + "' is no " + (address == null ? "domain such as example.com." : "mail address."));
        }
        return create(user, value, reason, detail);
    }

    /** @param number as people write it; without a plus it is one of the organisation's country */
    @Transactional
    public Suppression createNumber(CurrentUser user, String number, Reason reason, String detail) {
        user.require(Right.MANAGE_SUPPRESSIONS);
        String international = PhoneNumbers.international(
                        number, null, settings.country().orElse(null))
                .orElseThrow(() -> new InvalidException(
                        "'" + number.strip() + "' is no phone number; write it as +4915112345678."));
        return create(user, international, reason, detail);
    }

    private Suppression create(CurrentUser user, String value, Reason reason, String detail) {
        if (detail != null && detail.length() > MAX_DETAIL) {
            throw new InvalidException("'detail' must not be longer than " + MAX_DETAIL + " characters.");
        }
        Suppression created = suppressions.create(value, reason == null ? Reason.MANUAL : reason, detail, user.actor());
        audit.add(user.actor(), "suppression.create", "suppression:" + created.id(), null, created);
        return created;
    }

    @Transactional
    public void delete(CurrentUser user, UUID id) {
        Suppression before = get(user, id);
        suppressions.delete(id);
        audit.add(user.actor(), "suppression.delete", "suppression:" + id, before, null);
    }
}
