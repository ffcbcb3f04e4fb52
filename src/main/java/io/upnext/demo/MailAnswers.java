package io.upnext.demo;

import io.upnext.demo.CaughtMails.Caught;
import io.upnext.security.BaseUrl;
import io.upnext.shared.ConflictException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Date;
import java.util.Enumeration;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Does with a caught mail what a prospect may do. Answers and bounces are real mails that go to the sender's mailbox;
 * opening, clicking and unsubscribing ask the addresses in the mail, as a browser does.
 */
@Component
@Profile(DemoByDefault.PROFILE)
public class MailAnswers {

    private static final String BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
    private static final Pattern LIST_URL = Pattern.compile("<(https?://[^>]+)>");
    private static final Pattern LIST_MAIL = Pattern.compile("<mailto:([^>?]+)[^>]*>");

    private final CaughtMails mails;
    private final DemoMailServer server;
    private final FastForward fastForward;
    private final BaseUrl baseUrl;
    private final Clock clock;
    private final HttpClient http =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

    MailAnswers(CaughtMails mails, DemoMailServer server, FastForward fastForward, BaseUrl baseUrl, Clock clock) {
        this.mails = mails;
        this.server = server;
        this.fastForward = fastForward;
        this.baseUrl = baseUrl;
        this.clock = clock;
    }

    /** What a prospect does with a mail. */
    public enum As {
        REPLY,
        OUT_OF_OFFICE,
        HARD_BOUNCE,
        UNSUBSCRIBE,
        OPEN,
        CLICK
    }

    /**
     * Returns when its effect has been applied.
     *
     * @param text what the answer says; null or blank for something fitting
     * @return workers whose work does not move and were not waited for
     * @throws ConflictException where the mail has no pixel, link or address for it
     */
    public Set<String> answer(String id, As as, String text) {
        Caught mail = mails.get(id);
        try {
            switch (as) {
                case REPLY -> reply(mail, given(text, "Thank you, that sounds interesting. Please call me."));
                case OUT_OF_OFFICE -> outOfOffice(mail, given(text, "I am out of the office and back next week."));
                case HARD_BOUNCE -> bounce(mail, mails.message(id));
                case UNSUBSCRIBE -> unsubscribe(mail);
                case OPEN -> visit(link(mail, "img[src]", "src", "/t/o/", "no pixel, so opening it shows nowhere"));
                case CLICK -> visit(link(mail, "a[href]", "href", "/t/c/", "no tracked link to click"));
            }
        } catch (MessagingException e) {
            throw new IllegalStateException("The answer cannot be sent: " + e.getMessage(), e);
        }
        return fastForward.settle();
    }

    private static String given(String text, String otherwise) {
        return text == null || text.isBlank() ? otherwise : text;
    }

    private void reply(Caught mail, String text) throws MessagingException {
        send(mail, "Re: " + mail.subject(), text + "\n\n> " + quoted(mail), message -> {});
    }

    private static String quoted(Caught mail) {
        return mail.text() == null ? "" : mail.text().strip().replace("\n", "\n> ");
    }

    /** An automatic reply as RFC 3834 has it. */
    private void outOfOffice(Caught mail, String text) throws MessagingException {
        send(mail, "Automatic reply: " + mail.subject(), text, message -> {
            message.setHeader("Auto-Submitted", "auto-replied");
            message.setHeader("Precedence", "auto_reply");
            message.setHeader("X-Auto-Response-Suppress", "All");
        });
    }

    private void send(Caught mail, String subject, String text, Change change) throws MessagingException {
        var message = new Answer(server.session(), messageId());
        message.setFrom(new InternetAddress(mail.to()));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(mail.from()));
        message.setSubject(subject, "UTF-8");
        message.setSentDate(Date.from(clock.instant()));
        var original = header(mail, "Message-ID");
        if (original != null) {
            message.setHeader("In-Reply-To", original);
            message.setHeader("References", original);
        }
        message.setText(text, "UTF-8");
        change.to(message);
        message.saveChanges();
        deliver(mail, message);
    }

    private void deliver(Caught mail, MimeMessage message) throws MessagingException {
        if (!server.has(mail.from())) {
            throw new ConflictException("The sender " + mail.from() + " has no mailbox in the demo to answer to.");
        }
        server.send(message, mail.from());
    }

    /** A delivery report as RFC 3464 has it: there is no such address. */
    private void bounce(Caught mail, MimeMessage original) throws MessagingException {
        var boundary = "=_" + UUID.randomUUID();
        var report = String.join(
                "\r\n",
                "From: Mail Delivery System <mailer-daemon@" + domain(mail.to()) + ">",
                "To: <" + mail.from() + ">",
                "Subject: Undelivered mail returned to sender",
                "Message-ID: " + messageId(),
                "Auto-Submitted: auto-replied",
                "MIME-Version: 1.0",
                "Content-Type: multipart/report; report-type=delivery-status; boundary=\"" + boundary + "\"",
                "",
                "--" + boundary,
                "Content-Type: text/plain; charset=us-ascii",
                "",
                "Your message could not be delivered to " + mail.to() + ": there is no such mailbox.",
                "",
                "--" + boundary,
                "Content-Type: message/delivery-status",
                "",
                "Reporting-MTA: dns; mail." + domain(mail.to()),
                "",
                "Final-Recipient: rfc822; " + mail.to(),
                "Action: failed",
                "Status: 5.1.1",
                "Diagnostic-Code: smtp; 550 5.1.1 <" + mail.to() + ">: no such mailbox",
                "",
                "--" + boundary,
                "Content-Type: text/rfc822-headers",
                "",
                headerLines(original),
                "--" + boundary + "--",
                "");
        var bytes = report.getBytes(StandardCharsets.UTF_8);
        deliver(mail, new MimeMessage(server.session(), new ByteArrayInputStream(bytes)));
    }

    private static String headerLines(MimeMessage message) throws MessagingException {
        var lines = new StringBuilder();
        for (Enumeration<String> each = message.getAllHeaderLines(); each.hasMoreElements(); ) {
            lines.append(each.nextElement()).append("\r\n");
        }
        return lines.toString();
    }

    /** One click (RFC 8058) where the mail offers it, else a mail to the address it names. */
    private void unsubscribe(Caught mail) throws MessagingException {
        var offered = header(mail, "List-Unsubscribe");
        var url = offered == null ? null : LIST_URL.matcher(offered);
        if (url != null && url.find()) {
            post(ours(url.group(1)));
            return;
        }
        var address = offered == null ? null : LIST_MAIL.matcher(offered);
        if (address == null || !address.find()) {
            throw new ConflictException("This mail offers no way to unsubscribe: it has no List-Unsubscribe header.");
        }
        send(mail, "unsubscribe", "unsubscribe", message -> {});
    }

    private static String header(Caught mail, String name) {
        return mail.headers().entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(java.util.Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    private URI link(Caught mail, String elements, String attribute, String path, String otherwise) {
        return Jsoup.parse(mail.html() == null ? "" : mail.html()).select(elements).eachAttr(attribute).stream()
                .filter(address -> address.contains(path))
                .findFirst()
                .map(this::ours)
                .orElseThrow(() -> new ConflictException("This mail has " + otherwise + "."));
    }

    /** The address in the mail, at the port of this start. */
    private URI ours(String address) {
        var path = URI.create(address).getRawPath();
        if (!path.startsWith("/t/") && !path.startsWith("/u/")) {
            throw new ConflictException("The address " + address + " in this mail does not lead to Upnext.");
        }
        return URI.create(baseUrl.link(path));
    }

    private void visit(URI address) {
        ask(HttpRequest.newBuilder(address).GET());
    }

    private void post(URI address) {
        ask(HttpRequest.newBuilder(address)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("List-Unsubscribe=One-Click")));
    }

    private void ask(HttpRequest.Builder request) {
        try {
            var answer = http.send(request.header("User-Agent", BROWSER).build(), BodyHandlers.discarding());
            if (answer.statusCode() >= 400) {
                throw new ConflictException("Upnext answered " + answer.statusCode() + " to the address in the mail.");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String messageId() {
        return "<" + UUID.randomUUID() + "@prospects.example>";
    }

    private static String domain(String address) {
        return address.substring(address.lastIndexOf('@') + 1);
    }

    @FunctionalInterface
    private interface Change {
        void to(MimeMessage message) throws MessagingException;
    }

    /** Keeps its Message-ID. */
    private static final class Answer extends MimeMessage {

        private final String id;

        Answer(Session session, String id) {
            super(session);
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
        }
    }
}
