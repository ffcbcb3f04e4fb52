package io.upnext.messaging.receiving;

import io.upnext.messaging.MailEvent.Kind;
import io.upnext.messaging.Suppressions;
import io.upnext.messaging.event.MailEvents;
import io.upnext.messaging.event.MailEvents.Happened;
import io.upnext.messaging.inspection.Inspected;
import io.upnext.messaging.inspection.MailClass;
import io.upnext.messaging.inspection.Reported;
import io.upnext.messaging.receiving.InboundMails.Stored;
import io.upnext.messaging.receiving.Matching.Match;
import io.upnext.shared.Actor;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What follows from bounces, notices and complaints: events of the mail, and addresses that get no more. */
@Component
class ReportConsequences {

    private final MailEvents events;
    private final Suppressions suppressions;
    private final SoftBounces softBounces;

    ReportConsequences(MailEvents events, Suppressions suppressions, SoftBounces softBounces) {
        this.events = events;
        this.suppressions = suppressions;
        this.softBounces = softBounces;
    }

    /** @param why it is kept for a person, or null where it is done with */
    record Outcome(String why) {

        static final Outcome DONE = new Outcome(null);

        boolean kept() {
            return why != null;
        }
    }

    /** @param match the mail of ours it is about, or null */
    Outcome of(Stored stored, Inspected received, Match match) {
        return switch (received.mailClass()) {
            case COMPLAINT -> complained(stored, received, match);
            case BOUNCE, DELAY, SUCCESS -> delivery(stored, received, match);
            default -> new Outcome("A report of a kind that is not known.");
        };
    }

    private Outcome complained(Stored stored, Inspected received, Match match) {
        if (!received.complained()) {
            return Outcome.DONE;
        }
        if (match == null) {
            return new Outcome("A complaint about a mail that is not known.");
        }
        suppressions.add(
                match.to(), Suppressions.Reason.COMPLAINED, received.mail().subject(), Actor.SYSTEM);
        add(stored, match, Kind.COMPLAINED, received.mail().subject());
        return Outcome.DONE;
    }

    private Outcome delivery(Stored stored, Inspected received, Match match) {
        if (match == null) {
            return received.mailClass() == MailClass.BOUNCE
                    ? new Outcome("A bounce of a mail that is not known.")
                    : Outcome.DONE;
        }
        about(received, match).ifPresent(recipient -> told(stored, match, recipient));
        return Outcome.DONE;
    }

    /** What the report says about the one the mail is for: a copy that bounces concerns nobody's enrollment. */
    private static Optional<Reported> about(Inspected received, Match match) {
        Optional<Reported> named = received.recipients().stream()
                .filter(recipient -> recipient.isFor(match.to()))
                .findFirst();
        // Forwarded: the server that refused it knows the address under another name.
        boolean onlyOne = received.recipients().size() == 1 && !match.copies();
        return named.isPresent() || !onlyOne
                ? named
                : received.recipients().stream().findFirst();
    }

    private void told(Stored stored, Match match, Reported recipient) {
        switch (recipient.action()) {
            case DELIVERED -> add(stored, match, Kind.DELIVERED, recipient.sentence());
            case DELAYED -> add(stored, match, Kind.DELAYED, recipient.sentence());
            case FAILED -> bounced(stored, match, recipient);
        }
    }

    private void bounced(Stored stored, Match match, Reported recipient) {
        if (recipient.hard()) {
            forGood(stored, match, recipient.sentence());
        } else if (softBounces.enough(match)) {
            forGood(stored, match, "Came back " + softBounces.limit() + " times in a row: " + recipient.sentence());
        } else {
            add(stored, match, Kind.BOUNCED_SOFT, recipient.sentence());
        }
    }

    private void forGood(Stored stored, Match match, String why) {
        add(stored, match, Kind.BOUNCED_HARD, why);
        suppressions.add(match.to(), Suppressions.Reason.BOUNCED, InboundMails.clean(why), Actor.SYSTEM);
    }

    private void add(Stored stored, Match match, Kind kind, String detail) {
        events.add(Happened.to(match.mail(), kind)
                .detail(InboundMails.clean(detail))
                .source(Understanding.source(stored)));
    }
}
