package io.upnext.sequence.check;

import static io.upnext.sequence.check.Design.blank;
import static io.upnext.sequence.check.Design.when;

import io.upnext.sequence.Definition;
import io.upnext.sequence.MailFacts;
import io.upnext.sequence.Outline;
import io.upnext.sequence.Step;
import io.upnext.sequence.Step.MailOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Rules about mail: templates, senders, addresses, and what exits on mail need. */
final class MailRules {

    private static final Pattern ADDRESS = Pattern.compile("[^\\s@<>,;:\"()\\[\\]\\\\]+@[^\\s@<>,;:\"()\\[\\]\\\\]+");

    /** Of all attachments of one mail. */
    private static final long MOST_BYTES = 20L * 1024 * 1024;

    static final List<Rule> ALL = List.of(
            Rule.error("template-missing", MailRules::missing),
            Rule.error("template-language", MailRules::languages),
            Rule.error("template-placeholder", MailRules::placeholders),
            Rule.error(
                    "ab-test",
                    design -> design.at(
                            Step.AbTest.class,
                            MailRules::incomplete,
                            "needs two templates, a split from 10 to 90, and an end: what decides the winner, or a date in"
                                    + " 'until'.")),
            Rule.warning(
                    "ab-test-untracked",
                    design -> design.at(
                            Step.AbTest.class,
                            MailRules::untracked,
                            "is decided by what is not tracked; switch the tracking on or let something else decide.")),
            Rule.error("attachment-missing", MailRules::missingAttachments),
            Rule.error("attachment-size", MailRules::largeAttachments),
            Rule.error("sender-mailbox", MailRules::senders),
            Rule.error("mail-address", MailRules::addresses),
            Rule.error("exit-needs-email", MailRules::exits),
            Rule.error("email-engagement", MailRules::engagement),
            Rule.error(
                    "sender-address",
                    design -> when(
                            design.has(Step.Type::mail) && !design.facts.hasPostalAddress(),
                            "Mails need a postal address in their footer; an administrator sets it in the settings"
                                    + " of the organisation.")));

    private MailRules() {}

    private record Used(Outline.Node node, String template, MailOptions mail) {}

    /** Every template named by a mail step. */
    private static Stream<Used> used(Design design) {
        return design.nodes().stream().flatMap(node -> {
            if (node.step() instanceof Step.Email email) {
                return Stream.of(new Used(node, email.template(), email.mail()));
            }
            return node.step() instanceof Step.AbTest test
                    ? Stream.of(
                            new Used(node, test.templateA(), test.mail()),
                            new Used(node, test.templateB(), test.mail()))
                    : Stream.empty();
        });
    }

    private static Stream<Finding> missing(Design design) {
        return used(design)
                .flatMap(used -> missing(design, used).stream().map(sentence -> Finding.at(used.node(), sentence)));
    }

    private static Optional<String> missing(Design design, Used used) {
        boolean needed = used.node().step().type() == Step.Type.AUTOMATED_EMAIL;
        if (blank(used.template())) {
            return needed ? Optional.of("has no template; an automated mail needs one.") : Optional.empty();
        }
        return design.template(used.template()).isPresent()
                ? Optional.empty()
                : Optional.of("uses the template '" + used.template() + "', which does not exist; choose another.");
    }

    private static Stream<MailFacts.Template> template(Design design, Used used) {
        return blank(used.template()) ? Stream.empty() : design.template(used.template()).stream();
    }

    private static Stream<Finding> languages(Design design) {
        return used(design).filter(used -> used.mail().language() != null).flatMap(used -> template(design, used)
                .filter(template -> !template.languages().contains(used.mail().language()))
                .map(template -> Finding.at(
                        used.node(),
                        "asks for the language '" + used.mail().language() + "', in which the template '"
                                + template.name() + "' does not exist; write it or choose another language.")));
    }

    private static Stream<Finding> placeholders(Design design) {
        return used(design).flatMap(used -> template(design, used).flatMap(template -> template.placeholders().stream()
                .sorted()
                .filter(placeholder -> !Placeholders.exists(design, placeholder))
                .map(placeholder -> Finding.at(
                        used.node(),
                        "uses the template '" + template.name() + "', whose placeholder {{" + placeholder
                                + "}} does not exist for the record type " + design.recordType()
                                + "; correct it or give it a fallback."))));
    }

    private static boolean incomplete(Step.AbTest test) {
        return blank(test.templateA())
                || blank(test.templateB())
                || (test.split() != null && (test.split() < 10 || test.split() > 90))
                || (test.winner() == null && test.until() == null);
    }

    private static boolean untracked(Step.AbTest test) {
        Boolean tracked =
                switch (test.decidedBy()) {
                    case REPLIES -> true;
                    case CLICKS -> test.mail().trackClicks();
                    case OPENS -> test.mail().trackOpens();
                };
        return Boolean.FALSE.equals(tracked);
    }

    private static Stream<MailOptions> mail(Step step) {
        if (step instanceof Step.Email email) {
            return Stream.of(email.mail());
        }
        return step instanceof Step.AbTest test ? Stream.of(test.mail()) : Stream.empty();
    }

    private static Stream<Finding> missingAttachments(Design design) {
        return design.nodes().stream().flatMap(node -> attachments(node.step())
                .distinct()
                .filter(name -> design.facts.attachment(name).isEmpty())
                .map(name -> Finding.at(
                        node, "has the attachment '" + name + "', which does not exist; upload it or take it out.")));
    }

    private static Stream<Finding> largeAttachments(Design design) {
        return design.at(
                node -> attachments(node.step())
                                .distinct()
                                .mapToLong(name -> design.facts.attachment(name).orElse(0))
                                .sum()
                        > MOST_BYTES,
                "has attachments of more than 20 MB together; take some out or send links.");
    }

    private static Stream<String> attachments(Step step) {
        return mail(step).flatMap(mail -> Stream.ofNullable(mail.attachments()).flatMap(List::stream));
    }

    private static Stream<Finding> senders(Design design) {
        return design.at(
                node -> mail(node.step()).anyMatch(mail -> unknownSender(design, mail.from())),
                "is sent from a mailbox that does not exist; choose ASSIGNEE, SEQUENCE_OWNER or a mailbox.");
    }

    private static boolean unknownSender(Design design, String from) {
        return from != null
                && !Set.of("ASSIGNEE", "SEQUENCE_OWNER").contains(from)
                && !design.facts.mailboxExists(from);
    }

    private static Stream<Finding> addresses(Design design) {
        return design.nodes().stream().flatMap(node -> mail(node.step())
                .flatMap(MailRules::addresses)
                .filter(address -> !ADDRESS.matcher(address).matches())
                .map(address ->
                        Finding.at(node, "has '" + address.strip() + "' where a mail address belongs; correct it.")));
    }

    private static Stream<String> addresses(MailOptions mail) {
        return Stream.of(
                        Stream.ofNullable(mail.replyTo()),
                        Stream.ofNullable(mail.cc()).flatMap(List::stream),
                        Stream.ofNullable(mail.bcc()).flatMap(List::stream))
                .flatMap(each -> each);
    }

    private static Stream<Finding> exits(Design design) {
        if (design.has(Step.Type::mail)) {
            return Stream.empty();
        }
        Definition.Options saved = design.saved();
        List<Finding> findings = new ArrayList<>();
        asked(saved.exitOnReply(), "exitOnReply", findings);
        asked(saved.exitOnUnsubscribe(), "exitOnUnsubscribe", findings);
        asked(saved.exitOnBounce(), "exitOnBounce", findings);
        return findings.stream();
    }

    private static void asked(Boolean option, String name, List<Finding> findings) {
        if (Boolean.TRUE.equals(option)) {
            findings.add(Finding.of("'" + name + "' needs at least one mail step; add one or switch the option off."));
        }
    }

    private static Stream<Finding> engagement(Design design) {
        boolean asksForMail = design.nodes().stream()
                .anyMatch(node -> node.step() instanceof Step.Condition condition && condition.onMail());
        boolean needed =
                asksForMail || design.options.exitOnReply() || design.has(type -> type.mail() && !type.manual());
        return when(
                needed && !design.facts.anyWorkingMailbox(),
                "Automated mail, conditions on mail and exit on reply need at least one working mailbox; set one up.");
    }
}
