package io.upnext.demo;

import io.upnext.messaging.MailServer;
import io.upnext.messaging.Mailbox;
import io.upnext.messaging.MailboxEntered;
import io.upnext.messaging.Mailboxes;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Mailboxes beside those of the demo's users: whoever sets one up at the demo's mail server finds it there, with the
 * password that was entered first, and it follows the server to the ports of the next start.
 */
@Component
@Profile(DemoByDefault.PROFILE)
class DemoMailboxes {

    private final Mailboxes mailboxes;
    private final DemoMailServer server;

    DemoMailboxes(Mailboxes mailboxes, DemoMailServer server) {
        this.mailboxes = mailboxes;
        this.server = server;
    }

    @EventListener
    void entered(MailboxEntered entered) {
        mailboxes.find(entered.mailbox()).ifPresent(this::open);
    }

    private void open(Mailbox mailbox) {
        MailServer imap = mailbox.imap();
        if (isAt(imap, server.imapPort()) && imap.secret() != null && !server.has(mailbox.address())) {
            server.open(mailbox.address(), imap.user(), mailboxes.password(imap));
        }
    }

    /** @param smtpPort of the last start, likewise {@code imapPort} */
    void follow(int smtpPort, int imapPort) {
        for (Mailbox mailbox : mailboxes.all()) {
            boolean sends = isAt(mailbox.smtp(), smtpPort);
            boolean receives = isAt(mailbox.imap(), imapPort);
            if (sends || receives) {
                Mailbox moved = mailbox.withServers(
                        sends ? mailbox.smtp().withPort(server.smtpPort()) : mailbox.smtp(),
                        receives ? mailbox.imap().withPort(server.imapPort()) : mailbox.imap());
                mailboxes.update(moved);
                open(moved);
            }
        }
    }

    private boolean isAt(MailServer wanted, int port) {
        return wanted != null && wanted.host().equals(server.host()) && wanted.port() == port;
    }
}
