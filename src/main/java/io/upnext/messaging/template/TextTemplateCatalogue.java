package io.upnext.messaging.template;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.upnext.messaging.TextOutbox;
import io.upnext.security.AuditLog;
import io.upnext.security.Right;
import io.upnext.shared.ConflictException;
import io.upnext.shared.NotFoundException;
import io.upnext.shared.RecordType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Creating, changing and listing text templates; everybody reads, {@link Right#MANAGE_MAIL_TEMPLATES} changes. */
@Component
public class TextTemplateCatalogue extends Catalogue<StoredTextTemplate, TextTemplateCatalogue.Draft> {

    TextTemplateCatalogue(TextTemplateRows rows, AuditLog audit) {
        super(rows, audit, "text-template");
    }

    /** A template as people write and read it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Draft(String name, String text, String language, RecordType recordType) {

        static Draft of(StoredTextTemplate stored) {
            return new Draft(stored.name(), stored.text(), stored.language(), stored.recordType());
        }
    }

    @Override
    Draft draft(StoredTextTemplate stored) {
        return Draft.of(stored);
    }

    @Override
    Draft under(StoredTextTemplate key, Draft draft) {
        return new Draft(key.name(), draft.text(), key.language(), draft.recordType());
    }

    @Override
    String plural() {
        return "Text templates";
    }

    @Override
    NotFoundException missing(String what) {
        return new NotFoundException("There is no text template '" + what + "'.");
    }

    @Override
    ConflictException taken(StoredTextTemplate template) {
        return new ConflictException("There is already a text template '" + template.name() + "' in '"
                + template.language() + "'; change that one or choose another name.");
    }

    /** Placeholders without a fallback, over all these languages of a template. */
    public static Set<String> requiredPlaceholders(List<StoredTextTemplate> languages) {
        return Placeholder.required(
                languages.stream().flatMap(template -> TemplateText.parse(template.text(), new ArrayList<>())
                        .placeholders()));
    }

    @Override
    StoredTextTemplate checked(UUID id, Draft draft, long version) {
        String name = draft.name() == null ? "" : draft.name().strip();
        String language = Languages.of(draft.language());
        String text = draft.text() == null ? "" : draft.text().strip().replace("\r\n", "\n");
        List<String> unreadable = new ArrayList<>();
        TemplateText.parse(text, unreadable);
        new TemplateChecks("text template")
                .key(name, language, draft.recordType())
                .that(
                        "text",
                        !text.isEmpty() && text.length() <= TextOutbox.LONGEST,
                        "A text of 1 to 1,600 characters is needed.")
                .that(
                        "text",
                        text.chars().noneMatch(c -> Character.isISOControl(c) && c != '\n'),
                        "The text must not hold control characters.")
                .placeholders(unreadable)
                .done();
        return new StoredTextTemplate(id, name, language, draft.recordType(), text, version);
    }
}
