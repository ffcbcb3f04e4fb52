package io.upnext.sequence;

import io.upnext.security.AuditLog;
import io.upnext.security.CurrentUser;
import io.upnext.security.Right;
import io.upnext.security.Users;
import io.upnext.sequence.SequenceDeactivated.Running;
import io.upnext.sequence.check.Checks;
import io.upnext.sequence.json.DefinitionJson;
import io.upnext.shared.ConflictException;
import io.upnext.shared.InvalidException;
import io.upnext.shared.NotFoundException;
import io.upnext.shared.OperationId;
import io.upnext.shared.PageQuery;
import io.upnext.shared.Paged;
import io.upnext.shared.Principal;
import io.upnext.shared.Problem;
import io.upnext.shared.SequenceId;
import io.upnext.shared.StaleException;
import io.upnext.shared.UnitId;
import io.upnext.shared.UnprocessableException;
import io.upnext.shared.UserId;
import io.upnext.shared.VersionId;
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

/** The sequences and their life: create, edit, check, activate, revise, deactivate, copy, delete. */
@Component
public class Sequences {

    private static final int DESCRIPTION_LENGTH = 2_000;

    private final SequenceRows rows;
    private final SequenceSearch search;
    private final SequenceRights rights;
    private final SequenceFacts facts;
    private final Tags tags;
    private final Users users;
    private final AuditLog audit;
    private final Clock clock;
    private final ApplicationEventPublisher events;
    private final ObjectProvider<EnrollmentCounts> counts;
    private final ObjectProvider<VersionDeployment> deployment;
    private final ObjectProvider<RunningMove> runningMove;

    Sequences(
            SequenceRows rows,
            SequenceSearch search,
            SequenceRights rights,
            SequenceFacts facts,
            Tags tags,
            Users users,
            AuditLog audit,
            Clock clock,
            ApplicationEventPublisher events,
            ObjectProvider<EnrollmentCounts> counts,
            ObjectProvider<VersionDeployment> deployment,
            ObjectProvider<RunningMove> runningMove) {
        this.rows = rows;
        this.search = search;
        this.rights = rights;
        this.facts = facts;
        this.tags = tags;
        this.users = users;
        this.audit = audit;
        this.clock = clock;
        this.events = events;
        this.counts = counts;
        this.deployment = deployment;
        this.runningMove = runningMove;
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
        return seen(user, id).summary();
    }

    /** With its draft, or else what its newest version froze. */
    public SequenceView view(CurrentUser user, SequenceId id) {
        return view(seen(user, id));
    }

    /** @throws NotFoundException where the sequence has no version of that number */
    public SequenceVersion version(CurrentUser user, SequenceId id, int number) {
        seen(user, id);
        return rows.version(id, number)
                .orElseThrow(() -> new NotFoundException("The sequence has no version " + number + "."));
    }

    /** The versions of a sequence, newest first. */
    public Paged<SequenceVersion> versions(CurrentUser user, SequenceId id, PageQuery page) {
        seen(user, id);
        if (!page.sort().isEmpty()) {
            throw new InvalidException("Versions are listed newest first; leave 'sort' out.");
        }
        return rows.versions(id, page);
    }

    /** How many enrollments run on each version, by its number. */
    public Map<Integer, Long> runningByVersion(CurrentUser user, SequenceId id) {
        seen(user, id);
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
                running(found.items().stream().map(SequenceRow::id).toList());
        return found.map(row -> row.view(running.getOrDefault(row.id(), 0L)));
    }

    /** @throws io.upnext.shared.ForbiddenException where the user may see but not change it */
    public void requireChange(CurrentUser user, SequenceId id) {
        rights.requireChange(user, seen(user, id));
    }

    /** Is it there, and may the user see it? */
    public boolean visible(CurrentUser user, SequenceId id) {
        return rows.find(id)
                .filter(row -> !row.deleted() && rights.sees(user, row))
                .isPresent();
    }

    /** May the user edit, activate, give away and delete it? */
    public boolean mayChange(CurrentUser user, SequenceId id) {
        return rights.mayChange(user, seen(user, id));
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
        return view(id);
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
        SequenceRow row = locked(user, id);
        if (row.active() && !row.draft()) {
            throw new ConflictException(
                    "The sequence is active; begin a revision with POST /sequences/" + id + "/revision, then edit.");
        }
        precondition.accept(view(row));
        SavingRules.keep(definition);
        Definition complete = ofSameType(row, definition);
        rows.draft(id, complete, clock.instant());
        makeTagsKnown(complete);
        audit(user, "edit", id, DefinitionJson.write(row.content()), DefinitionJson.write(complete));
        return view(id);
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
        return Checks.of(id, seen(user, id).content(), facts);
    }

    /** Every problem the sequence would have with this content; nothing is saved. */
    @Transactional(readOnly = true)
    public List<Problem> check(CurrentUser user, SequenceId id, Definition definition) {
        SequenceRow row = seen(user, id);
        return Checks.of(
                id, definition.recordType() == null ? definition.withRecordType(row.recordType()) : definition, facts);
    }

    /**
     * Freezes the draft as the next version and makes it the one new enrollments run on.
     *
     * @param changeDescription what changed; may be left out the first time and where nothing changed
     * @throws UnprocessableException with every problem, where one is an error
     * @throws ConflictException where it is active and has no revision
     */
    @Transactional
    public SequenceVersion activate(CurrentUser user, SequenceId id, String changeDescription) {
        rows.lockActivations();
        SequenceRow row = locked(user, id);
        if (row.active() && !row.draft()) {
            throw new ConflictException(
                    "The sequence is active already and has no revision; there is nothing to" + " activate.");
        }
        requireDescription(row, changeDescription);
        List<Problem> problems = Checks.of(id, row.content(), facts);
        if (problems.stream().anyMatch(problem -> problem.severity() == Problem.Severity.ERROR)) {
            throw new UnprocessableException(
                    "The sequence '" + row.name() + "' cannot be activated as it is; solve its problems first.",
                    problems);
        }
        SequenceVersion version = new SequenceVersion(
                VersionId.next(),
                id,
                row.latestNumber() + 1,
                row.content(),
                blank(changeDescription) ? null : changeDescription,
                user.id(),
                clock.instant());
        rows.activate(version);
        deployment.ifAvailable(port -> port.deploy(version));
        audit(user, "activate", id, numbered(row.latestNumber()), numbered(version.number()));
        events.publishEvent(new SequenceActivated(id));
        return version;
    }

    /** @param operation moves what runs on older versions; null where that was not asked for */
    public record Activated(SequenceVersion version, OperationId operation) {}

    /**
     * As {@link #activate}, and moves what runs on older versions to the new one, in the background.
     *
     * @see VersionMapping what becomes of those at a step the new version does not have: they go on at the next one
     */
    @Transactional
    public Activated activateAndMove(CurrentUser user, SequenceId id, String changeDescription) {
        SequenceVersion version = activate(user, id, changeDescription);
        RunningMove port = runningMove.getIfAvailable();
        return new Activated(version, port == null ? null : port.moveAll(user, version));
    }

    private void requireDescription(SequenceRow row, String description) {
        if (description != null && description.length() > DESCRIPTION_LENGTH) {
            throw new UnprocessableException("'changeDescription' is longer than 2,000 characters; shorten it.");
        }
        boolean changed = row.latestNumber() > 0
                && row.draft()
                && !row.content()
                        .equals(rows.version(row.id(), row.latestNumber())
                                .map(SequenceVersion::definition)
                                .orElse(null));
        if (changed && blank(description)) {
            throw new UnprocessableException(
                    "Say in 'changeDescription' what this version changes.",
                    List.of(Problem.error("change-description", "Say what this version changes.")));
        }
    }

    private static Map<String, Integer> numbered(int version) {
        return version == 0 ? null : Map.of("version", version);
    }

    /** Begins a revision: a copy to edit, while the active version keeps running. A second call finds the first one's. */
    @Transactional
    public SequenceView revise(CurrentUser user, SequenceId id) {
        SequenceRow row = locked(user, id);
        if (!row.active()) {
            throw new ConflictException("The sequence is not active; it can be edited as it is.");
        }
        if (!row.draft()) {
            rows.revise(id, clock.instant());
            audit(user, "revise", id, null, numbered(row.latestNumber()));
        }
        return view(id);
    }

    /** Throws a revision away; the active version stays as it is. */
    @Transactional
    public SequenceView dropRevision(CurrentUser user, SequenceId id) {
        SequenceRow row = locked(user, id);
        if (!row.hasRevision()) {
            throw new ConflictException("The sequence has no revision to throw away.");
        }
        Definition newest = rows.version(id, row.latestNumber())
                .orElseThrow()
                .definition()
                .withTags(row.content().tags());
        rows.dropDraft(id, newest, clock.instant());
        audit(user, "dropRevision", id, DefinitionJson.write(row.content()), null);
        return view(id);
    }

    /**
     * Takes no new enrollments from now on; a revision stays as the draft. Doing it again lets one end what was let
     * finish before.
     *
     * @return how many enrollments ran
     */
    @Transactional
    public long deactivate(CurrentUser user, SequenceId id, Running running) {
        SequenceRow row = locked(user, id);
        long ran = running(List.of(id)).getOrDefault(id, 0L);
        if (row.active()) {
            rows.deactivate(id, clock.instant());
            audit(user, "deactivate", id, Map.of("state", "ACTIVE"), Map.of("running", running, "enrollments", ran));
        }
        if (row.active() || (running == Running.DISCONNECT && ran > 0)) {
            events.publishEvent(new SequenceDeactivated(id, running));
        }
        return ran;
    }

    /** A new, inactive sequence of the same content that belongs to the caller. */
    @Transactional
    public SequenceView copy(CurrentUser user, SequenceId id, String name) {
        SequenceRow row = seen(user, id);
        return create(user, row.content().withName(name));
    }

    /** Permanent, in any state: disconnects what runs and keeps the history of what happened to records. */
    @Transactional
    public void delete(CurrentUser user, SequenceId id) {
        SequenceRow row = locked(user, id);
        rows.delete(id, clock.instant());
        audit(user, "delete", id, DefinitionJson.write(row.content()), null);
        events.publishEvent(new SequenceDeleted(id));
    }

    /** @throws UnprocessableException where there is no such active user */
    @Transactional
    public SequenceView give(CurrentUser user, SequenceId id, UserId owner) {
        SequenceRow row = locked(user, id);
        UnitId unit = users.find(owner)
                .filter(found -> found.active())
                .flatMap(found -> users.unitOf(Principal.user(owner)))
                .orElseThrow(() -> new UnprocessableException("'owner' names no active user; choose one."));
        rows.give(id, owner, unit, clock.instant());
        audit(user, "give", id, Map.of("owner", row.owner()), Map.of("owner", owner));
        return view(id);
    }

    /** What belongs to somebody, without looking at rights: whoever acts on it checks those. */
    public List<SequenceId> ownedBy(UserId owner) {
        return rows.ownedBy(owner);
    }

    private SequenceRow seen(CurrentUser user, SequenceId id) {
        return rows.find(id)
                .filter(row -> !row.deleted() && rights.sees(user, row))
                .orElseThrow(() -> SequenceRights.unknown(id));
    }

    /** For changes: who may not is refused before and after waiting for the others. */
    private SequenceRow locked(CurrentUser user, SequenceId id) {
        rights.requireChange(user, seen(user, id));
        rows.lock(id);
        SequenceRow row = seen(user, id);
        rights.requireChange(user, row);
        return row;
    }

    private SequenceView view(SequenceId id) {
        return view(rows.find(id).orElseThrow(() -> SequenceRights.unknown(id)));
    }

    private SequenceView view(SequenceRow row) {
        return row.view(running(List.of(row.id())).getOrDefault(row.id(), 0L));
    }

    private Map<SequenceId, Long> running(List<SequenceId> ids) {
        EnrollmentCounts port = counts.getIfAvailable();
        return port == null || ids.isEmpty() ? Map.of() : port.active(ids);
    }

    private void makeTagsKnown(Definition definition) {
        tags.makeKnown(definition.tags() == null ? List.of() : definition.tags());
    }

    private void audit(CurrentUser user, String action, SequenceId id, Object before, Object after) {
        audit.add(user.actor(), "sequence." + action, "sequence:" + id, before, after);
    }

    private static boolean blank(String text) {
        return text == null || text.isBlank();
    }
}
