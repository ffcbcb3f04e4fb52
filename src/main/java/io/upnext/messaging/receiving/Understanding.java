package io.upnext.messaging.receiving;

import io.upnext.messaging.Consent;
import io.upnext.messaging.MailEvent.Kind;
import io.upnext.messaging.event.MailEvents;
import io.upnext.messaging.event.MailEvents.Happened;
import io.upnext.messaging.inspection.Inspected;
import io.upnext.messaging.inspection.MailClass;
import io.upnext.messaging.inspection.MailInspection;
import io.upnext.messaging.inspection.ParsedMail;
import io.upnext.messaging.receiving.InboundMails.Stored;
import io.upnext.messaging.receiving.InboundMails.Understood;
import io.upnext.messaging.receiving.Matching.Match;
import io.upnext.messaging.sending.UncertainMails;
import io.upnext.security.Settings;
import io.upnext.shared.MailId;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Decides what a received mail is and stores what follows from it. */
@Component
class Understanding {

    private final InboundMails inbound;
    private final Matching matching;
    private final ReportConsequences reports;
    private final MailEvents events;
    private final Consent consent;
    private final UncertainMails uncertain;
    private final Settings settings;

    Understanding(
            InboundMails inbound,
            Matching matching,
            ReportConsequences reports,
            MailEvents events,
            Consent consent,
            UncertainMails uncertain,
            Settings settings) {
        this.inbound = inbound;
        this.matching = matching;
        this.reports = reports;
        this.events = events;
        this.consent = consent;
        this.uncertain = uncertain;
        this.settings = settings;
    }

    void apply(Stored stored) {
        Inspected received = MailInspection.inspect(stored.raw(), stored.receivedAt(), settings.timeZone());
        Optional<MailId> unsubscribed = matching.unsubscribe(received.mail());
        if (unsubscribed.isPresent() && !received.isReport()) {
            unsubscribe(stored, received, unsubscribed.get(), "TOKEN");
            return;
        }
        Optional<Match> match = isOurOwn(received) ? Optional.empty() : matching.find(received, stored.mailbox());
        if (received.isReport()) {
            report(stored, received, match);
        } else if (match.isEmpty()) {
            inbound.applied(stored.id(), understood(MailClass.UNRELATED, null, received), false);
        } else if (received.mailClass() == MailClass.UNSUBSCRIBE) {
            unsubscribe(stored, received, match.get().mail(), match.get().matchedBy());
        } else {
            answered(stored, received, match.get());
        }
    }

    private boolean isOurOwn(Inspected received) {
        String from = received.mail().from();
        return from != null && !received.isReport() && matching.isOurs(from);
    }

    private void unsubscribe(Stored stored, Inspected received, MailId mail, String matchedBy) {
        consent.unsubscribe(mail);
        ParsedMail parsed = received.mail();
        inbound.applied(
                stored.id(),
                new Understood(
                        MailClass.UNSUBSCRIBE, mail, matchedBy, parsed.from(), parsed.subject(), null, null, null),
                true);
    }

    private void report(Stored stored, Inspected received, Optional<Match> match) {
        if (match.isPresent()) {
            hasBeenSent(match.get());
        }
        ReportConsequences.Outcome outcome = reports.of(stored, received, match.orElse(null));
        Understood what = understood(received.mailClass(), match.orElse(null), received);
        if (outcome.kept()) {
            inbound.kept(stored.id(), what, outcome.why());
        } else {
            inbound.applied(stored.id(), what, match.isPresent());
        }
    }

    /** An automatic answer is never a reply, whatever else it says. */
    private void answered(Stored stored, Inspected received, Match match) {
        hasBeenSent(match);
        boolean automatic = received.mailClass() == MailClass.AUTO_REPLY;
        String text = received.mail().text();
        events.add(Happened.to(match.mail(), automatic ? Kind.AUTO_REPLIED : Kind.REPLIED)
                .detail(InboundMails.clean(received.mail().subject()))
                .snippet(InboundMails.clean(Snippet.of(text)))
                .backOn(backOn(stored, received))
                .source(source(stored)));
        inbound.applied(
                stored.id(), understood(automatic ? MailClass.AUTO_REPLY : MailClass.REPLY, match, received), true);
    }

    /** Of an absence without a date: after so many days as the setting has it. */
    private LocalDate backOn(Stored stored, Inspected received) {
        if (!received.absent() || received.backOn() != null) {
            return received.backOn();
        }
        int days = settings.number(ReceivingSettings.HOLD_DAYS, ReceivingSettings.HOLD_DAYS_BY_DEFAULT);
        return days == 0
                ? null
                : stored.receivedAt().atZone(settings.timeZone()).toLocalDate().plusDays(days);
    }

    /**
     * @throws IllegalStateException where our own note that the mail left is slower than the answer: tried again at once
     */
    private void hasBeenSent(Match match) {
        if (match.state().equals("CLAIMED")) {
            throw new IllegalStateException("The mail it answers is still being sent.");
        }
        if (match.state().equals("UNCERTAIN")) {
            uncertain.provedSent(match.mail());
        }
    }

    /** The same message, however often it comes, is one cause. */
    static String source(Stored stored) {
        return "inbound:" + HexFormat.of().formatHex(stored.fingerprint());
    }

    private static Understood understood(MailClass mailClass, Match match, Inspected received) {
        boolean ours = match != null;
        ParsedMail mail = received.mail();
        return new Understood(
                mailClass,
                ours ? match.mail() : null,
                ours ? match.matchedBy() : null,
                mail.from(),
                mail.subject(),
                ours ? Snippet.of(mail.text()) : null,
                ours ? mail.ownText() : null,
                ours ? received.backOn() : null);
    }
}
