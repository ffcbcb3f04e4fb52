package io.upnext.messaging.template;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.upnext.messaging.TextOutbox;
import io.upnext.record.RecordGraph;
import io.upnext.record.Records;
import io.upnext.security.AuditLog;
import io.upnext.security.CurrentUser;
import io.upnext.security.Right;
import io.upnext.security.Users;
import io.upnext.shared.ConflictException;
import io.upnext.shared.InvalidException;
import io.upnext.shared.NotFoundException;
import io.upnext.shared.PageQuery;
import io.upnext.shared.Paged;
import io.upnext.shared.RecordId;
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

/** Creating, changing and listing text templates; everybody reads, {@link Right#MANAGE_MAIL_TEMPLATES} changes. */
@Component
public class TextTemplateCatalogue {

    private final TextTemplateRows rows;
    private final TextFilling filling;
    private final Records records;
    private final Users users;
    private final AuditLog audit;

    TextTemplateCatalogue(TextTemplateRows rows, TextFilling filling, Records records, Users users, AuditLog audit) {
        this.rows = rows;
        this.filling = filling;
        this.records = records;
        this.users = users;
        this.audit = audit;
    }

    /** A template as people write and read it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Draft(String name, String text, String language, RecordType recordType) {

        static Draft of(StoredTextTemplate stored) {
            return new Draft(stored.name(), stored.text(), stored.language(), stored.recordType());
        }
    }

    /** A template as a real record's message would read, and in how many parts it would leave. */
    public record Preview(String text, Segments.Encoding encoding, int characters, int segments) {

        static Preview of(String text) {
            Segments cut = Segments.of(text);
            return new Preview(text, cut.encoding(), cut.characters(), cut.segments());
        }
    }

    public Paged<Draft> list(String search, PageQuery page) {
        boolean ascending = TemplateChecks.ascending(page, "Text templates");
        String sought = search == null ? "" : search;
        List<StoredTextTemplate> items = rows.list(sought, ascending, page.size(), page.offset());
        return Paged.of(items.stream().map(Draft::of).toList(), page, rows.count(sought));
    }

    /** One language of a template; without a language the first. @throws NotFoundException where there is none */
    public Draft get(String name, String language) {
        return Draft.of(
                language == null
                        ? rows.named(name).stream().findFirst().orElseThrow(() -> missing(name))
                        : stored(name, language));
    }

    @Transactional
    public Draft create(CurrentUser user, Draft draft) {
        user.require(Right.MANAGE_MAIL_TEMPLATES);
        StoredTextTemplate template = checked(UUID.randomUUID(), draft, 0);
        try {
            rows.insert(template);
        } catch (DuplicateKeyException e) {
            throw new ConflictException("There is already a text template '" + template.name() + "' in '"
                    + template.language() + "'; change that one or choose another name.");
        }
        audit.add(user.actor(), "text-template.create", subject(template), null, Draft.of(template));
        return Draft.of(template);
    }

    @Transactional
    public Draft update(CurrentUser user, String name, String language, Draft draft) {
        user.require(Right.MANAGE_MAIL_TEMPLATES);
        StoredTextTemplate before = stored(name, language);
        Draft changed = new Draft(before.name(), draft.text(), before.language(), draft.recordType());
        StoredTextTemplate after = checked(before.id(), changed, before.version() + 1);
        rows.update(after);
        audit.add(user.actor(), "text-template.update", subject(after), Draft.of(before), Draft.of(after));
        return Draft.of(after);
    }

    @Transactional
    public void delete(CurrentUser user, String name, String language) {
        user.require(Right.MANAGE_MAIL_TEMPLATES);
        StoredTextTemplate template = stored(name, language);
        rows.delete(template.id());
        audit.add(user.actor(), "text-template.delete", subject(template), Draft.of(template), null);
    }

    /**
     * A stored template with the caller as sender.
     *
     * @throws NotFoundException where there is no such template, or no such record that the caller may see
     * @throws io.upnext.shared.UnprocessableException naming placeholders without value and fallback
     */
    public Preview preview(CurrentUser user, String name, String language, RecordId record) {
        get(name, null);
        RecordGraph graph = graph(user, record);
        return Preview.of(
                filling.fill(name, language, graph, users.find(user.id()).orElse(null)));
    }

    /** The same of a template that is being written. */
    public Preview preview(CurrentUser user, Draft draft, RecordId record) {
        StoredTextTemplate template = checked(UUID.randomUUID(), draft, 0);
        return Preview.of(filling.fill(
                template, graph(user, record), users.find(user.id()).orElse(null)));
    }

    private RecordGraph graph(CurrentUser user, RecordId record) {
        if (record == null) {
            throw new InvalidException("'recordId' is needed: the record to fill the template with.");
        }
        return records.graph(record)
                .filter(graph -> records.visible(user, graph.record()))
                .orElseThrow(() -> new NotFoundException("There is no record '" + record + "' that you may see."));
    }

    /** Placeholders without a fallback, over all these languages of a template. */
    public static Set<String> requiredPlaceholders(List<StoredTextTemplate> languages) {
        return languages.stream()
                .flatMap(template ->
                        TemplateText.parse(template.text(), new ArrayList<>()).placeholders())
                .filter(Placeholder::required)
                .map(Placeholder::path)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private StoredTextTemplate stored(String name, String language) {
        if (language != null) {
            return rows.find(name, Languages.of(language)).orElseThrow(() -> missing(name + "' in '" + language));
        }
        List<StoredTextTemplate> languages = rows.named(name);
        if (languages.size() > 1) {
            throw new InvalidException("'" + name + "' exists in several languages; say which with ?language=.");
        }
        return languages.stream().findFirst().orElseThrow(() -> missing(name));
    }

    private static NotFoundException missing(String what) {
        return new NotFoundException("There is no text template '" + what + "'.");
    }

    private static StoredTextTemplate checked(UUID id, Draft draft, long version) {
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

    private static String subject(StoredTextTemplate template) {
        return "text-template:" + template.name() + "/" + template.language();
    }
}
