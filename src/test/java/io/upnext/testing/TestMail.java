package io.upnext.testing;

import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.upnext.messaging.MailServer;
import io.upnext.messaging.Mailbox;
import io.upnext.messaging.Mailboxes;
import io.upnext.shared.MailboxId;
import io.upnext.shared.UserId;
import io.upnext.testing.TestUsers.Person;
import jakarta.mail.BodyPart;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.function.Consumer;
import org.springframework.boot.SpringApplication;

/**
 * A real mail server for tests, one per JVM: mail leaves by SMTP, answers arrive by SMTP and are read by IMAP. Any
 * address exists as soon as mail for it arrives.
 */
public final class TestMail {

    private static final String PASSWORD = "mailbox-password";

    private final Mailboxes mailboxes;

    TestMail(Mailboxes mailboxes) {
        this.mailboxes = mailboxes;
    }

    private static final class Server {

        static final GreenMail RUNNING = start();

        private static GreenMail start() {
            GreenMail server = new GreenMail(new ServerSetup[] {
                new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP),
                new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP)
            });
            server.start();
            SpringApplication.getShutdownHandlers().add(server::stop);
            return server;
        }
    }

    public static int smtpPort() {
        return Server.RUNNING.getSmtp().getPort();
    }

    public static int imapPort() {
        return Server.RUNNING.getImap().getPort();
    }

    public static GreenMail server() {
        return Server.RUNNING;
    }

    /** A working mailbox of the person, at the person's address, that sends and receives. */
    public Mailbox mailboxOf(Person person) {
        return mailbox(person.user().email(), person.id(), smtpPort());
    }

    /** Tests read only their own: reading those that others left behind takes longer the more there are. */
    public MailboxId mailboxOf(UserId owner) {
        return mailboxes.of(owner).orElseThrow();
    }

    /** A mailbox whose SMTP server listens on another port: for servers that misbehave. */
    public Mailbox mailbox(String address, UserId owner, int smtpPort) {
        Server.RUNNING.setUser(address, address, PASSWORD);
        String secret = mailboxes.encrypt(PASSWORD);
        MailServer smtp =
                new MailServer("127.0.0.1", smtpPort, address, secret, MailServer.Tls.NONE, MailServer.Auth.PASSWORD);
        MailServer imap =
                new MailServer("127.0.0.1", imapPort(), address, secret, MailServer.Tls.NONE, MailServer.Auth.PASSWORD);
        Mailbox mailbox = Mailbox.fresh(MailboxId.next(), address, null, owner, smtp, imap);
        mailboxes.create(mailbox);
        return mailbox;
    }

    /** A mail as it arrived at a prospect. */
    public record Received(MimeMessage message, String from, String to, String subject, String messageId) {

        public String header(String name) {
            try {
                String[] values = message.getHeader(name);
                return values == null ? null : values[0].replaceAll("\\s*\\R\\s+", " ");
            } catch (MessagingException e) {
                throw new IllegalStateException(e);
            }
        }

        public String html() {
            return part("text/html");
        }

        public String text() {
            return part("text/plain");
        }

        private String part(String type) {
            try {
                return find(message, type);
            } catch (MessagingException e) {
                throw new IllegalStateException(e);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static String find(Part part, String type) throws MessagingException, IOException {
            if (part.isMimeType(type)) {
                return (String) part.getContent();
            }
            if (part.getContent() instanceof Multipart parts) {
                for (int i = 0; i < parts.getCount(); i++) {
                    BodyPart inner = parts.getBodyPart(i);
                    String found = find(inner, type);
                    if (found != null) {
                        return found;
                    }
                }
            }
            return null;
        }
    }

    /** What arrived at an address, in order. */
    public List<Received> at(String address) {
        GreenMailUser user = Server.RUNNING.getUserManager().getUserByEmail(address);
        if (user == null) {
            return List.of();
        }
        try {
            var inbox = Server.RUNNING.getManagers().getImapHostManager().getInbox(user);
            List<Received> received = new ArrayList<>();
            for (var stored : inbox.getMessages()) {
                received.add(received(stored.getMimeMessage()));
            }
            return received;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** The only mail that arrived at an address. */
    public Received only(String address) {
        List<Received> all = at(address);
        if (all.size() != 1) {
            throw new AssertionError(address + " got " + all.size() + " mails: "
                    + all.stream().map(Received::subject).toList());
        }
        return all.get(0);
    }

    private static Received received(MimeMessage message) throws MessagingException {
        return new Received(
                message,
                ((InternetAddress) message.getFrom()[0]).getAddress(),
                ((InternetAddress) message.getRecipients(Message.RecipientType.TO)[0]).getAddress(),
                message.getSubject(),
                message.getMessageID());
    }

    /** The prospect answers, as any mail program does: to the sender, in the thread. */
    public void answer(Received mail, String text) {
        answer(mail, text, answer -> {});
    }

    /** As above, changed before it is sent: other headers make it an automatic reply, or take it out of the thread. */
    public void answer(Received mail, String text, Consumer<MimeMessage> change) {
        try {
            MimeMessage answer = new MimeMessage(session());
            answer.setFrom(new InternetAddress(mail.to()));
            answer.setRecipient(Message.RecipientType.TO, new InternetAddress(mail.from()));
            answer.setSubject("Re: " + mail.subject(), "UTF-8");
            answer.setHeader("In-Reply-To", mail.messageId());
            answer.setHeader("References", mail.messageId());
            answer.setText(text, "UTF-8");
            change.accept(answer);
            answer.saveChanges();
            deliver(answer);
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The server of the prospect says that the address does not exist (RFC 3464). */
    public void bounce(Received mail, String status) {
        String headers = "Message-ID: " + mail.messageId() + "\r\nFrom: " + mail.from() + "\r\nTo: " + mail.to()
                + "\r\n" + "Subject: x\r\n";
        String boundary = "boundary-of-the-report";
        deliver(
                mail.from(),
                String.join(
                        "\r\n",
                        "From: Mail Delivery System <mailer-daemon@mail.example>",
                        "To: " + mail.from(),
                        "Subject: Undelivered Mail Returned to Sender",
                        "Message-ID: <" + TestUsers.next("bounce") + "@mail.example>",
                        "Auto-Submitted: auto-replied",
                        "MIME-Version: 1.0",
                        "Content-Type: multipart/report; report-type=delivery-status; boundary=\"" + boundary + "\"",
                        "",
                        "--" + boundary,
                        "Content-Type: text/plain; charset=us-ascii",
                        "",
                        "I'm sorry to have to inform you that your message could not be delivered.",
                        "--" + boundary,
                        "Content-Type: message/delivery-status",
                        "",
                        "Reporting-MTA: dns; mail.example",
                        "",
                        "Final-Recipient: rfc822; " + mail.to(),
                        "Action: failed",
                        "Status: " + status,
                        "Diagnostic-Code: smtp; 550 " + status + " <" + mail.to() + ">: Recipient address rejected",
                        "",
                        "--" + boundary,
                        "Content-Type: text/rfc822-headers",
                        "",
                        headers,
                        "--" + boundary + "--",
                        ""));
    }

    /** Delivers a message as it is. */
    public void deliver(String to, String raw) {
        deliver(to, raw.getBytes(StandardCharsets.UTF_8));
    }

    /** As above, of any charset; the envelope names a sender of its own, since that of the message may be none. */
    public void deliver(String to, byte[] raw) {
        try {
            Session session = session();
            session.getProperties().put("mail.smtp.from", "postmaster@mail.example");
            MimeMessage message = new MimeMessage(session, new ByteArrayInputStream(raw));
            try (Transport transport = session.getTransport("smtp")) {
                transport.connect();
                transport.sendMessage(message, new InternetAddress[] {new InternetAddress(to)});
            }
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void deliver(MimeMessage message) throws MessagingException {
        try (Transport transport = session().getTransport("smtp")) {
            transport.connect();
            transport.sendMessage(message, message.getAllRecipients());
        }
    }

    private static Session session() {
        Properties properties = new Properties();
        properties.put("mail.smtp.host", "127.0.0.1");
        properties.put("mail.smtp.port", String.valueOf(smtpPort()));
        return Session.getInstance(properties);
    }

    /** The addresses of links in a mail's HTML, in order. */
    public static List<String> links(Received mail) {
        return org.jsoup.Jsoup.parse(mail.html()).select("a[href]").eachAttr("href");
    }

    /** How many mails arrived at all of these addresses together. */
    public int count(String... addresses) {
        return Arrays.stream(addresses).mapToInt(address -> at(address).size()).sum();
    }
}
