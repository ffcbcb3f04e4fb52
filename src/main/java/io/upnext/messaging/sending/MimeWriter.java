package io.upnext.messaging.sending;

import io.upnext.messaging.Attachments.Attachment;
import io.upnext.messaging.OutgoingMail;
import io.upnext.messaging.domain.DkimSigning;
import io.upnext.messaging.tracking.Tokens;
import io.upnext.messaging.tracking.TrackedHtml;
import io.upnext.security.Settings;
import io.upnext.shared.UnprocessableException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.UnsupportedEncodingException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Date;
import java.util.List;
import org.springframework.stereotype.Component;

/** Writes a composed mail as a MIME message: headers, text and HTML as alternatives, tracking put in. */
@Component
class MimeWriter {

    private static final String UTF_8 = StandardCharsets.UTF_8.name();

    private final TrackedHtml tracked;
    private final Tokens tokens;
    private final Footer footer;
    private final AttachmentParts attachments;
    private final Settings settings;
    private final DkimSigning dkim;
    private final Clock clock;

    MimeWriter(
            TrackedHtml tracked,
            Tokens tokens,
            Footer footer,
            AttachmentParts attachments,
            Settings settings,
            DkimSigning dkim,
            Clock clock) {
        this.dkim = dkim;
        this.tracked = tracked;
        this.tokens = tokens;
        this.footer = footer;
        this.attachments = attachments;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * @return signed, where the sender's domain has a key
     * @throws UnprocessableException where a header would hold a line break or an address is none
     * @throws DkimSigning.Unusable where the domain's key cannot be used
     */
    MimeMessage write(Composed mail, Session session) throws MessagingException {
        try {
            OutgoingMail asked = mail.queued().asked();
            MimeMessage message = new WithMessageId(session, mail.messageId());
            message.setFrom(address(mail.mailbox().address(), mail.fromName()));
            message.setRecipient(Message.RecipientType.TO, address(mail.to(), null));
            // Blind copies are recipients of the envelope only.
            message.setRecipients(Message.RecipientType.CC, addresses(asked.cc()));
            replyTo(message, mail);
            message.setHeader("Subject", HeaderText.folded("Subject", line(mail.subject())));
            message.setSentDate(Date.from(clock.instant()));
            thread(message, mail);
            if (asked.unsubscribeLink()) {
                unsubscribe(message, mail);
            }
            message.setContent(body(mail));
            message.saveChanges();
            return dkim.sign(message, mail.mailbox().address());
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Everybody the server is told to deliver to; the first is the one the mail is for. */
    static InternetAddress[] envelope(Composed mail) {
        OutgoingMail asked = mail.queued().asked();
        return java.util.stream.Stream.of(List.of(mail.to()), orEmpty(asked.cc()), orEmpty(asked.bcc()))
                .flatMap(List::stream)
                .distinct()
                .map(MimeWriter::bare)
                .toArray(InternetAddress[]::new);
    }

    private void replyTo(MimeMessage message, Composed mail) throws MessagingException, UnsupportedEncodingException {
        String asked = mail.queued().asked().replyToAddress();
        if (asked != null && !asked.isBlank()) {
            message.setReplyTo(new InternetAddress[] {address(asked, null)});
        } else if (settings.flag("mailPlusAddressing", false)) {
            message.setReplyTo(new InternetAddress[] {address(plusAddress(mail), mail.fromName())});
        }
    }

    /** An answer to this address finds its mail even where the client drops the thread headers. */
    private String plusAddress(Composed mail) {
        String own = mail.mailbox().address();
        int at = own.lastIndexOf('@');
        return own.substring(0, at) + "+r-" + tokens.reply(mail.id()) + own.substring(at);
    }

    private static void thread(MimeMessage message, Composed mail) throws MessagingException {
        if (mail.inReplyTo() != null) {
            message.setHeader("In-Reply-To", line(mail.inReplyTo()));
            message.setHeader("References", line(mail.references()).replace(" ", "\r\n "));
        }
    }

    /** RFC 2369 and RFC 8058 §3.1: a page by https, a mail, and one click by POST. */
    private void unsubscribe(MimeMessage message, Composed mail) throws MessagingException {
        String byMail = "mailto:" + encoded(mail.mailbox().address()) + "?subject=unsubscribe%20"
                + tokens.unsubscribe(mail.id());
        message.setHeader(
                "List-Unsubscribe", "<" + footer.unsubscribeLink(mail.id()) + ">,\r\n <" + line(byMail) + ">");
        message.setHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
    }

    /** RFC 6068 §2: what means something in an address of the web is written by its number. */
    private static String encoded(String address) {
        int at = address.lastIndexOf('@');
        return URLEncoder.encode(address.substring(0, at), StandardCharsets.UTF_8)
                + Addresses.ascii(address).substring(at);
    }

    private MimeMultipart body(Composed mail) throws MessagingException {
        MimeMultipart alternatives = alternatives(mail);
        if (mail.attachments().isEmpty()) {
            return alternatives;
        }
        MimeBodyPart first = new MimeBodyPart();
        first.setContent(alternatives);
        MimeMultipart mixed = new MimeMultipart("mixed", first);
        for (Attachment attachment : mail.attachments()) {
            mixed.addBodyPart(attachments.part(attachment));
        }
        return mixed;
    }

    private MimeMultipart alternatives(Composed mail) throws MessagingException {
        String html = tracked.of(mail.id(), mail.html(), mail.trackOpens(), mail.trackClicks());
        MimeBodyPart text = new MimeBodyPart();
        text.setText(mail.text(), UTF_8);
        MimeBodyPart rich = new MimeBodyPart();
        rich.setText(
                "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"></head><body>" + html + "</body></html>\n",
                UTF_8,
                "html");
        return new MimeMultipart("alternative", text, rich);
    }

    private static InternetAddress[] addresses(List<String> addresses) {
        return orEmpty(addresses).stream().map(MimeWriter::bare).toArray(InternetAddress[]::new);
    }

    private static InternetAddress bare(String address) {
        try {
            return address(address, null);
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static InternetAddress address(String address, String name) throws UnsupportedEncodingException {
        String bare = line(address).strip();
        if (!Addresses.valid(bare)) {
            throw new UnprocessableException(
                    "'" + bare + "' is no mail address; correct it in the step or the mailbox.");
        }
        return new InternetAddress(Addresses.ascii(bare), name == null ? null : line(name), UTF_8);
    }

    private static List<String> orEmpty(List<String> values) {
        return values == null ? List.of() : values;
    }

    /** What ends a line, or a text, ends the header for somebody who reads it. */
    private static String line(String value) {
        if (value.chars().anyMatch(c -> c == '\n' || c == '\r' || c == 0)) {
            throw new UnprocessableException("'" + value.replaceAll("[\\r\\n\\x00](?s:.*)", "…")
                    + "' would put a line break into a header of the mail; take it out.");
        }
        return value;
    }

    /** The library would make up a Message-ID of its own. */
    static final class WithMessageId extends MimeMessage {

        private final String id;

        WithMessageId(Session session, String id) {
            super(session);
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
        }
    }
}
