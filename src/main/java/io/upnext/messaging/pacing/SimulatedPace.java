package io.upnext.messaging.pacing;

import io.upnext.messaging.Mailbox;
import io.upnext.messaging.Mailboxes;
import io.upnext.messaging.PaceModel;
import io.upnext.messaging.SequenceWindow;
import io.upnext.messaging.pacing.Taken.Slot;
import io.upnext.record.CrmRecord;
import io.upnext.shared.MailboxId;
import io.upnext.shared.UserId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.springframework.stereotype.Component;

/** The timetables of the mailboxes from a moment on, as if nothing were planned or sent yet; stores nothing. */
@Component
public class SimulatedPace {

    private final Mailboxes mailboxes;
    private final Recipients recipients;
    private final SenderZones zones;
    private final Caps caps;

    SimulatedPace(Mailboxes mailboxes, Recipients recipients, SenderZones zones, Caps caps) {
        this.mailboxes = mailboxes;
        this.recipients = recipients;
        this.zones = zones;
        this.caps = caps;
    }

    /** @param random for the jitter of gaps */
    public PaceModel from(Instant start, RandomGenerator random) {
        return new Model(start, random);
    }

    private final class Model implements PaceModel {

        private final Instant start;
        private final RandomGenerator random;
        private final Map<UserId, Optional<MailboxId>> own = new HashMap<>();
        private final Map<MailboxId, Optional<Mailbox>> known = new HashMap<>();
        private final Map<MailboxId, Timetable> timetables = new HashMap<>();
        private final Map<UserId, Map<LocalDate, Integer>> ofUsers = new HashMap<>();
        private final Map<LocalDate, Integer> ofOrganisation = new HashMap<>();

        private Model(Instant start, RandomGenerator random) {
            this.start = start;
            this.random = random;
        }

        @Override
        public Leaving leaves(UserId sender, MailboxId named, SequenceWindow window, CrmRecord person, Instant at) {
            Mailbox mailbox = Optional.ofNullable(named)
                    .or(() -> sender == null ? Optional.empty() : own.computeIfAbsent(sender, mailboxes::of))
                    .flatMap(id -> known.computeIfAbsent(id, mailboxes::find))
                    .orElse(null);
            if (mailbox == null) {
                return new Leaving(null, at);
            }
            Timetable timetable = timetables.computeIfAbsent(mailbox.id(), id -> timetable(mailbox));
            var wish = new Timetable.Wish(at, false, recipients.windows(mailbox, window, person));
            return new Leaving(mailbox.id(), timetable.place(wish).map(Slot::at).orElse(at));
        }

        private Timetable timetable(Mailbox mailbox) {
            Map<LocalDate, Integer> ofUser = mailbox.owner() == null
                    ? new HashMap<>()
                    : ofUsers.computeIfAbsent(mailbox.owner(), owner -> new HashMap<>());
            Taken taken = new Taken(new HashMap<>(), ofUser, ofOrganisation, new TreeSet<>());
            return new Timetable(start, zones.organisation(), zones.organisation(), caps.of(mailbox), taken, random);
        }
    }
}
