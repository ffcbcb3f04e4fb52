package io.upnext.messaging.template;

import io.upnext.security.CurrentUser;
import io.upnext.security.User;
import io.upnext.security.Users;
import io.upnext.shared.NotFoundException;
import io.upnext.shared.RecordId;
import org.springframework.stereotype.Component;

/** A text template as a real record's message would read, with the caller as sender. */
@Component
public class TextTemplatePreview {

    private final TextTemplateCatalogue catalogue;
    private final TextFilling filling;
    private final RecordToFill records;
    private final Users users;

    TextTemplatePreview(TextTemplateCatalogue catalogue, TextFilling filling, RecordToFill records, Users users) {
        this.catalogue = catalogue;
        this.filling = filling;
        this.records = records;
        this.users = users;
    }

    /** The text, and in how many parts it would leave. */
    public record Preview(String text, Segments.Encoding encoding, int characters, int segments) {

        static Preview of(String text) {
            Segments cut = Segments.of(text);
            return new Preview(text, cut.encoding(), cut.characters(), cut.segments());
        }
    }

    /**
     * @throws NotFoundException where there is no such template, or no such record that the caller may see
     * @throws io.upnext.shared.UnprocessableException naming placeholders without value and fallback
     */
    public Preview of(CurrentUser user, String name, String language, RecordId record) {
        catalogue.get(name, null);
        return Preview.of(filling.fill(name, language, records.graph(user, record), sender(user)));
    }

    /** The same for a template that is being written. */
    public Preview of(CurrentUser user, TextTemplateCatalogue.Draft draft, RecordId record) {
        return Preview.of(filling.fill(catalogue.checked(draft), records.graph(user, record), sender(user)));
    }

    private User sender(CurrentUser user) {
        return users.find(user.id()).orElse(null);
    }
}
