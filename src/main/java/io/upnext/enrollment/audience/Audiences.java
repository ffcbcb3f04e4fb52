package io.upnext.enrollment.audience;

import io.upnext.enrollment.RecordRef;
import io.upnext.enrollment.audience.AudienceMember.State;
import io.upnext.enrollment.audience.AudienceView.Counts;
import io.upnext.operation.Workers;
import io.upnext.record.CrmRecord;
import io.upnext.record.Fields;
import io.upnext.record.RecordSelections;
import io.upnext.record.RecordSelections.Selection;
import io.upnext.record.Records;
import io.upnext.security.AuditLog;
import io.upnext.security.CurrentUser;
import io.upnext.security.Right;
import io.upnext.security.Settings;
import io.upnext.security.User;
import io.upnext.security.Users;
import io.upnext.sequence.SequenceView;
import io.upnext.sequence.Sequences;
import io.upnext.shared.AudienceId;
import io.upnext.shared.ConflictException;
import io.upnext.shared.InvalidException;
import io.upnext.shared.NotFoundException;
import io.upnext.shared.PageQuery;
import io.upnext.shared.Paged;
import io.upnext.shared.Problem;
import io.upnext.shared.RecordId;
import io.upnext.shared.RecordType;
import io.upnext.shared.SequenceId;
import io.upnext.shared.UnprocessableException;
import io.upnext.shared.UserId;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The audiences: making, changing, switching, looking at what they would find and whom they hold. */
@Component
public class Audiences {

    static final int USUAL_PRIORITY = 100;
    private static final int SAMPLE = 10;
    private static final Map<String, String> SORTS =
            Map.of("name", "lower(name)", "priority", "priority", "createdAt", "created_at", "nextRunAt", "due_at");

    private final AudienceRows rows;
    private final MemberRows members;
    private final AudienceRights rights;
    private final DraftChecks checks;
    private final Reaches reaches;
    private final Evaluation evaluation;
    private final Sequences sequences;
    private final RecordSelections selections;
    private final Records records;
    private final Fields fields;
    private final Users users;
    private final Settings settings;
    private final Workers workers;
    private final AuditLog audit;
    private final Clock clock;

    Audiences(
            AudienceRows rows,
            MemberRows members,
            AudienceRights rights,
            DraftChecks checks,
            Reaches reaches,
            Evaluation evaluation,
            Sequences sequences,
            RecordSelections selections,
            Records records,
            Fields fields,
            Users users,
            Settings settings,
            Workers workers,
            AuditLog audit,
            Clock clock) {
        this.rows = rows;
        this.members = members;
        this.rights = rights;
        this.checks = checks;
        this.reaches = reaches;
        this.evaluation = evaluation;
        this.sequences = sequences;
        this.selections = selections;
        this.records = records;
        this.fields = fields;
        this.users = users;
        this.settings = settings;
        this.workers = workers;
        this.audit = audit;
        this.clock = clock;
    }

    /** @param sequence null for all */
    public Paged<AudienceView> list(CurrentUser user, SequenceId sequence, PageQuery page) {
        user.require(Right.MANAGE_AUDIENCES);
        List<UserId> owners = rights.owners(user);
        List<Audience> found = rows.list(owners, sequence, order(page), page);
        Map<AudienceId, Map<State, Long>> counts =
                members.counts(found.stream().map(Audience::id).toList());
        List<AudienceView> views = found.stream()
                .map(audience -> AudienceView.of(
                        audience, audience.problem(), counts(counts.getOrDefault(audience.id(), Map.of()))))
                .toList();
        return Paged.of(views, page, rows.count(owners, sequence));
    }

    private static String order(PageQuery page) {
        StringBuilder order = new StringBuilder();
        for (PageQuery.Sort sort : page.sort()) {
            String column = SORTS.get(sort.property());
            if (column == null) {
                throw new InvalidException("Audiences cannot be sorted by '" + sort.property() + "'; take one of "
                        + String.join(", ", SORTS.keySet().stream().sorted().toList()) + ".");
            }
            order.append(column).append(sort.ascending() ? " asc, " : " desc, ");
        }
        return order.isEmpty() ? "priority, created_at, id" : order.append("id").toString();
    }

    /** What keeps it from connecting is looked up now. */
    public AudienceView get(CurrentUser user, AudienceId id) {
        Audience audience = seen(user, id);
        Problem problem = audience.enabled() ? reaches.of(audience).problem() : null;
        return AudienceView.of(
                audience, problem, counts(members.counts(List.of(id)).getOrDefault(id, Map.of())));
    }

    /** Is there such an audience at all, whoever asks? */
    public boolean exists(AudienceId id) {
        return rows.find(id).isPresent();
    }

    public boolean mayChange(CurrentUser user, AudienceView audience) {
        return user.may(Right.MANAGE_AUDIENCES) && rights.covers(user, audience.owner());
    }

    /** @throws InvalidException listing everything wrong with it */
    @Transactional
    public AudienceView create(CurrentUser user, AudienceDraft draft) {
        user.require(Right.MANAGE_AUDIENCES);
        UserId owner = draft.owner() == null ? user.id() : draft.owner();
        Audience audience = read(user, draft, owner, AudienceId.next(), clock.instant());
        rows.insert(audience);
        audit(user, "create", null, audience);
        return saved(user, audience);
    }

    /** Those it has connected stay what they are; who no longer fits leaves when it is looked at next. */
    @Transactional
    public AudienceView change(CurrentUser user, AudienceId id, AudienceDraft draft) {
        Audience before = locked(user, id);
        UserId owner = draft.owner() == null ? before.owner() : draft.owner();
        Audience after = read(user, draft, owner, id, before.createdAt());
        rows.update(after);
        if (!after.sequence().equals(before.sequence())) {
            members.forget(id);
        } else if (!after.enabled()) {
            members.forgetWaiting(id);
        }
        audit(user, "change", before, after);
        return saved(user, after);
    }

    /** Doing it again changes nothing. */
    @Transactional
    public AudienceView enable(CurrentUser user, AudienceId id, boolean enabled) {
        Audience audience = locked(user, id);
        if (audience.enabled() == enabled) {
            return get(user, id);
        }
        return enabled ? change(user, id, AudienceDraft.of(audience, true)) : switchOff(user, audience);
    }

    /** Possible whatever has become of its sequence, views and owner. */
    private AudienceView switchOff(CurrentUser user, Audience before) {
        Audience after = before.off();
        rows.update(after);
        members.forgetWaiting(before.id());
        audit(user, "disable", before, after);
        return saved(user, after);
    }

    /** Looks at everything now instead of when its time comes. */
    @Transactional
    public AudienceView evaluate(CurrentUser user, AudienceId id) {
        Audience audience = locked(user, id);
        if (!audience.enabled()) {
            throw new ConflictException("The audience '" + audience.name() + "' is off; switch it on first.");
        }
        rows.due(id, clock.instant());
        audit.add(user.actor(), "audience.evaluate", "audience:" + id, null, null);
        workers.wake(AudienceWorker.NAME);
        return get(user, id);
    }

    /** What it has connected goes on. */
    @Transactional
    public void delete(CurrentUser user, AudienceId id) {
        Audience audience = locked(user, id);
        rows.delete(id);
        audit(user, "delete", audience, null);
    }

    /** What somebody is about to save would find now; name and time do not matter. */
    public AudiencePreview preview(CurrentUser user, AudienceDraft draft) {
        user.require(Right.MANAGE_AUDIENCES);
        UserId owner = draft.owner() == null ? user.id() : draft.owner();
        SequenceView sequence = sequence(user, draft.sequence());
        RecordType type = draft.recordType() == null ? recordType(sequence) : draft.recordType();
        checks.checkWho(draft, type, recordType(sequence));
        return preview(user, acting(user, owner), sequence, draft, type);
    }

    public AudiencePreview preview(CurrentUser user, AudienceId id) {
        Audience audience = seen(user, id);
        return preview(user, AudienceDraft.of(audience, false));
    }

    private AudiencePreview preview(
            CurrentUser user, CurrentUser owner, SequenceView sequence, AudienceDraft draft, RecordType type) {
        RecordType found = recordType(sequence);
        Selection selection = selection(owner, draft, type, found);
        RecordSelections.Count count = selections.count(selection, fields.connectableStates(found));
        return new AudiencePreview(
                found,
                count.total(),
                count.inStates(),
                members.inSequence(selection, sequence.id()),
                refs(user, selections.sample(selection, SAMPLE), found));
    }

    private Selection selection(CurrentUser owner, AudienceDraft draft, RecordType type, RecordType found) {
        try {
            return reaches.selection(owner, type, found, draft.filter(), draft.views());
        } catch (NotFoundException e) {
            throw new InvalidException(
                    "A view of the audience does not exist, or its owner may not see it; choose another.",
                    List.of(Problem.error("views", "There is no such view.")));
        }
    }

    /** The records it holds, those who entered last first. @param state null for all */
    public Paged<AudienceMember> members(CurrentUser user, AudienceId id, State state, PageQuery page) {
        Audience audience = seen(user, id);
        if (!page.sort().isEmpty()) {
            throw new InvalidException("Those who entered last come first; leave 'sort' out.");
        }
        Map<State, Long> counts = members.counts(List.of(id)).getOrDefault(id, Map.of());
        long total = state == null
                ? counts.values().stream().mapToLong(Long::longValue).sum()
                : counts.getOrDefault(state, 0L);
        List<MemberRows.Member> found = members.list(id, state, page);
        RecordType type = sequences
                .find(audience.sequence())
                .map(sequence -> sequence.recordType())
                .orElse(audience.recordType());
        Map<RecordId, CrmRecord> known =
                records.findAll(found.stream().map(MemberRows.Member::record).toList());
        List<AudienceMember> shown = found.stream()
                .map(member -> new AudienceMember(
                        ref(user, member.record(), type, known.get(member.record())),
                        member.state(),
                        member.enteredAt(),
                        member.enrollment(),
                        member.problem()))
                .toList();
        return Paged.of(shown, page, total);
    }

    private List<RecordRef> refs(CurrentUser user, List<RecordId> ids, RecordType type) {
        Map<RecordId, CrmRecord> known = records.findAll(ids);
        return ids.stream().map(id -> ref(user, id, type, known.get(id))).toList();
    }

    private RecordRef ref(CurrentUser user, RecordId id, RecordType type, CrmRecord record) {
        boolean shown = record != null && records.visible(user, record);
        return new RecordRef(type, id, shown ? record.name() : null);
    }

    private Audience read(CurrentUser user, AudienceDraft draft, UserId ownerId, AudienceId id, Instant createdAt) {
        SequenceView sequence = sequence(user, draft.sequence());
        RecordType type = draft.recordType() == null ? recordType(sequence) : draft.recordType();
        checks.check(draft, type, recordType(sequence), sequence.definition().effectiveMode());
        CurrentUser owner = acting(user, ownerId);
        sequence(owner, draft.sequence());
        selection(owner, draft, type, recordType(sequence));
        boolean enabled = Boolean.TRUE.equals(draft.enabled());
        Audience audience = new Audience(
                id,
                draft.name().strip(),
                ownerId,
                draft.sequence(),
                type,
                draft.filter(),
                draft.views(),
                zoned(draft.when()),
                Objects.requireNonNullElse(draft.priority(), USUAL_PRIORITY),
                enabled,
                Boolean.TRUE.equals(draft.disconnectOnLeave()),
                createdAt,
                null,
                null,
                null);
        return enabled ? audience.dueAt(firstDue(audience)) : audience;
    }

    /** On change everything that fits already enters at once; a time of day is waited for. */
    private Instant firstDue(Audience audience) {
        return audience.onChange() ? clock.instant() : evaluation.next(audience);
    }

    private When zoned(When when) {
        return when == null || when.kind() == When.Kind.ON_CHANGE || when.timeZone() != null
                ? when
                : new When(when.kind(), when.at(), settings.timeZone().getId());
    }

    private SequenceView sequence(CurrentUser user, SequenceId id) {
        if (id == null) {
            throw missing("An audience needs a 'sequence'.");
        }
        try {
            return sequences.view(user, id);
        } catch (NotFoundException e) {
            throw missing("There is no sequence '" + id + "' that the owner of the audience and you may see.");
        }
    }

    private static InvalidException missing(String message) {
        return new InvalidException(message, List.of(Problem.error("sequence", message)));
    }

    private static RecordType recordType(SequenceView sequence) {
        return sequence.definition().effectiveRecordType();
    }

    /** Whoever makes it act for another must see as much as that other, who must be able to connect. */
    private CurrentUser acting(CurrentUser user, UserId owner) {
        boolean active = users.find(owner).filter(User::active).isPresent();
        if (!active) {
            throw new UnprocessableException("'owner' names no active user; choose one.");
        }
        rights.requireChange(user, owner);
        CurrentUser caller = users.asCaller(owner);
        if (!caller.may(Right.CONNECT_RECORDS)) {
            throw new UnprocessableException(caller.name() + " may not connect records, and so own no audience.");
        }
        return caller;
    }

    private Audience seen(CurrentUser user, AudienceId id) {
        user.require(Right.MANAGE_AUDIENCES);
        return rows.find(id)
                .filter(audience -> rights.sees(user, audience.owner()))
                .orElseThrow(() -> unknown(id));
    }

    private Audience locked(CurrentUser user, AudienceId id) {
        rights.requireChange(user, seen(user, id).owner());
        Audience audience = rows.lock(id).orElseThrow(() -> unknown(id));
        rights.requireChange(user, audience.owner());
        return audience;
    }

    private AudienceView saved(CurrentUser user, Audience audience) {
        workers.wake(AudienceWorker.NAME);
        return get(user, audience.id());
    }

    private void audit(CurrentUser user, String action, Audience before, Audience after) {
        AudienceId id = (after == null ? before : after).id();
        audit.add(user.actor(), "audience." + action, "audience:" + id, before, after);
    }

    private static Counts counts(Map<State, Long> counts) {
        return new Counts(
                counts.getOrDefault(State.WAITING, 0L),
                counts.getOrDefault(State.CONNECTED, 0L),
                counts.getOrDefault(State.REFUSED, 0L),
                counts.getOrDefault(State.YIELDED, 0L));
    }

    private static NotFoundException unknown(AudienceId id) {
        return new NotFoundException("There is no audience '" + id + "'.");
    }
}
