package io.upnext.messaging;

import io.upnext.shared.RecordId;
import io.upnext.shared.UserId;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Mail templates; the key is (name, language), steps store the name. */
@Component
public class MailTemplates {

    public Set<String> languages(String name) {
        throw new UnsupportedOperationException("stub");
    }

    /** Placeholders without a fallback, such as {@code record.firstName}, over all languages of the template. */
    public Set<String> requiredPlaceholders(String name) {
        throw new UnsupportedOperationException("stub");
    }

    public List<String> names() {
        throw new UnsupportedOperationException("stub");
    }

    /**
     * The template filled for a record, for the composer and previews: no tracking, no footer.
     *
     * @throws io.upnext.shared.UnprocessableException naming each placeholder that has neither value nor fallback
     */
    public OutgoingMail.Written render(String name, String language, RecordId record, UserId sender) {
        throw new UnsupportedOperationException("stub");
    }
}
