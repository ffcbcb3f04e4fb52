package io.upnext.enrollment;

import io.upnext.messaging.Attachments;
import io.upnext.messaging.MailTemplates;
import io.upnext.messaging.Mailboxes;
import io.upnext.messaging.TextGateway;
import io.upnext.messaging.TextTemplates;
import io.upnext.security.CurrentUser;
import io.upnext.sequence.MailFacts;
import io.upnext.sequence.TemplateMails;
import io.upnext.shared.RecordType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Stands between sequences and templates, mailboxes, attachments and the text gateway, which do not know each other. */
@Component
class MailCatalogue implements MailFacts, TemplateMails {

    private final MailTemplates templates;
    private final TextTemplates texts;
    private final TextGateway gateway;
    private final Mailboxes mailboxes;
    private final Attachments attachments;

    MailCatalogue(
            MailTemplates templates,
            TextTemplates texts,
            TextGateway gateway,
            Mailboxes mailboxes,
            Attachments attachments) {
        this.texts = texts;
        this.gateway = gateway;
        this.templates = templates;
        this.mailboxes = mailboxes;
        this.attachments = attachments;
    }

    @Override
    public Optional<Template> template(String name) {
        Set<String> languages = templates.languages(name);
        return languages.isEmpty()
                ? Optional.empty()
                : Optional.of(new Template(name, languages, templates.requiredPlaceholders(name)));
    }

    @Override
    public List<String> templateNames() {
        return templates.names();
    }

    @Override
    public Optional<Integer> attachment(String name) {
        return attachments.find(name).map(Attachments.Attachment::size);
    }

    @Override
    public List<String> attachmentNames() {
        return attachments.names();
    }

    @Override
    public Optional<Template> textTemplate(String name) {
        Set<String> languages = texts.languages(name);
        return languages.isEmpty()
                ? Optional.empty()
                : Optional.of(new Template(name, languages, texts.requiredPlaceholders(name)));
    }

    @Override
    public List<String> textTemplateNames() {
        return texts.names();
    }

    @Override
    public boolean textGatewayWorks() {
        return switch (gateway.availability().state()) {
            case READY, PAUSED -> true;
            case STOPPED, NOT_SET_UP -> false;
        };
    }

    @Override
    public boolean anyWorkingMailbox() {
        return mailboxes.anyWorking();
    }

    @Override
    public boolean mailboxExists(String id) {
        return mailboxes.exists(id);
    }

    @Override
    public Map<String, String> mailboxes() {
        Map<String, String> addresses = new LinkedHashMap<>();
        mailboxes.all().forEach(mailbox -> addresses.put(mailbox.id().toString(), mailbox.address()));
        return addresses;
    }

    @Override
    public void createMissing(CurrentUser user, Mail mail, RecordType recordType) {
        if (templates.languages(mail.name()).isEmpty()) {
            templates.create(user, mail.name(), mail.language(), recordType, mail.subject(), mail.html());
        }
    }
}
