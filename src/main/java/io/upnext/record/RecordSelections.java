package io.upnext.record;

import io.upnext.security.CurrentUser;
import io.upnext.shared.InvalidException;
import io.upnext.shared.RecordId;
import io.upnext.shared.RecordType;
import io.upnext.shared.filter.Filter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Sets of records as SQL, for those who work on thousands of them at once without carrying their ids about. */
@Component
public class RecordSelections {

    private final RecordSearch search;
    private final JdbcClient jdbc;

    RecordSelections(RecordSearch search, JdbcClient jdbc) {
        this.search = search;
        this.jdbc = jdbc;
    }

    /** What is asked for, as a list would; both may be null. */
    public record Asked(String q, Filter filter) {}

    /**
     * @param sql a select of one column, {@code id}
     * @param parameters of its question marks
     */
    public record Selection(String sql, List<Object> parameters) {}

    /**
     * The records of the type that the user may see and that at least one of the askers finds.
     *
     * @throws InvalidException for a filter that does not fit the type, listing what is wrong
     */
    public Selection of(CurrentUser user, RecordType type, List<Asked> any) {
        List<Sql> found = any.stream()
                .map(asked -> search.asked(type, asked.q(), asked.filter()))
                .toList();
        Sql sql = Sql.of("select r.id" + RecordSearch.FROM + " where r.type = ?", type.name())
                .then(RecordSearch.visible(user, "r"))
                .then(" and ")
                .then(Sql.join(found, " or ", "false"));
        return new Selection(sql.text(), sql.parameters());
    }

    /** The contacts of these accounts, as far as the user may see them. */
    public Selection contactsOf(CurrentUser user, Selection accounts) {
        Sql sql = Sql.of("select k.id from crm_record k where k.type = 'CONTACT' and k.account_id in (")
                .then(accounts.sql() + ")", accounts.parameters())
                .then(RecordSearch.visible(user, "k"));
        return new Selection(sql.text(), sql.parameters());
    }

    /** Those of the records that belong to the selection. */
    public Set<RecordId> among(Selection selection, Collection<RecordId> records) {
        Sql sql = Sql.of("select x.id from (").then(selection.sql(), selection.parameters());
        Sql only = sql.then(") x where x.id = any(?::uuid[])", (Object) RecordRows.texts(records));
        return new HashSet<>(ids(only));
    }

    /** Some of the selection, the newest first. */
    public List<RecordId> sample(Selection selection, int limit) {
        Sql sql = Sql.of("select n.id from crm_record n where n.id in (")
                .then(selection.sql(), selection.parameters())
                .then(") order by n.created_at desc, n.id limit ?", limit);
        return ids(sql);
    }

    /** How many there are, and how many of them are in one of the states. */
    public Count count(Selection selection, Collection<String> states) {
        List<Object> parameters = new ArrayList<>();
        parameters.add(states.toArray(String[]::new));
        parameters.addAll(selection.parameters());
        return jdbc.sql("select count(*), count(*) filter (where n.state = any(?::text[])) from crm_record n"
                        + " where n.id in (" + selection.sql() + ")")
                .params(parameters)
                .query((row, i) -> new Count(row.getLong(1), row.getLong(2)))
                .single();
    }

    public record Count(long total, long inStates) {}

    private List<RecordId> ids(Sql sql) {
        return jdbc.sql(sql.text()).params(sql.parameters()).query(UUID.class).list().stream()
                .map(RecordId::new)
                .toList();
    }
}
