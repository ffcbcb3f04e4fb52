package io.upnext.messaging;

import io.upnext.messaging.template.Sender;
import io.upnext.messaging.template.StoredTemplate;
import io.upnext.messaging.template.TemplateCatalogue;
import io.upnext.messaging.template.TemplateRows;
import io.upnext.messaging.template.Templates;
import io.upnext.record.RecordGraph;
import io.upnext.record.Records;
import io.upnext.security.CurrentUser;
import io.upnext.security.Users;
import io.upnext.shared.NotFoundException;
import io.upnext.shared.RecordId;
import io.upnext.shared.RecordType;
import io.upnext.shared.UserId;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Mail templates; the key is (name, language), steps store the name. */
@Component
public class MailTemplates {

    private final TemplateRows rows;
    private final Templates templates;
    private final TemplateCatalogue catalogue;
    private final Records records;
    private final Users users;
    private final Signatures signatures;

    MailTemplates(
            TemplateRows rows,
            Templates templates,
            TemplateCatalogue catalogue,
            Records records,
            Users users,
            Signatures signatures) {
        this.rows = rows;
        this.templates = templates;
        this.catalogue = catalogue;
        this.records = records;
        this.users = users;
        this.signatures = signatures;
    }

    public Set<String> languages(String name) {
        return rows.named(name).stream().map(StoredTemplate::language).collect(Collectors.toSet());
    }

    /** Adds one language of a template, checked as any other. */
    public void create(
            CurrentUser user, String name, String language, RecordType recordType, String subject, String html) {
        catalogue.create(user, new TemplateCatalogue.Draft(name, subject, html, null, language, recordType));
    }

    /** Placeholders without a fallback, such as {@code record.firstName}, over all languages of the template. */
    public Set<String> requiredPlaceholders(String name) {
        return TemplateCatalogue.requiredPlaceholders(rows.named(name));
    }

    public List<String> names() {
        return rows.names();
    }

    /**
     * The template filled for a record, for the composer and previews: with the sender's signature, without tracking
     * and footer.
     *
     * @throws io.upnext.shared.UnprocessableException naming each placeholder that has neither value nor fallback
     */
    public OutgoingMail.Written render(String name, String language, RecordId record, UserId sender) {
        RecordGraph graph =
                records.graph(record).orElseThrow(() -> new NotFoundException("There is no record '" + record + "'."));
        Templates.Written written = templates.load(List.of(name)).fill(name, language, graph, sender(sender));
        return new OutgoingMail.Written(written.subject(), written.html());
    }

    /**
     * A piece of text filled for a record, as {@link #render}.
     *
     * @throws io.upnext.shared.UnprocessableException naming each placeholder that has neither value nor fallback
     */
    public String fill(String html, RecordId record, UserId sender) {
        RecordGraph graph =
                records.graph(record).orElseThrow(() -> new NotFoundException("There is no record '" + record + "'."));
        return templates.fillHtml(html, graph, sender(sender));
    }

    private Sender sender(UserId id) {
        return id == null
                ? Sender.NOBODY
                : new Sender(users.find(id).orElse(null), signatures.of(id).orElse(null));
    }
}
