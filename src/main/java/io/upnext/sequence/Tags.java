package io.upnext.sequence;

import io.upnext.security.AuditLog;
import io.upnext.security.CurrentUser;
import io.upnext.security.Right;
import io.upnext.shared.ConflictException;
import io.upnext.shared.InvalidException;
import io.upnext.shared.NotFoundException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The tree of tags, up to four levels. Sequences carry paths, so renaming and deleting a tag carries on to what is
 * tagged with it.
 */
@Component
public class Tags {

    private final JdbcClient jdbc;
    private final AuditLog audit;

    Tags(JdbcClient jdbc, AuditLog audit) {
        this.jdbc = jdbc;
        this.audit = audit;
    }

    /** A tag: {@code outbound/emea} is called emea and stands below outbound. */
    public record Tag(String id, String path, String name, String parent) {}

    /** Every tag, parents before their children. */
    public List<Tag> all() {
        return jdbc.sql("select id, path from tag order by string_to_array(path, '/')")
                .query((row, number) -> tag(row.getObject("id", UUID.class), row.getString("path")))
                .list();
    }

    public Tag get(String id) {
        return find(id).orElseThrow(() -> new NotFoundException("There is no tag '" + id + "'."));
    }

    /** @param parent id or path of the tag above; null at the top */
    @Transactional
    public Tag create(CurrentUser user, String name, String parent) {
        user.require(Right.MANAGE_TAGS);
        lock();
        String path = TagPath.below(parent == null ? null : parent(parent).path(), named(name));
        requireFree(path);
        UUID id = UUID.randomUUID();
        jdbc.sql("insert into tag (id, path) values (?, ?)").params(id, path).update();
        audit.add(user.actor(), "tag.create", "tag:" + id, null, path);
        return tag(id, path);
    }

    /**
     * Renames and moves a tag, with everything below it and everything tagged with it.
     *
     * @param name null leaves it
     * @param parent id or path of the tag it is to stand below; empty is the top, null leaves it where it is
     */
    @Transactional
    public Tag change(CurrentUser user, String id, String name, String parent) {
        user.require(Right.MANAGE_TAGS);
        lock();
        Tag tag = get(id);
        String above = parent == null
                ? tag.parent()
                : parent.isEmpty() ? null : find(parent, all()).path();
        String path = TagPath.below(above, named(name == null ? tag.name() : name));
        if (path.equals(tag.path())) {
            return tag;
        }
        requireRoom(tag, above);
        requireFree(path);
        move(tag.path(), path);
        audit.add(user.actor(), "tag.change", "tag:" + id, tag.path(), path);
        return get(id);
    }

    /** A tag fits where it does not stand below itself and nothing below it gets too deep. */
    private void requireRoom(Tag tag, String above) {
        if (above == null) {
            return;
        }
        if (above.equals(tag.path()) || above.startsWith(tag.path() + "/")) {
            throw new InvalidException("A tag cannot stand below itself; choose another 'parent'.");
        }
        int depth = all().stream()
                .map(Tag::path)
                .filter(path -> path.equals(tag.path()) || path.startsWith(tag.path() + "/"))
                .mapToInt(path -> TagPath.levels(path) - TagPath.levels(tag.path()) + 1)
                .max()
                .orElse(1);
        if (TagPath.levels(above) + depth > TagPath.MAX_LEVELS) {
            throw tooDeep();
        }
    }

    /** Deletes a tag and takes it off what carries it; its children move up one level. */
    @Transactional
    public void delete(CurrentUser user, String id) {
        user.require(Right.MANAGE_TAGS);
        lock();
        Tag tag = get(id);
        jdbc.sql("delete from tag where path = ?").param(tag.path()).update();
        jdbc.sql("delete from sequence_tag where path = ?").param(tag.path()).update();
        for (Tag child : all()) {
            if (tag.path().equals(child.parent())) {
                move(child.path(), TagPath.below(tag.parent(), child.name()));
            }
        }
        audit.add(user.actor(), "tag.delete", "tag:" + id, tag.path(), null);
    }

    /** Makes what a definition names and the tree does not know yet; paths that are none are left alone. */
    void makeKnown(Collection<String> paths) {
        String[] wanted = paths.stream()
                .filter(TagPath::valid)
                .flatMap(path -> TagPath.withParents(path).stream())
                .distinct()
                .toArray(String[]::new);
        if (wanted.length > 0) {
            jdbc.sql("""
                            insert into tag (id, path) select gen_random_uuid(), unnest(?)
                            on conflict (path) do nothing
                            """).param(wanted).update();
        }
    }

    /** Where a tag of the new path is there already, both become one. */
    private void move(String from, String to) {
        below(from, to, """
                delete from tag old using tag there
                where (old.path = :from or starts_with(old.path, :starts))
                  and there.path = :to || substr(old.path, length(:from) + 1)
                """);
        below(from, to, """
                update tag set path = :to || substr(path, length(:from) + 1)
                where path = :from or starts_with(path, :starts)
                """);
        below(from, to, """
                delete from sequence_tag old using sequence_tag there
                where (old.path = :from or starts_with(old.path, :starts))
                  and there.sequence_id = old.sequence_id
                  and there.path = :to || substr(old.path, length(:from) + 1)
                """);
        below(from, to, """
                update sequence_tag set path = :to || substr(path, length(:from) + 1)
                where path = :from or starts_with(path, :starts)
                """);
    }

    /** Concerns the tag {@code :from} and all below it, whose paths start with {@code :starts}. */
    private void below(String from, String to, String sql) {
        jdbc.sql(sql)
                .param("from", from)
                .param("starts", from + "/")
                .param("to", to)
                .update();
    }

    private Optional<Tag> find(String id) {
        try {
            return jdbc.sql("select id, path from tag where id = ?")
                    .param(UUID.fromString(id))
                    .query((row, number) -> tag(row.getObject("id", UUID.class), row.getString("path")))
                    .optional();
        } catch (IllegalArgumentException noId) {
            return Optional.empty();
        }
    }

    private Tag parent(String id) {
        Tag parent = find(id, all());
        if (TagPath.levels(parent.path()) >= TagPath.MAX_LEVELS) {
            throw tooDeep();
        }
        return parent;
    }

    private static Tag find(String idOrPath, List<Tag> all) {
        return all.stream()
                .filter(tag -> tag.id().equals(idOrPath) || tag.path().equals(idOrPath))
                .findFirst()
                .orElseThrow(() -> new InvalidException("'parent' names no tag; give the id or the path of one."));
    }

    private static InvalidException tooDeep() {
        return new InvalidException("Tags have at most " + TagPath.MAX_LEVELS + " levels; choose a parent further up.");
    }

    private static String named(String name) {
        if (!TagPath.validName(name)) {
            throw new InvalidException("A tag's name has 1 to " + TagPath.MAX_NAME
                    + " characters, no '/' and no space at either end; change 'name'.");
        }
        return name;
    }

    private void requireFree(String path) {
        boolean taken = jdbc.sql("select exists (select 1 from tag where path = ?)")
                .param(path)
                .query(Boolean.class)
                .single();
        if (taken) {
            throw new ConflictException("There is a tag '" + path + "' already; choose another name.");
        }
    }

    /** Changes of the tree happen one after the other; it is small and they are rare. */
    private void lock() {
        jdbc.sql("lock table tag in share row exclusive mode").update();
    }

    private static Tag tag(UUID id, String path) {
        return new Tag(id.toString(), path, TagPath.name(path), TagPath.parent(path));
    }
}
