package io.upnext.enrollment.audience;

import io.upnext.enrollment.audience.AudienceMember.State;
import io.upnext.enrollment.audience.AudienceView.Counts;
import io.upnext.operation.Workers;
import io.upnext.security.AuditLog;
import io.upnext.security.CurrentUser;
import io.upnext.security.Right;
import io.upnext.shared.AudienceId;
import io.upnext.shared.ConflictException;
import io.upnext.shared.InvalidException;
import io.upnext.shared.PageQuery;
import io.upnext.shared.Paged;
import io.upnext.shared.Problem;
import io.upnext.shared.SequenceId;
import io.upnext.shared.UserId;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The audiences: making, changing, switching and listing them. */
@Component
public class Audiences {

    private static final Map<String, String> SORTS =
            Map.of("name", "lower(name)", "priority", "priority", "createdAt", "created_at", "nextRunAt", "due_at");

    private final AudienceRows rows;
    private final MemberRows members;
    private final AudienceRights rights;
    private final AudienceAccess access;
    private final DraftReading drafts;
    private final Reaches reaches;
    private final Workers workers;
    private final AuditLog audit;
    private final Clock clock;

    Audiences(
            AudienceRows rows,
            MemberRows members,
            AudienceRights rights,
            AudienceAccess access,
            DraftReading drafts,
            Reaches reaches,
            Workers workers,
            AuditLog audit,
            Clock clock) {
        this.rows = rows;
        this.members = members;
        this.rights = rights;
        this.access = access;
        this.drafts = drafts;
        this.reaches = reaches;
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
        Audience audience = access.seen(user, id);
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
        Audience audience = drafts.read(user, draft, owner, AudienceId.next(), clock.instant());
        rows.insert(audience);
        audit(user, "create", null, audience);
        return saved(user, audience);
    }

    /** Those it has connected stay what they are; who no longer fits leaves when it is looked at next. */
    @Transactional
    public AudienceView change(CurrentUser user, AudienceId id, AudienceDraft draft) {
        Audience before = access.locked(user, id);
        UserId owner = draft.owner() == null ? before.owner() : draft.owner();
        Audience after = drafts.read(user, draft, owner, id, before.createdAt());
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
        Audience audience = access.locked(user, id);
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
        Audience audience = access.locked(user, id);
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
        Audience audience = access.locked(user, id);
        rows.delete(id);
        audit(user, "delete", audience, null);
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
}
