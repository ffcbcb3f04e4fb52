package io.upnext.messaging;

import io.upnext.messaging.event.MailEvents;
import io.upnext.messaging.event.MailEvents.Happened;
import io.upnext.shared.Actor;
import io.upnext.shared.MailId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes back somebody's consent: the address of a mail gets no more of them. It is the suppression list that holds it,
 * not the record, so that an import cannot undo it and it outlives the record.
 */
@Component
public class Consent {

    private final JdbcClient jdbc;
    private final Suppressions suppressions;
    private final MailEvents events;

    Consent(JdbcClient jdbc, Suppressions suppressions, MailEvents events) {
        this.jdbc = jdbc;
        this.suppressions = suppressions;
        this.events = events;
    }

    /**
     * Doing so again changes nothing; nor does it where the mail is gone, with the person it went to: what suppresses
     * those outlived them.
     */
    @Transactional
    public void unsubscribe(MailId mail) {
        jdbc.sql("select to_address from mail where id = ? and to_address is not null")
                .param(mail.value())
                .query(String.class)
                .optional()
                .ifPresent(address -> {
                    suppressions.add(address, Suppressions.Reason.UNSUBSCRIBED, null, Actor.SYSTEM);
                    events.add(Happened.to(mail, MailEvent.Kind.UNSUBSCRIBED)
                            .detail(address)
                            .source("unsubscribe"));
                });
    }
}
