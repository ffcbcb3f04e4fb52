package io.upnext.messaging.template;

import io.upnext.messaging.Signatures;
import io.upnext.record.RecordGraph;
import io.upnext.record.Records;
import io.upnext.security.CurrentUser;
import io.upnext.security.Users;
import io.upnext.shared.InvalidException;
import io.upnext.shared.NotFoundException;
import io.upnext.shared.RecordId;
import java.util.List;
import org.springframework.stereotype.Component;

/** A template as a real record's mail would read, with the caller as sender; without tracking and footer. */
@Component
public class TemplatePreview {

    private final Templates templates;
    private final TemplateCatalogue catalogue;
    private final Records records;
    private final Users users;
    private final Signatures signatures;

    TemplatePreview(
            Templates templates, TemplateCatalogue catalogue, Records records, Users users, Signatures signatures) {
        this.templates = templates;
        this.catalogue = catalogue;
        this.records = records;
        this.users = users;
        this.signatures = signatures;
    }

    public record Preview(String subject, String html, String text) {

        static Preview of(Templates.Written written) {
            return new Preview(written.subject(), written.html(), written.text());
        }
    }

    /**
     * @throws NotFoundException where there is no such template, or no such record that the caller may see
     * @throws io.upnext.shared.UnprocessableException naming placeholders without value and fallback
     */
    public Preview of(CurrentUser user, String name, String language, RecordId record) {
        catalogue.get(name);
        String explicit = Languages.of(language);
        RecordGraph graph = graph(user, record);
        return Preview.of(templates.load(List.of(name)).fill(name, explicit, graph, sender(user)));
    }

    /** The same for a template that is being written. */
    public Preview of(CurrentUser user, TemplateCatalogue.Draft draft, RecordId record) {
        return Preview.of(catalogue.preview(draft, graph(user, record), sender(user)));
    }

    /** As it would be sent; without a record a sample. */
    public Templates.Written written(CurrentUser user, String name, String language, RecordId record) {
        catalogue.get(name);
        RecordGraph graph = record == null ? null : graph(user, record);
        return templates.load(List.of(name)).fill(name, Languages.of(language), graph, sender(user));
    }

    /** The same for a template that is being written. */
    public Templates.Written written(CurrentUser user, TemplateCatalogue.Draft draft, RecordId record) {
        return catalogue.preview(draft, record == null ? null : graph(user, record), sender(user));
    }

    private RecordGraph graph(CurrentUser user, RecordId record) {
        if (record == null) {
            throw new InvalidException("'recordId' is needed: the record to fill the template with.");
        }
        return records.graph(record)
                .filter(graph -> records.visible(user, graph.record()))
                .orElseThrow(() -> new NotFoundException("There is no record '" + record + "' that you may see."));
    }

    private Sender sender(CurrentUser user) {
        return new Sender(
                users.find(user.id()).orElse(null), signatures.of(user.id()).orElse(null));
    }
}
