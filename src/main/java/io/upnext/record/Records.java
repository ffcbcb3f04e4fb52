package io.upnext.record;

import io.upnext.security.CurrentUser;
import io.upnext.security.Right;
import io.upnext.security.Users;
import io.upnext.shared.Actor;
import io.upnext.shared.ForbiddenException;
import io.upnext.shared.InvalidException;
import io.upnext.shared.NotFoundException;
import io.upnext.shared.Principal;
import io.upnext.shared.RecordId;
import io.upnext.shared.RecordType;
import io.upnext.shared.StaleException;
import io.upnext.shared.TeamId;
import io.upnext.shared.UserId;
import io.upnext.shared.filter.Filter;
import io.upnext.shared.filter.FilterEvaluation;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The records. Every change is checked against the field catalogue, put on the timeline and announced as {@link RecordsChanged}. */
@Component
public class Records {

    private final RecordRows rows;
    private final RecordChecks checks;
    private final RecordWriter writer;
    private final RecordGraphs graphs;
    private final FilterTranslation filters;
    private final Users users;
    private final Clock clock;

    Records(
            RecordRows rows,
            RecordChecks checks,
            RecordWriter writer,
            RecordGraphs graphs,
            FilterTranslation filters,
            Users users,
            Clock clock) {
        this.rows = rows;
        this.checks = checks;
        this.writer = writer;
        this.graphs = graphs;
        this.filters = filters;
        this.users = users;
        this.clock = clock;
    }

    public Optional<CrmRecord> find(RecordId id) {
        return rows.findAll(List.of(id)).stream().findFirst();
    }

    public Map<RecordId, CrmRecord> findAll(Collection<RecordId> ids) {
        Map<RecordId, CrmRecord> found = new LinkedHashMap<>();
        rows.findAll(ids).forEach(record -> found.put(record.id(), record));
        return found;
    }

    public Optional<RecordGraph> graph(RecordId id) {
        return Optional.ofNullable(graphs(List.of(id)).get(id));
    }

    /** The graphs of many records, in at most four statements. */
    public Map<RecordId, RecordGraph> graphs(Collection<RecordId> ids) {
        return graphs.of(rows.findAll(ids));
    }

    /**
     * Keeps records from being changed until the transaction ends, so that what a rule has seen of them stays true.
     * Several at once may hold the same record.
     */
    public void hold(Collection<RecordId> ids) {
        rows.hold(ids);
    }

    /** Does the filter hold for the record now? {@code sequence…} leaves are resolved through {@link SequenceMembership}. */
    public boolean matches(Filter filter, RecordGraph graph) {
        return filters.matches(filter, graph, Map.of());
    }

    /** The same where some fields are answered by values of the caller's instead of the record's; null for empty ones. */
    public boolean matches(Filter filter, RecordGraph graph, Map<String, Object> instead) {
        return filters.matches(filter, graph, instead);
    }

    /** Records of the units the user sees, and those of the user or one of the user's teams wherever they are. */
    public boolean visible(CurrentUser user, CrmRecord record) {
        return user.sees(record.unit()) || owns(user, record.owner());
    }

    /** @throws NotFoundException where there is none or the user may not see it */
    public CrmRecord get(CurrentUser user, RecordType type, RecordId id) {
        return find(id).filter(record -> record.type() == type && visible(user, record))
                .orElseThrow(() -> missing(type, id));
    }

    @Transactional
    public CrmRecord create(RecordType type, Map<String, Object> fields, Principal owner, String state, Actor actor) {
        Principal to = owner != null ? owner : owner(actor);
        Map<String, Object> values = new HashMap<>(checks.values(type, fields, to, state));
        values.values().removeIf(Objects::isNull);
        CrmRecord record = writer.draft(type, values, to, state);
        checks.named(record);
        writer.write(List.of(new RecordChange(null, record)), actor);
        return record;
    }

    /**
     * Changes fields (a null value empties one), owner and state (null leaves them). Two who change different fields
     * at once both succeed.
     *
     * @throws InvalidException listing every value that does not fit its field
     * @throws NotFoundException where there is no such record
     */
    @Transactional
    public CrmRecord update(RecordId id, Map<String, Object> changes, Principal owner, String state, Actor actor) {
        return update(id, changes, owner, state, actor, null);
    }

    /**
     * As above, for somebody who has looked at the record before.
     *
     * @param expectedVersion the version the caller saw, or null for any
     * @throws StaleException where it has changed since
     */
    @Transactional
    public CrmRecord update(
            RecordId id,
            Map<String, Object> changes,
            Principal owner,
            String state,
            Actor actor,
            Long expectedVersion) {
        CrmRecord before = rows.lock(List.of(id)).stream().findFirst().orElseThrow(() -> missing(null, id));
        if (expectedVersion != null && expectedVersion != before.version()) {
            throw new StaleException("Somebody has changed '" + before.name() + "' meanwhile; load it again.");
        }
        Map<String, Object> values = checks.values(before.type(), changes, owner, state);
        RecordChange change = new RecordChange(before, writer.changed(before, values, owner, state));
        if (change.isNothing()) {
            return before;
        }
        checks.named(change.after());
        writer.write(List.of(change), actor);
        return change.after();
    }

    /**
     * Deletes a record for good; its timeline goes with it.
     *
     * @throws NotFoundException where there is none or the user may not see it
     * @throws ForbiddenException where the user neither owns it nor manages the work of others
     */
    @Transactional
    public void delete(CurrentUser user, RecordType type, RecordId id) {
        CrmRecord record = rows.lock(List.of(id)).stream()
                .filter(found -> found.type() == type && visible(user, found))
                .findFirst()
                .orElseThrow(() -> missing(type, id));
        if (!owns(user, record.owner()) && !user.may(Right.MANAGE_TEAM_WORK)) {
            throw new ForbiddenException("Only the owner of '" + record.name() + "' or a manager can delete it.");
        }
        writer.delete(record);
    }

    /** Sets {@code lastContactedMode} / {@code lastActivityType} without a timeline entry of their own; null leaves one. */
    @Transactional
    public void touched(RecordId id, String lastContactedMode, String lastActivityType) {
        Map<String, String> values = new HashMap<>();
        values.put("lastContactedMode", lastContactedMode);
        values.put("lastActivityType", lastActivityType);
        values.values().removeIf(Objects::isNull);
        if (!values.isEmpty()) {
            rows.touch(id, values, clock.instant());
            writer.touched(List.of(id));
        }
    }

    /** Sets the {@code lastContactedMode} of many, as {@link #touched} does for one. */
    @Transactional
    public void contacted(Map<RecordId, String> lastContactedModes) {
        if (!lastContactedModes.isEmpty()) {
            rows.contacted(lastContactedModes, clock.instant());
            writer.touched(lastContactedModes.keySet());
        }
    }

    /** Records of persons with that mail address, without regard to case. */
    public List<RecordId> findByEmail(String address) {
        return rows.findByEmail(FilterEvaluation.fold(address.strip()));
    }

    /**
     * Reads what a caller wrote for an owner; null for null.
     *
     * @throws InvalidException where there is no such user or team
     */
    public Principal owner(String text) {
        if (text == null) {
            return null;
        }
        return users.resolve(text)
                .orElseThrow(() -> new InvalidException(
                        "There is no user or team '" + Texts.shorten(text) + "' to own the record."));
    }

    private static Principal owner(Actor actor) {
        if (actor.user() == null) {
            throw new InvalidException("The record needs an owner.");
        }
        return Principal.user(actor.user());
    }

    private static boolean owns(CurrentUser user, Principal owner) {
        return owner.isUser()
                ? new UserId(owner.id()).equals(user.id())
                : user.teams().contains(new TeamId(owner.id()));
    }

    private static NotFoundException missing(RecordType type, RecordId id) {
        String what = type == null ? "record" : type.name().toLowerCase(Locale.ROOT);
        return new NotFoundException("There is no " + what + " '" + id + "' that you may see.");
    }
}
