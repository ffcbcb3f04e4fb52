package io.upnext.demo;

import com.icegreen.greenmail.mail.MovingMessage;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The mail server of the demo, on free ports of the loopback: SMTP and IMAP for the mailboxes of the demo's users. Mail
 * to anybody else goes nowhere: it is caught, and stored before SMTP says that it has arrived.
 */
class DemoMailServer {

    private static final String HOST = "127.0.0.1";

    private final CaughtMails caught;
    private final GreenMail server;
    private final Queue<String> arrivals = new ConcurrentLinkedQueue<>();

    DemoMailServer(CaughtMails caught) {
        this.caught = caught;
        this.server = new GreenMail(new ServerSetup[] {
            new ServerSetup(0, HOST, ServerSetup.PROTOCOL_SMTP), new ServerSetup(0, HOST, ServerSetup.PROTOCOL_IMAP)
        });
        server.getUserManager().setMessageDeliveryHandler((message, to) -> recipient(message, to.getEmail()));
        server.start();
    }

    String host() {
        return HOST;
    }

    int smtpPort() {
        return server.getSmtp().getPort();
    }

    int imapPort() {
        return server.getImap().getPort();
    }

    void open(String address, String password) {
        open(address, address.toLowerCase(Locale.ROOT), password);
    }

    void open(String address, String login, String password) {
        server.setUser(address.toLowerCase(Locale.ROOT), login, password);
    }

    boolean has(String address) {
        return server.getUserManager().getUserByEmail(address.toLowerCase(Locale.ROOT)) != null;
    }

    /**
     * The address of a mailbox where something has arrived that nobody has been told about; known before SMTP confirms and
     * after it can be read.
     */
    Optional<String> nextArrival() {
        return Optional.ofNullable(arrivals.poll());
    }

    /** A prospect's mail program or server sends a mail. */
    void send(MimeMessage message, String to) throws MessagingException {
        try (Transport transport = session().getTransport("smtp")) {
            transport.connect();
            transport.sendMessage(message, new InternetAddress[] {new InternetAddress(to)});
        }
    }

    Session session() {
        var properties = new Properties();
        properties.put("mail.smtp.host", HOST);
        properties.put("mail.smtp.port", String.valueOf(smtpPort()));
        return Session.getInstance(properties);
    }

    void stop() {
        server.stop();
    }

    private GreenMailUser recipient(MovingMessage message, String address) throws MessagingException {
        var user = server.getUserManager().getUserByEmail(address.toLowerCase(Locale.ROOT));
        if (user != null) {
            return new Recipient(address) {
                @Override
                public void deliver(MovingMessage moving) {
                    user.deliver(moving);
                    arrivals.add(user.getEmail());
                }
            };
        }
        var from =
                message.getReturnPath() == null ? null : message.getReturnPath().getEmail();
        caught.keep(message.getMessage(), from, address);
        return new Recipient(address) {
            @Override
            public void deliver(MovingMessage moving) {
                // It is caught already.
            }
        };
    }
}
