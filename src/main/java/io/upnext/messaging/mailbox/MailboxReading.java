package io.upnext.messaging.mailbox;

import io.upnext.messaging.MailLimits;
import io.upnext.messaging.MailServer;
import io.upnext.messaging.Mailbox;
import io.upnext.messaging.Mailboxes;
import io.upnext.messaging.mailbox.MailboxAdministration.Draft;
import io.upnext.messaging.pacing.SenderZones;
import io.upnext.messaging.sending.Addresses;
import io.upnext.shared.InvalidException;
import io.upnext.shared.MailboxId;
import io.upnext.shared.Problem;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** Makes a mailbox of what somebody entered; what was left out stays as it is stored. */
@Component
class MailboxReading {

    private final Mailboxes mailboxes;
    private final SenderZones zones;
    private final Clock clock;

    MailboxReading(Mailboxes mailboxes, SenderZones zones, Clock clock) {
        this.mailboxes = mailboxes;
        this.zones = zones;
        this.clock = clock;
    }

    /**
     * @param before what is stored, or null
     * @throws InvalidException naming everything that is wrong
     */
    Mailbox read(MailboxId id, Draft draft, Mailbox before) {
        List<Problem> problems = new ArrayList<>();
        String address = draft.address() == null ? "" : draft.address().strip();
        if (!Addresses.valid(address)) {
            problems.add(Problem.error("address", "'address' must be a mail address such as ada@example.com."));
        }
        String name = draft.name() == null || draft.name().isBlank()
                ? null
                : draft.name().strip();
        if (name != null && (name.length() > 200 || name.chars().anyMatch(Character::isISOControl))) {
            problems.add(Problem.error("name", "'name' must be one line of at most 200 characters."));
        }
        if (draft.smtp() == null) {
            problems.add(Problem.error("smtp", "'smtp' is needed: host, port, user, password, tls."));
        }
        ServerRules rules = new ServerRules(mailboxes::encrypt, problems);
        MailServer smtp = draft.smtp() == null ? null : rules.smtp(draft.smtp(), before == null ? null : before.smtp());
        MailServer imap =
                draft.imap() == null ? null : rules.imap(draft.imap(), before == null ? null : before.imap(), smtp);
        if (smtp != null) {
            rules.sharedToken(draft.smtp(), imap, before);
        }
        problems.addAll(draft.limits().problems());
        if (!problems.isEmpty()) {
            throw new InvalidException(
                    "The mailbox cannot be saved: " + problems.get(0).message(), problems);
        }
        long version = before == null ? 0 : before.version();
        MailLimits limits = draft.limits().begun(today(), before == null ? null : before.limits());
        return new Mailbox(
                id,
                address,
                name,
                draft.owner(),
                smtp,
                imap,
                limits,
                false,
                null,
                null,
                null,
                0,
                version,
                !Boolean.FALSE.equals(draft.tracking()));
    }

    private LocalDate today() {
        return clock.instant().atZone(zones.organisation()).toLocalDate();
    }
}
