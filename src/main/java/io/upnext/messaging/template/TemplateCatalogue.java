package io.upnext.messaging.template;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.upnext.record.RecordGraph;
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

/** Creating, changing and listing mail templates; everybody reads, {@link Right#MANAGE_MAIL_TEMPLATES} changes. */
@Component
public class TemplateCatalogue extends Catalogue<StoredTemplate, TemplateCatalogue.Draft> {

    private static final int MAX_SUBJECT = 500;
    private static final int MAX_BODY = 500_000;
    private static final String NO_NUL =
            "HTML and text may have 500,000 characters and no zero character (NUL); take it out.";

    private final Templates templates;

    TemplateCatalogue(TemplateRows rows, Templates templates, AuditLog audit) {
        super(rows, audit, "template");
        this.templates = templates;
    }

    /** A template as people write and read it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Draft(String name, String subject, String html, String text, String language, RecordType recordType) {

        public static Draft of(StoredTemplate stored) {
            return new Draft(
                    stored.name(),
                    stored.subject(),
                    stored.html(),
                    stored.text(),
                    stored.language(),
                    stored.recordType());
        }
    }

    @Override
    Draft draft(StoredTemplate stored) {
        return Draft.of(stored);
    }

    @Override
    Draft under(StoredTemplate key, Draft draft) {
        return new Draft(key.name(), draft.subject(), draft.html(), draft.text(), key.language(), draft.recordType());
    }

    @Override
    String plural() {
        return "Mail templates";
    }

    @Override
    NotFoundException missing(String what) {
        return new NotFoundException("There is no mail template '" + what + "'.");
    }

    @Override
    ConflictException taken(StoredTemplate template) {
        return new ConflictException("There is already a mail template '" + template.name() + "' in '"
                + template.language() + "'; change that one or choose another name.");
    }

    /** A draft filled for a record as it would be sent, without tracking and footer. */
    public Templates.Written preview(Draft draft, RecordGraph graph, Sender sender) {
        return templates.fill(checked(draft), graph, sender);
    }

    /** A sentence for everything between braces of an HTML text that is no placeholder. */
    public static List<String> mistakes(String html) {
        List<String> mistakes = new ArrayList<>();
        TemplateText.parse(html, mistakes);
        return mistakes;
    }

    /** The HTML of a template without what could do harm; placeholders stay. */
    public static String clean(String html) {
        return CleanHtml.ofTemplate(html);
    }

    public static Set<String> requiredPlaceholders(List<StoredTemplate> templates) {
        return Placeholder.required(templates.stream()
                .flatMap(template -> CompiledTemplate.of(template).placeholders()));
    }

    @Override
    StoredTemplate checked(UUID id, Draft draft, long version) {
        String name = draft.name() == null ? "" : draft.name().strip();
        String language = Languages.of(draft.language());
        String subject = draft.subject() == null ? "" : draft.subject().strip();
        String html = draft.html() == null ? "" : draft.html();
        String text = draft.text() == null || draft.text().isBlank() ? null : draft.text();
        TemplateChecks checks = new TemplateChecks("mail template")
                .key(name, language, draft.recordType())
                .that(
                        "subject",
                        !subject.isEmpty() && subject.length() <= MAX_SUBJECT,
                        "A subject of 1 to 500 characters is needed.")
                .that("subject", subject.chars().noneMatch(Character::isISOControl), "The subject must be one line.")
                .that(
                        "html",
                        !html.isBlank() && html.length() <= MAX_BODY,
                        "The HTML must not be empty nor longer than 500,000 characters.")
                .that("html", html.indexOf('\0') < 0, NO_NUL)
                .that("text", text == null || (text.length() <= MAX_BODY && text.indexOf('\0') < 0), NO_NUL);
        checks.done();
        StoredTemplate asWritten =
                new StoredTemplate(id, name, language, draft.recordType(), subject, html, text, version);
        checks.placeholders(CompiledTemplate.problems(asWritten)).done();
        return new StoredTemplate(
                id, name, language, draft.recordType(), subject, CleanHtml.ofTemplate(html), text, version);
    }
}
