package io.upnext.messaging;

import io.upnext.messaging.template.StoredTextTemplate;
import io.upnext.messaging.template.TextFilling;
import io.upnext.messaging.template.TextTemplateCatalogue;
import io.upnext.messaging.template.TextTemplateRows;
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

/** Templates of text messages; the key is (name, language), steps store the name. */
@Component
public class TextTemplates {

    private final TextTemplateRows rows;
    private final TextTemplateCatalogue catalogue;
    private final TextFilling filling;
    private final Records records;
    private final Users users;

    TextTemplates(
            TextTemplateRows rows, TextTemplateCatalogue catalogue, TextFilling filling, Records records, Users users) {
        this.rows = rows;
        this.catalogue = catalogue;
        this.filling = filling;
        this.records = records;
        this.users = users;
    }

    public Set<String> languages(String name) {
        return rows.named(name).stream().map(StoredTextTemplate::language).collect(Collectors.toSet());
    }

    /** Adds one language of a template, checked as any other. */
    public void create(CurrentUser user, String name, String language, RecordType recordType, String text) {
        catalogue.create(user, new TextTemplateCatalogue.Draft(name, text, language, recordType));
    }

    /** Placeholders without a fallback, such as {@code record.firstName}, over all languages of the template. */
    public Set<String> requiredPlaceholders(String name) {
        return TextTemplateCatalogue.requiredPlaceholders(rows.named(name));
    }

    public List<String> names() {
        return rows.names();
    }

    /**
     * The template filled for a record.
     *
     * @throws io.upnext.shared.UnprocessableException naming each placeholder that has neither value nor fallback
     */
    public String render(String name, String language, RecordId record, UserId sender) {
        RecordGraph graph =
                records.graph(record).orElseThrow(() -> new NotFoundException("There is no record '" + record + "'."));
        return filling.fill(
                name,
                language,
                graph,
                sender == null ? null : users.find(sender).orElse(null));
    }
}
