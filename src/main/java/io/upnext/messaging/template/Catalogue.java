package io.upnext.messaging.template;

import io.upnext.security.AuditLog;
import io.upnext.security.CurrentUser;
import io.upnext.security.Right;
import io.upnext.shared.ConflictException;
import io.upnext.shared.InvalidException;
import io.upnext.shared.NotFoundException;
import io.upnext.shared.PageQuery;
import io.upnext.shared.Paged;
import java.util.List;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.transaction.annotation.Transactional;

/**
 * Creating, changing and listing templates of one kind; everybody reads, {@link Right#MANAGE_MAIL_TEMPLATES} changes.
 *
 * @param <T> as stored
 * @param <D> as people write and read it
 */
public abstract class Catalogue<T extends AnyTemplate, D> {

    private final TemplateTable<T> rows;
    private final AuditLog audit;
    private final String code;

    /** @param code what the audit log calls such a template */
    Catalogue(TemplateTable<T> rows, AuditLog audit, String code) {
        this.rows = rows;
        this.audit = audit;
        this.code = code;
    }

    abstract D draft(T stored);

    /** @throws InvalidException naming all that is wrong */
    abstract T checked(UUID id, D draft, long version);

    /** A draft as it would be stored. */
    T checked(D draft) {
        return checked(UUID.randomUUID(), draft, 0);
    }

    /** The draft under the key that the template has. */
    abstract D under(T key, D draft);

    /** How lists of such templates are called in a sentence's beginning. */
    abstract String plural();

    abstract NotFoundException missing(String what);

    abstract ConflictException taken(T template);

    public Paged<D> list(String search, PageQuery page) {
        boolean ascending = TemplateChecks.ascending(page, plural());
        String sought = search == null ? "" : search;
        List<T> items = rows.list(sought, ascending, page.size(), page.offset());
        return Paged.of(items.stream().map(this::draft).toList(), page, rows.count(sought));
    }

    /**
     * One language of a template; without a language the only one, else the first.
     *
     * @throws NotFoundException where there is none
     */
    public D get(String name, String language) {
        return draft(
                language == null
                        ? rows.named(name).stream().findFirst().orElseThrow(() -> missing(name))
                        : stored(name, language));
    }

    @Transactional
    public D create(CurrentUser user, D draft) {
        user.require(Right.MANAGE_MAIL_TEMPLATES);
        T template = checked(draft);
        try {
            rows.insert(template);
        } catch (DuplicateKeyException e) {
            throw taken(template);
        }
        audit.add(user.actor(), code + ".create", subject(template), null, draft(template));
        return draft(template);
    }

    @Transactional
    public D update(CurrentUser user, String name, String language, D draft) {
        user.require(Right.MANAGE_MAIL_TEMPLATES);
        T before = stored(name, language);
        T after = checked(before.id(), under(before, draft), before.version() + 1);
        rows.update(after);
        audit.add(user.actor(), code + ".update", subject(after), draft(before), draft(after));
        return draft(after);
    }

    @Transactional
    public void delete(CurrentUser user, String name, String language) {
        user.require(Right.MANAGE_MAIL_TEMPLATES);
        T template = stored(name, language);
        rows.delete(template.id());
        audit.add(user.actor(), code + ".delete", subject(template), draft(template), null);
    }

    private T stored(String name, String language) {
        if (language != null) {
            return rows.find(name, Languages.of(language)).orElseThrow(() -> missing(name + "' in '" + language));
        }
        List<T> languages = rows.named(name);
        if (languages.size() > 1) {
            throw new InvalidException("'" + name + "' exists in several languages; say which with ?language=.");
        }
        return languages.stream().findFirst().orElseThrow(() -> missing(name));
    }

    private String subject(T template) {
        return code + ":" + template.name() + "/" + template.language();
    }
}
