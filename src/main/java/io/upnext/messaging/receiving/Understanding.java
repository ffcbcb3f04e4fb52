package io.upnext.messaging.receiving;

import io.upnext.messaging.Consent;
import io.upnext.messaging.MailEvent;
import io.upnext.messaging.Suppressions;
import io.upnext.messaging.event.MailEvents;
import io.upnext.messaging.event.MailEvents.Happened;
import io.upnext.messaging.receiving.InboundMails.Stored;
import io.upnext.messaging.receiving.InboundMails.Understood;
import io.upnext.messaging.receiving.Matching.Match;
import io.upnext.messaging.sending.UncertainMails;
import io.upnext.shared.Actor;
import jakarta.mail.MessagingException;
import java.util.HexFormat;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Decides what a received mail is and stores what follows from it. */
@Component
class Understanding {

    private final InboundMails inbound;
    private final Matching matching;
    private final MailEvents events;
    private final Suppressions suppressions;
    private final Consent consent;
    private final UncertainMails uncertain;

    Understanding(
            InboundMails inbound,
            Matching matching,
            MailEvents events,
            Suppressions suppressions,
            Consent consent,
            UncertainMails uncertain) {
        this.inbound = inbound;
        this.matching = matching;
        this.events = events;
        this.suppressions = suppressions;
        this.consent = consent;
        this.uncertain = uncertain;
    }

    void apply(Stored stored) {
        ParsedMail mail;
        try {
            mail = MailParser.parse(stored.raw());
        } catch (MessagingException | RuntimeException e) {
            inbound.kept(
                    stored.id(),
                    new Understood(MailClass.UNKNOWN, null, null, null, null, null),
                    "The message cannot be read: " + e.getMessage());
            return;
        }
        if (mail.report() != null) {
            report(stored, mail);
        } else if (mail.unknownReport()) {
            inbound.kept(
                    stored.id(), understood(MailClass.UNKNOWN, null, mail), "A report of a kind that is not known.");
        } else {
            written(stored, mail);
        }
    }

    private void written(Stored stored, ParsedMail mail) {
        var unsubscribed = matching.unsubscribe(mail);
        if (unsubscribed.isPresent()) {
            consent.unsubscribe(unsubscribed.get());
            inbound.applied(
                    stored.id(),
                    new Understood(
                            MailClass.UNSUBSCRIBE, unsubscribed.get(), "TOKEN", mail.from(), mail.subject(), null),
                    true);
            return;
        }
        Optional<Match> match = mail.from() != null && matching.isOurs(mail.from())
                ? Optional.empty()
                : matching.reply(mail, stored.mailbox());
        if (match.isEmpty()) {
            inbound.applied(stored.id(), understood(MailClass.UNRELATED, null, mail), false);
            return;
        }
        boolean automatic = AutoReplies.is(mail);
        MailEvent.Kind kind = automatic ? MailEvent.Kind.AUTO_REPLIED : MailEvent.Kind.REPLIED;
        add(stored, match.get(), kind, mail.subject(), Snippet.of(mail.text()));
        inbound.applied(
                stored.id(), understood(automatic ? MailClass.AUTO_REPLY : MailClass.REPLY, match.get(), mail), true);
    }

    private void report(Stored stored, ParsedMail mail) {
        Optional<Match> match = matching.report(mail, stored.mailbox());
        Optional<DeliveryReport.Recipient> about = match.flatMap(found -> about(mail.report(), found));
        if (about.isEmpty()) {
            boolean failed = mail.report().recipients().stream()
                    .anyMatch(recipient -> recipient.action() == DeliveryReport.Action.FAILED);
            Understood what = understood(failed ? MailClass.BOUNCE : MailClass.DELAY, match.orElse(null), mail);
            if (failed && match.isEmpty()) {
                inbound.kept(stored.id(), what, "A bounce of a mail that is not known.");
            } else {
                inbound.applied(stored.id(), what, match.isPresent());
            }
            return;
        }
        switch (about.get().action()) {
            case FAILED -> bounced(stored, mail, match.get(), about.get());
            case DELAYED -> inbound.applied(stored.id(), understood(MailClass.DELAY, match.get(), mail), true);
            case DELIVERED -> inbound.applied(stored.id(), understood(MailClass.SUCCESS, match.get(), mail), true);
        }
    }

    /** What the report says about the one the mail is for: a copy that bounces concerns nobody's enrollment. */
    private static Optional<DeliveryReport.Recipient> about(DeliveryReport report, Match match) {
        Optional<DeliveryReport.Recipient> named = report.recipients().stream()
                .filter(recipient -> recipient.isFor(match.to()))
                .findFirst();
        // Forwarded: the server that refused it knows the address under another name.
        boolean onlyOne = report.recipients().size() == 1 && !match.copies();
        return named.isPresent() || !onlyOne
                ? named
                : report.recipients().stream().findFirst();
    }

    private void bounced(Stored stored, ParsedMail mail, Match match, DeliveryReport.Recipient recipient) {
        boolean hard = recipient.hard();
        add(
                stored,
                match,
                hard ? MailEvent.Kind.BOUNCED_HARD : MailEvent.Kind.BOUNCED_SOFT,
                recipient.sentence(),
                null);
        if (hard) {
            suppressions.add(match.to(), Suppressions.Reason.BOUNCED, recipient.sentence(), Actor.SYSTEM);
        }
        inbound.applied(stored.id(), understood(MailClass.BOUNCE, match, mail), true);
    }

    private void add(Stored stored, Match match, MailEvent.Kind kind, String detail, String snippet) {
        if (match.state().equals("CLAIMED")) {
            // The answer was faster than our own note that the mail left.
            throw new IllegalStateException("The mail it answers is still being sent.");
        }
        if (match.state().equals("UNCERTAIN")) {
            uncertain.provedSent(match.mail());
        }
        events.add(Happened.to(match.mail(), kind)
                .detail(InboundMails.clean(detail))
                .snippet(InboundMails.clean(snippet))
                .source("inbound:" + HexFormat.of().formatHex(stored.fingerprint())));
    }

    private static Understood understood(MailClass mailClass, Match match, ParsedMail mail) {
        return new Understood(
                mailClass,
                match == null ? null : match.mail(),
                match == null ? null : match.matchedBy(),
                mail.from(),
                mail.subject(),
                match == null ? null : Snippet.of(mail.text()));
    }
}
