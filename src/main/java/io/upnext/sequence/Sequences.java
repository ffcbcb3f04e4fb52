package io.upnext.sequence;

import io.upnext.security.AuditLog;
import io.upnext.security.CurrentUser;
import io.upnext.security.Right;
import io.upnext.security.Users;
import io.upnext.sequence.check.Checks;
import io.upnext.sequence.json.DefinitionJson;
import io.upnext.shared.ConflictException;
import io.upnext.shared.InvalidException;
import io.upnext.shared.NotFoundException;
import io.upnext.shared.PageQuery;
import io.upnext.shared.Paged;
import io.upnext.shared.Principal;
import io.upnext.shared.Problem;
import io.upnext.shared.SequenceId;
import io.upnext.shared.StaleException;
import io.upnext.shared.UnitId;
import io.upnext.shared.UnprocessableException;
import io.upnext.shared.UserId;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The sequences: looking at them, writing, checking, copying, giving away and deleting them. */
@Component
public class Sequences {

    private final SequenceRows rows;
    private final SequenceSearch search;
    private final SequenceRights rights;
    private final SequenceAccess access;
    private final SequenceFacts facts;
    private final Tags tags;
    private final Users users;
    private final AuditLog audit;
    private final Clock clock;
    private final ApplicationEventPublisher events;
    private final ObjectProvider<EnrollmentCounts> counts;

    Sequences(
            SequenceRows rows,
            SequenceSearch search,
            SequenceRights rights,
            SequenceAccess access,
            SequenceFacts facts,
            Tags tags,
            Users users,
            AuditLog audit,
            Clock clock,
            ApplicationEventPublisher events,
            ObjectProvider<EnrollmentCounts> counts) {
        this.rows = rows;
        this.search = search;
        this.rights = rights;
        this.access = access;
        this.facts = facts;
        this.tags = tags;
        this.users = users;
        this.audit = audit;
        this.clock = clock;
        this.events = events;
        this.counts = counts;
    }

    /** Also finds deleted ones, so that history keeps its names. */
    public Optional<Sequence> find(SequenceId id) {
        return rows.summaries(List.of(id)).stream().findFirst();
    }

    public Map<SequenceId, Sequence> findAll(Collection<SequenceId> ids) {
        return rows.summaries(ids).stream().collect(Collectors.toMap(Sequence::id, Function.identity()));
    }

    /** @throws NotFoundException where there is none, it is deleted, or the user may not see it */
    public Sequence get(CurrentUser user, SequenceId id) {
        return access.seen(user, id).summary();
    }

    /** With its draft, or else what its newest version froze. */
    public SequenceView view(CurrentUser user, SequenceId id) {
        return access.view(access.seen(user, id));
    }

    /** @throws NotFoundException where the sequence has no version of that number */
    public SequenceVersion version(CurrentUser user, SequenceId id, int number) {
        access.seen(user, id);
        return rows.version(id, number)
                .orElseThrow(() -> new NotFoundException("The sequence has no version " + number + "."));
    }

    /** The versions of a sequence, newest first. */
    public Paged<SequenceVersion> versions(CurrentUser user, SequenceId id, PageQuery page) {
        access.seen(user, id);
        if (!page.sort().isEmpty()) {
            throw new InvalidException("Versions are listed newest first; leave 'sort' out.");
        }
        return rows.versions(id, page);
    }

    /** How many enrollments run on each version, by its number. */
    public Map<Integer, Long> runningByVersion(CurrentUser user, SequenceId id) {
        access.seen(user, id);
        EnrollmentCounts port = counts.getIfAvailable();
        return port == null ? Map.of() : port.byVersion(id);
    }

    /** @throws NotFoundException where the sequence has no version of one of the numbers */
    public VersionDifference compare(CurrentUser user, SequenceId id, int from, int to) {
        return VersionComparison.of(version(user, id, from), version(user, id, to));
    }

    public Paged<SequenceView> list(CurrentUser user, SequenceQuery query, PageQuery page) {
        Paged<SequenceRow> found = search.list(user, rights.ownOnly(user), query, page);
        Map<SequenceId, Long> running =
                access.running(found.items().stream().map(SequenceRow::id).toList());
        return found.map(row -> row.view(running.getOrDefault(row.id(), 0L)));
    }

    /** @throws io.upnext.shared.ForbiddenException where the user may see but not change it */
    public void requireChange(CurrentUser user, SequenceId id) {
        rights.requireChange(user, access.seen(user, id));
    }

    /** Is it there, and may the user see it? */
    public boolean visible(CurrentUser user, SequenceId id) {
        return rows.find(id)
                .filter(row -> !row.deleted() && rights.sees(user, row))
                .isPresent();
    }

    /** May the user edit, activate, give away and delete it? */
    public boolean mayChange(CurrentUser user, SequenceId id) {
        return rights.mayChange(user, access.seen(user, id));
    }

    /** @throws InvalidException where even a draft cannot be like this */
    @Transactional
    public SequenceView create(CurrentUser user, Definition definition) {
        user.require(Right.CREATE_SEQUENCES);
        SavingRules.keep(definition);
        SequenceId id = SequenceId.next();
        Definition complete = definition.withDefaults();
        rows.insert(id, complete, user.id(), user.unit(), clock.instant());
        makeTagsKnown(complete);
        audit(user, "create", id, null, DefinitionJson.write(complete));
        return access.view(id);
    }

    /**
     * Replaces the content of an inactive sequence or of a revision.
     *
     * @param precondition looks at the sequence as it is, with everybody else waiting, and throws {@link
     *     StaleException} where the edit began with something else
     * @throws ConflictException where it is active and has no revision
     */
    @Transactional
    public SequenceView edit(
            CurrentUser user, SequenceId id, Consumer<SequenceView> precondition, Definition definition) {
        SequenceRow row = access.locked(user, id);
        if (row.active() && !row.draft()) {
            throw new ConflictException(
                    "The sequence is active; begin a revision with POST /sequences/" + id + "/revision, then edit.");
        }
        precondition.accept(access.view(row));
        SavingRules.keep(definition);
        Definition complete = ofSameType(row, definition);
        rows.draft(id, complete, clock.instant());
        makeTagsKnown(complete);
        audit(user, "edit", id, DefinitionJson.write(row.content()), DefinitionJson.write(complete));
        return access.view(id);
    }

    private static Definition ofSameType(SequenceRow row, Definition definition) {
        boolean other = definition.recordType() != null && definition.recordType() != row.recordType();
        if (other) {
            throw new UnprocessableException(
                    "The record type is fixed after creation; leave 'recordType' at " + row.recordType() + ".",
                    List.of(Problem.error("record-type-fixed", "The record type is fixed after creation.")));
        }
        return definition.withRecordType(row.recordType()).withDefaults();
    }

    /** Every problem of the content as it is saved. */
    @Transactional(readOnly = true)
    public List<Problem> check(CurrentUser user, SequenceId id) {
        return Checks.of(id, access.seen(user, id).content(), facts);
    }

    /** Every problem the sequence would have with this content; nothing is saved. */
    @Transactional(readOnly = true)
    public List<Problem> check(CurrentUser user, SequenceId id, Definition definition) {
        SequenceRow row = access.seen(user, id);
        return Checks.of(
                id, definition.recordType() == null ? definition.withRecordType(row.recordType()) : definition, facts);
    }

    /** A new, inactive sequence of the same content that belongs to the caller. */
    @Transactional
    public SequenceView copy(CurrentUser user, SequenceId id, String name) {
        SequenceRow row = access.seen(user, id);
        return create(user, row.content().withName(name));
    }

    /** Permanent, in any state: disconnects what runs and keeps the history of what happened to records. */
    @Transactional
    public void delete(CurrentUser user, SequenceId id) {
        SequenceRow row = access.locked(user, id);
        rows.delete(id, clock.instant());
        audit(user, "delete", id, DefinitionJson.write(row.content()), null);
        events.publishEvent(new SequenceDeleted(id));
    }

    /** @throws UnprocessableException where there is no such active user */
    @Transactional
    public SequenceView give(CurrentUser user, SequenceId id, UserId owner) {
        SequenceRow row = access.locked(user, id);
        UnitId unit = users.find(owner)
                .filter(found -> found.active())
                .flatMap(found -> users.unitOf(Principal.user(owner)))
                .orElseThrow(() -> new UnprocessableException("'owner' names no active user; choose one."));
        rows.give(id, owner, unit, clock.instant());
        audit(user, "give", id, Map.of("owner", row.owner()), Map.of("owner", owner));
        return access.view(id);
    }

    /** What belongs to somebody, without looking at rights: whoever acts on it checks those. */
    public List<SequenceId> ownedBy(UserId owner) {
        return rows.ownedBy(owner);
    }

    private void makeTagsKnown(Definition definition) {
        tags.makeKnown(definition.tags() == null ? List.of() : definition.tags());
    }

    private void audit(CurrentUser user, String action, SequenceId id, Object before, Object after) {
        audit.add(user.actor(), "sequence." + action, "sequence:" + id, before, after);
    }
}
