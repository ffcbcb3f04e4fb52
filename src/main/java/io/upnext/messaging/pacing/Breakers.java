package io.upnext.messaging.pacing;

import io.upnext.messaging.MailEvent;
import io.upnext.messaging.MailEventListener;
import io.upnext.messaging.Mailbox;
import io.upnext.messaging.Mailboxes;
import io.upnext.messaging.pacing.BreakerRows.Day;
import io.upnext.security.AuditLog;
import io.upnext.security.KnownSetting;
import io.upnext.security.Settings;
import io.upnext.shared.Actor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;

/**
 * Stops a mailbox that does harm (spec §9). Of the mails it sent on one day, complaints from 0.1 % on warn its owner and
 * from 0.3 % on stop it; hard bounces above half of the bound warn and above the bound stop it. Few mails say little: a
 * day counts for complaints from {@value #FEW} mails on (of fewer a complaint only warns), for bounces from {@value
 * #SOME} on. What left before somebody saved the mailbox again does not count.
 */
@Component
class Breakers implements MailEventListener {

    static final int FEW = 20;
    static final int SOME = 50;
    static final String BOUND = "mailBounceBound";

    private static final Logger log = LoggerFactory.getLogger(Breakers.class);
    private static final int BOUND_BY_DEFAULT = 5;

    private final BreakerRows rows;
    private final Mailboxes mailboxes;
    private final Settings settings;
    private final AuditLog audit;

    Breakers(BreakerRows rows, Mailboxes mailboxes, Settings settings, AuditLog audit) {
        this.rows = rows;
        this.mailboxes = mailboxes;
        this.settings = settings;
        this.audit = audit;
    }

    @Configuration(proxyBeanMethods = false)
    static class Known {

        /** Percent; 0 switches it off. */
        @Bean
        KnownSetting mailBounceBound() {
            return KnownSetting.number(BOUND, BOUND_BY_DEFAULT);
        }
    }

    @Override
    public void on(MailEvent event) {
        boolean complaint = event.kind() == MailEvent.Kind.COMPLAINED;
        if (!complaint && event.kind() != MailEvent.Kind.BOUNCED_HARD) {
            return;
        }
        rows.dayOf(event.mail()).ifPresent(day -> mailboxes
                .find(day.mailbox())
                .filter(mailbox -> !mailbox.stopped())
                .ifPresent(mailbox -> {
                    if (complaint) {
                        complaints(mailbox, day);
                    } else {
                        bounces(mailbox, day);
                    }
                }));
    }

    private void complaints(Mailbox mailbox, Day day) {
        String fact = "%d of the %d mails of %s were complained about as spam"
                .formatted(day.complaints(), day.sent(), day.date());
        if (day.sent() >= FEW && day.complaints() * 1000L >= day.sent() * 3L) {
            stop(mailbox, fact + ", which is 0.3 % or more. Find out why before you let it go on.");
        } else if (day.sent() < FEW || day.complaints() * 1000L >= day.sent()) {
            warn(mailbox, fact + "; from 0.3 % on the mailbox is stopped.");
        }
    }

    private void bounces(Mailbox mailbox, Day day) {
        int bound = settings.number(BOUND, BOUND_BY_DEFAULT);
        if (bound == 0 || day.sent() < SOME) {
            return;
        }
        String fact = "%d of the %d mails of %s bounced".formatted(day.bounces(), day.sent(), day.date());
        if (day.bounces() * 100L > (long) bound * day.sent()) {
            stop(
                    mailbox,
                    fact + ", more than the bound of " + bound + " %. Check the addresses before you let it go on.");
        } else if (day.bounces() * 200L > (long) bound * day.sent()) {
            warn(mailbox, fact + "; above " + bound + " % the mailbox is stopped.");
        }
    }

    private void stop(Mailbox mailbox, String sentence) {
        log.warn("Mailbox {} is stopped: {}", mailbox.address(), sentence);
        mailboxes.stop(mailbox, sentence);
        audit.add(Actor.SYSTEM, "mailbox.stop", "mailbox:" + mailbox.id(), null, sentence);
    }

    private void warn(Mailbox mailbox, String sentence) {
        rows.warn(mailbox.id(), sentence);
    }
}
