package io.upnext.messaging.inspection;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Says what a received message is, from its bytes alone. Reports of servers first, complaints before bounces; a mail of a
 * person is at most a reply, whatever it quotes.
 */
public final class MailInspection {

    private MailInspection() {}

    /**
     * @param received when it came in: what a date without a year is reckoned from where the mail has no date
     * @param zone of who received it, for mails that do not say their own
     */
    public static Inspected inspect(byte[] raw, Instant received, ZoneId zone) {
        ParsedMail mail = MailParser.parse(raw);
        if (Complaints.is(mail)) {
            return complaint(mail);
        }
        SesNotification ses = SesNotification.of(mail);
        if (ses != null) {
            MailClass kind = ses.complaint() ? MailClass.COMPLAINT : ofReport(ses.recipients());
            return new Inspected(mail, kind, ses.recipients(), ses.messageIds(), false, null, ses.complaint());
        }
        Reports reports = new Reports(mail);
        List<Reported> recipients = reports.recipients();
        if (!recipients.isEmpty()) {
            return new Inspected(
                    mail, ofReport(recipients), recipients, ids(mail, reports.originals()), false, null, false);
        }
        return written(mail, received, zone);
    }

    private static Inspected complaint(ParsedMail mail) {
        Complaints complaints = Complaints.of(mail);
        List<Reported> recipients = complaints.addresses().stream()
                .map(address -> new Reported(address, null, null, null, null, false, "feedback", complaints.kind()))
                .toList();
        return new Inspected(
                mail, MailClass.COMPLAINT, recipients, ids(mail, mail.returned()), false, null, complaints.counts());
    }

    private static Inspected written(ParsedMail mail, Instant received, ZoneId zone) {
        if (isReadReceipt(mail)) {
            return new Inspected(mail, MailClass.SUCCESS, List.of(), ids(mail, mail.returned()), false, null, false);
        }
        if (mail.isReport()) {
            return new Inspected(mail, MailClass.UNKNOWN, List.of(), ids(mail, mail.returned()), false, null, false);
        }
        if (Unsubscribing.is(mail)) {
            return new Inspected(mail, MailClass.UNSUBSCRIBE, List.of(), mail.thread(), false, null, false);
        }
        if (AutoReplies.is(mail)) {
            return automatic(mail, received, zone);
        }
        return new Inspected(
                mail,
                isReply(mail) ? MailClass.REPLY : MailClass.UNRELATED,
                List.of(),
                mail.thread(),
                false,
                null,
                false);
    }

    private static Inspected automatic(ParsedMail mail, Instant received, ZoneId zone) {
        SentDate sent = SentDate.of(mail, received, zone);
        Optional<LocalDate> back =
                Absences.backOn(mail.subject() + "\n" + QuotedText.own(mail.text()), sent.day(), sent.monthFirst());
        String address = mail.from() == null ? "" : mail.from();
        Reported who = new Reported(address, null, null, null, null, false, "vacation", mail.subject());
        return new Inspected(
                mail,
                MailClass.AUTO_REPLY,
                List.of(who),
                mail.thread(),
                back.isPresent() || AutoReplies.saysAbsent(mail),
                back.orElse(null),
                false);
    }

    /** "Was displayed" (RFC 8098): the mail arrived, and nobody answered it. */
    private static boolean isReadReceipt(ParsedMail mail) {
        return mail.reportType().equals("disposition-notification");
    }

    /** Looks like an answer to something; whether to a mail of ours is another question. */
    private static boolean isReply(ParsedMail mail) {
        return !mail.thread().isEmpty()
                || mail.subject().matches("(?i)(?:re|aw|antw|sv|vs|odp|rif|res)\\s{0,3}(?:\\[\\d{1,3}\\])?\\s{0,3}:.*");
    }

    private static MailClass ofReport(List<Reported> recipients) {
        if (recipients.stream().anyMatch(recipient -> recipient.action() == Reported.Action.FAILED)) {
            return MailClass.BOUNCE;
        }
        return recipients.stream().anyMatch(recipient -> recipient.action() == Reported.Action.DELAYED)
                ? MailClass.DELAY
                : MailClass.SUCCESS;
    }

    private static List<String> ids(ParsedMail mail, List<Headers> originals) {
        List<String> ids = new ArrayList<>();
        originals.forEach(original -> ids.addAll(MailParser.messageIds(original.first("message-id"))));
        ids.addAll(mail.thread());
        return ids.stream().distinct().limit(100).toList();
    }
}
