package io.upnext.messaging.template;

import io.upnext.messaging.Signatures;
import io.upnext.record.RecordGraph;
import io.upnext.security.CurrentUser;
import io.upnext.security.Users;
import io.upnext.shared.NotFoundException;
import io.upnext.shared.RecordId;
import java.util.List;
import org.springframework.stereotype.Component;

/** A template as a real record's mail would read, with the caller as sender; without tracking and footer. */
@Component
public class TemplatePreview {

    private final Templates templates;
    private final TemplateCatalogue catalogue;
    private final RecordToFill records;
    private final Users users;
    private final Signatures signatures;

    TemplatePreview(
            Templates templates,
            TemplateCatalogue catalogue,
            RecordToFill records,
            Users users,
            Signatures signatures) {
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
        catalogue.get(name, null);
        String explicit = Languages.of(language);
        RecordGraph graph = records.graph(user, record);
        return Preview.of(templates.load(List.of(name)).fill(name, explicit, graph, sender(user)));
    }

    /** The same for a template that is being written. */
    public Preview of(CurrentUser user, TemplateCatalogue.Draft draft, RecordId record) {
        return Preview.of(catalogue.preview(draft, records.graph(user, record), sender(user)));
    }

    /** As it would be sent; without a record a sample. */
    public Templates.Written written(CurrentUser user, String name, String language, RecordId record) {
        catalogue.get(name, null);
        RecordGraph graph = record == null ? null : records.graph(user, record);
        return templates.load(List.of(name)).fill(name, Languages.of(language), graph, sender(user));
    }

    /** The same for a template that is being written. */
    public Templates.Written written(CurrentUser user, TemplateCatalogue.Draft draft, RecordId record) {
        return catalogue.preview(draft, record == null ? null : records.graph(user, record), sender(user));
    }

    private Sender sender(CurrentUser user) {
        return new Sender(
                users.find(user.id()).orElse(null), signatures.of(user.id()).orElse(null));
    }
}
