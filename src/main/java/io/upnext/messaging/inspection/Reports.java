package io.upnext.messaging.inspection;

import io.upnext.messaging.inspection.Reported.Action;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What a mail server says about the delivery of a mail: by the standard (RFC 3464) where it keeps to it, else in words.
 */
final class Reports {

    private static final Phrases SUBJECTS = Phrases.load("bounce-subjects");
    private static final Phrases WORDS = Phrases.load("bounce-words");
    private static final Phrases DELAY = Phrases.load("delay-words");
    private static final int LONGEST = 20_000;

    private final ParsedMail mail;
    private final BounceText text;
    private final String words;

    Reports(ParsedMail mail) {
        this.mail = mail;
        this.text = BounceText.of(mail.text());
        this.words = text.words().length() > LONGEST ? text.words().substring(0, LONGEST) : text.words();
    }

    /** The headers of the mail it is about, the likeliest first. */
    List<Headers> originals() {
        List<Headers> originals = new ArrayList<>(mail.returned());
        if (!text.original().isEmpty()) {
            originals.add(text.original());
        }
        return originals;
    }

    /** Empty where the mail is no report. */
    List<Reported> recipients() {
        List<Reported> standard = standard();
        if (!standard.isEmpty()) {
            return standard;
        }
        return isInWords() ? inWords() : List.of();
    }

    private List<Reported> standard() {
        List<Map<String, String>> groups = new ArrayList<>();
        mail.statuses().forEach(status -> groups.addAll(StatusFields.recipients(status)));
        if (groups.isEmpty()
                && speaksAsServer()
                && words.toLowerCase(Locale.ROOT).contains("final-recipient:")) {
            groups.addAll(StatusFields.recipients(mail.text()));
        }
        return groups.stream().map(group -> reported(group, groups.size() == 1)).toList();
    }

    private Reported reported(Map<String, String> group, boolean only) {
        String last = Addresses.ofField(group.getOrDefault("final-recipient", group.get("x-actual-recipient")));
        String first = Addresses.ofField(group.get("original-recipient"));
        String address = last.contains("@") || !first.contains("@") ? last : first;
        if (!address.contains("@")) {
            String actual = Addresses.ofField(group.get("x-actual-recipient"));
            address = actual.contains("@") ? actual : only ? knownRecipient(address) : address;
        }
        String said = group.getOrDefault("diagnostic-code", "");
        Diagnosis diagnosis =
                diagnosis(group.get("status"), servers(group), said, only ? words : about(address), words);
        Action action = action(group.getOrDefault("action", ""), diagnosis.status());
        return reported(address, first.isEmpty() ? null : first, action, diagnosis, said);
    }

    private static String servers(Map<String, String> group) {
        return group.getOrDefault("remote-mta", "") + " " + group.getOrDefault("reporting-mta", "");
    }

    /** Where what is said about the recipient says nothing, the whole report may. */
    private static Diagnosis diagnosis(String status, String servers, String said, String around, String all) {
        Diagnosis near = Diagnosis.of(status, servers, said, around);
        return near.reason().equals("undefined") ? Diagnosis.of(status, servers, said, all) : near;
    }

    private String knownRecipient(String otherwise) {
        return known().stream().findFirst().orElse(otherwise);
    }

    private String about(String address) {
        StringBuilder said = new StringBuilder();
        words.lines()
                .filter(line ->
                        !address.isEmpty() && line.toLowerCase(Locale.ROOT).contains(address))
                .limit(20)
                .forEach(line -> said.append(line).append('\n'));
        return said.toString();
    }

    private static Reported reported(String address, String original, Action action, Diagnosis diagnosis, String said) {
        String reason =
                switch (action) {
                    case DELIVERED -> "delivered";
                    case DELAYED ->
                        diagnosis.hard() || diagnosis.reason().equals("undefined") ? "expired" : diagnosis.reason();
                    case FAILED -> diagnosis.reason();
                };
        String sentence = said.replaceFirst("^[\\w-]{1,20}\\s?;\\s*", "")
                .replaceAll("\\s+", " ")
                .strip();
        return new Reported(
                address,
                original,
                action,
                diagnosis.status(),
                diagnosis.smtpCode(),
                action == Action.FAILED && diagnosis.hard(),
                reason,
                sentence.length() > 500 ? sentence.substring(0, 500) : sentence);
    }

    private static Action action(String action, String status) {
        String word = action.toLowerCase(Locale.ROOT).split("[ (;]", 2)[0].strip();
        return switch (word) {
            case "failed", "failure" -> Action.FAILED;
            case "delayed" -> Action.DELAYED;
            case "delivered", "relayed", "expanded", "deliverable" -> Action.DELIVERED;
            default -> status != null && status.startsWith("2.") ? Action.DELIVERED : Action.FAILED;
        };
    }

    /** A server writes like one, and says that it did not deliver. A person's answer to a bounce does neither. */
    private boolean isInWords() {
        if (isAnswer() && !Daemons.wrote(mail)) {
            return false;
        }
        boolean says = WORDS.any(Phrases.normal(words)) || Daemons.wrote(mail) && hasSubject();
        return mail.has("x-failed-recipients") || speaksAsServer() && (says || mail.isReport());
    }

    private boolean isAnswer() {
        String subject = mail.subject().toLowerCase(Locale.ROOT);
        return subject.matches("(re|aw|antw|sv|vs|fwd?|wg|rv|tr|odp|res)\\s?(\\[\\d+\\])?\\s?:.*")
                && (!mail.thread().isEmpty() || mail.has("in-reply-to"));
    }

    private boolean speaksAsServer() {
        return Daemons.wrote(mail)
                || hasSubject()
                || mail.isReport() && mail.reportType().equals("delivery-status");
    }

    private boolean hasSubject() {
        return SUBJECTS.begins(Phrases.normal(mail.subject()).stripLeading());
    }

    private List<Reported> inWords() {
        Map<String, String> found = new LinkedHashMap<>(text.recipients(others(), known()));
        for (String header : mail.headers().all("x-failed-recipients")) {
            Addresses.in(header, 500).forEach(address -> found.putIfAbsent(address.toLowerCase(Locale.ROOT), ""));
        }
        if (found.isEmpty()) {
            known().stream().limit(100).forEach(address -> found.put(address, words));
        }
        if (found.isEmpty()) {
            found.put("", words);
        }
        Action action = DELAY.any(Phrases.normal(mail.subject() + "\n" + words)) ? Action.DELAYED : Action.FAILED;
        boolean only = found.size() == 1;
        List<Reported> recipients = new ArrayList<>();
        found.forEach((address, said) -> {
            Diagnosis diagnosis = diagnosis(
                    null,
                    mail.from() == null ? "" : mail.from(),
                    only ? words : said,
                    "",
                    mail.subject() + "\n" + words);
            recipients.add(reported(address, null, action, diagnosis, only ? words : said));
        });
        return recipients;
    }

    private Set<String> others() {
        Set<String> others = new HashSet<>();
        if (mail.from() != null) {
            others.add(mail.from());
        }
        mail.recipients().forEach(address -> others.add(address.toLowerCase(Locale.ROOT)));
        originals().forEach(original -> {
            String sender = Addresses.first(original.first("from"));
            if (sender != null) {
                others.add(sender);
            }
        });
        return others;
    }

    /** To whom the quoted mail went. */
    private Set<String> known() {
        Set<String> known = new LinkedHashSet<>();
        for (Headers original : originals()) {
            for (String name : List.of("to", "cc")) {
                original.all(name).forEach(value -> Addresses.in(value, 200)
                        .forEach(address -> known.add(address.toLowerCase(Locale.ROOT))));
            }
        }
        return known;
    }
}
