package io.upnext.messaging.template;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.upnext.record.RecordGraph;
import io.upnext.security.AuditLog;
import io.upnext.security.CurrentUser;
import io.upnext.security.Right;
import io.upnext.shared.ConflictException;
import io.upnext.shared.InvalidException;
import io.upnext.shared.NotFoundException;
import io.upnext.shared.PageQuery;
import io.upnext.shared.Paged;
import io.upnext.shared.RecordType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Creating, changing and listing mail templates; everybody reads, {@link Right#MANAGE_MAIL_TEMPLATES} changes. */
@Component
public class TemplateCatalogue {

    private static final int MAX_SUBJECT = 500;
    private static final int MAX_BODY = 500_000;
    private static final String NO_NUL =
            "HTML and text may have 500,000 characters and no zero character (NUL); take it out.";

    private final TemplateRows rows;
    private final Templates templates;
    private final AuditLog audit;

    TemplateCatalogue(TemplateRows rows, Templates templates, AuditLog audit) {
        this.rows = rows;
        this.templates = templates;
        this.audit = audit;
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

    public Paged<Draft> list(String search, PageQuery page) {
        boolean ascending = TemplateChecks.ascending(page, "Mail templates");
        List<StoredTemplate> items =
                rows.list(search == null ? "" : search, ascending ? "asc" : "desc", page.size(), page.offset());
        return Paged.of(items.stream().map(Draft::of).toList(), page, rows.count(search == null ? "" : search));
    }

    /**
     * One language of a template; without a language the only one, else the first.
     *
     * @throws NotFoundException where there is none
     */
    public Draft get(String name, String language) {
        return language == null ? get(name).get(0) : Draft.of(stored(name, language));
    }

    /** Every language of a template. @throws NotFoundException where there is none */
    public List<Draft> get(String name) {
        List<StoredTemplate> languages = rows.named(List.of(name));
        if (languages.isEmpty()) {
            throw new NotFoundException("There is no mail template '" + name + "'.");
        }
        return languages.stream().map(Draft::of).toList();
    }

    @Transactional
    public Draft create(CurrentUser user, Draft draft) {
        user.require(Right.MANAGE_MAIL_TEMPLATES);
        StoredTemplate template = checked(UUID.randomUUID(), draft, 0);
        try {
            rows.insert(template);
        } catch (DuplicateKeyException e) {
            throw new ConflictException("There is already a mail template '" + template.name() + "' in '"
                    + template.language() + "'; change that one or choose another name.");
        }
        audit.add(user.actor(), "template.create", subject(template), null, Draft.of(template));
        return Draft.of(template);
    }

    @Transactional
    public Draft update(CurrentUser user, String name, String language, Draft draft) {
        user.require(Right.MANAGE_MAIL_TEMPLATES);
        StoredTemplate before = stored(name, language);
        StoredTemplate after = checked(
                before.id(),
                new Draft(
                        before.name(),
                        draft.subject(),
                        draft.html(),
                        draft.text(),
                        before.language(),
                        draft.recordType()),
                before.version() + 1);
        rows.update(after);
        audit.add(user.actor(), "template.update", subject(after), Draft.of(before), Draft.of(after));
        return Draft.of(after);
    }

    @Transactional
    public void delete(CurrentUser user, String name, String language) {
        user.require(Right.MANAGE_MAIL_TEMPLATES);
        StoredTemplate template = stored(name, language);
        rows.delete(template.id());
        audit.add(user.actor(), "template.delete", subject(template), Draft.of(template), null);
    }

    /** A draft filled for a record as it would be sent, without tracking and footer. */
    public Templates.Written preview(Draft draft, RecordGraph graph, Sender sender) {
        return templates.fill(checked(UUID.randomUUID(), draft, 0), graph, sender);
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
        return templates.stream()
                .flatMap(template -> CompiledTemplate.of(template).placeholders())
                .filter(Placeholder::required)
                .map(Placeholder::path)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private StoredTemplate stored(String name, String language) {
        if (language == null) {
            List<StoredTemplate> languages = rows.named(List.of(name));
            if (languages.size() > 1) {
                throw new InvalidException("'" + name + "' exists in several languages; say which with ?language=.");
            }
            return languages.stream().findFirst().orElseThrow(() -> missing(name));
        }
        return rows.find(name, Languages.of(language)).orElseThrow(() -> missing(name + "' in '" + language));
    }

    private static NotFoundException missing(String what) {
        return new NotFoundException("There is no mail template '" + what + "'.");
    }

    private StoredTemplate checked(UUID id, Draft draft, long version) {
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

    private static String subject(StoredTemplate template) {
        return "template:" + template.name() + "/" + template.language();
    }
}
