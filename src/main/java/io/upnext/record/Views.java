package io.upnext.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.upnext.security.CurrentUser;
import io.upnext.security.Right;
import io.upnext.shared.ForbiddenException;
import io.upnext.shared.InvalidException;
import io.upnext.shared.NotFoundException;
import io.upnext.shared.Problem;
import io.upnext.shared.RecordId;
import io.upnext.shared.RecordType;
import io.upnext.shared.UserId;
import io.upnext.shared.filter.Filter;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Saved views of the grids: a filter, an order and columns under a name, for oneself or shared with everybody. */
@Component
public class Views {

    private static final int MAX_NAME = 100;
    private static final int MAX_COLUMNS = 60;
    private static final String SELECT =
            "select id, type, owner_id, name, shared, filter::text, search, sort, columns from saved_view where ";

    private final JdbcClient jdbc;
    private final Fields fields;
    private final Clock clock;

    Views(JdbcClient jdbc, Fields fields, Clock clock) {
        this.jdbc = jdbc;
        this.fields = fields;
        this.clock = clock;
    }

    /**
     * @param q what the search box holds
     * @param sort such as {@code name,asc}
     * @param columns field names in order; empty for the usual ones
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record View(
            UUID id,

            RecordType recordType,

            UserId owner,

            String name,
            Boolean shared,
            Filter filter,
            String q,
            String sort,
            List<String> columns) {}

    /** The user's own views and the shared ones, by name. */
    public List<View> of(CurrentUser user, RecordType type) {
        return jdbc.sql(SELECT + "type = ? and (shared or owner_id = ?) order by lower(name), id")
                .params(type.name(), user.id().value())
                .query(Views::read)
                .list();
    }

    public View get(CurrentUser user, UUID id) {
        return find(id).filter(view -> view.shared() || view.owner().equals(user.id()))
                .orElseThrow(() -> new NotFoundException("There is no view '" + id + "'."));
    }

    /** @throws ForbiddenException where it is another's */
    public View own(CurrentUser user, UUID id) {
        View view = get(user, id);
        requireOwn(user, view);
        return view;
    }

    @Transactional
    public View create(CurrentUser user, View view) {
        check(view);
        UUID id = RecordId.next().value();
        jdbc.sql("insert into saved_view (id, type, owner_id, name, shared, filter, search, sort, columns, created_at)"
                        + " values (?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?::text[], ?)")
                .params(
                        id,
                        view.recordType().name(),
                        user.id().value(),
                        view.name().strip(),
                        Boolean.TRUE.equals(view.shared()),
                        json(view.filter()),
                        view.q(),
                        view.sort(),
                        columns(view),
                        clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        return find(id).orElseThrow();
    }

    /** @throws ForbiddenException where it is another's */
    @Transactional
    public View change(CurrentUser user, UUID id, View view) {
        own(user, id);
        check(view);
        jdbc.sql("update saved_view set type = ?, name = ?, shared = ?, filter = ?::jsonb, search = ?, sort = ?,"
                        + " columns = ?::text[] where id = ?")
                .params(
                        view.recordType().name(),
                        view.name().strip(),
                        Boolean.TRUE.equals(view.shared()),
                        json(view.filter()),
                        view.q(),
                        view.sort(),
                        columns(view),
                        id)
                .update();
        return find(id).orElseThrow();
    }

    @Transactional
    public void delete(CurrentUser user, UUID id) {
        own(user, id);
        jdbc.sql("delete from saved_view where id = ?").param(id).update();
    }

    private Optional<View> find(UUID id) {
        return jdbc.sql(SELECT + "id = ?").param(id).query(Views::read).optional();
    }

    private static void requireOwn(CurrentUser user, View view) {
        if (!view.owner().equals(user.id()) && !user.may(Right.ADMINISTER)) {
            throw new ForbiddenException("The view '" + view.name() + "' is somebody else's; save one of your own.");
        }
    }

    private void check(View view) {
        List<Problem> problems = new ArrayList<>();
        if (view.recordType() == null) {
            problems.add(Problem.error("record-type", "A view needs a 'recordType'."));
        }
        if (view.name() == null
                || view.name().isBlank()
                || view.name().length() > MAX_NAME
                || !Texts.isStorable(view.name())) {
            problems.add(Problem.error("view-name", "A view needs a name of at most " + MAX_NAME + " characters."));
        }
        if (view.q() != null && (view.q().length() > MAX_NAME || !Texts.isStorable(view.q()))) {
            problems.add(Problem.error("view-search", "'q' has at most " + MAX_NAME + " characters."));
        }
        if (view.recordType() != null) {
            checkFields(view, problems);
        }
        if (!problems.isEmpty()) {
            throw new InvalidException(problems.get(0).message(), problems);
        }
    }

    private void checkFields(View view, List<Problem> problems) {
        if (view.filter() != null) {
            problems.addAll(fields.check(view.recordType(), view.filter(), null));
        }
        if (view.sort() != null) {
            unknown(view.recordType(), view.sort().replaceFirst(",.*$", "")).ifPresent(problems::add);
        }
        List<String> columns = view.columns() == null ? List.of() : view.columns();
        if (columns.size() > MAX_COLUMNS) {
            problems.add(Problem.error("view-columns", "A view has at most " + MAX_COLUMNS + " columns."));
        }
        columns.forEach(column -> unknown(view.recordType(), column).ifPresent(problems::add));
    }

    private Optional<Problem> unknown(RecordType type, String path) {
        if (path != null && fields.find(type, path).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(
                Problem.error("unknown-field", "There is no field '" + Texts.shorten(String.valueOf(path)) + "'."));
    }

    /** The columns a user has chosen for a grid, in order; empty where the user never chose. */
    public List<String> gridColumns(CurrentUser user, RecordType type) {
        return jdbc
                .sql("select unnest(columns) from grid_columns where user_id = ? and type = ?")
                .params(user.id().value(), type.name())
                .query(String.class)
                .list()
                .stream()
                .filter(column -> fields.find(type, column).isPresent())
                .toList();
    }

    /** Unknown columns are left out; an empty list goes back to the usual ones. */
    @Transactional
    public void keepGridColumns(CurrentUser user, RecordType type, List<String> columns) {
        String[] known = columns.stream()
                .filter(column -> fields.find(type, column).isPresent())
                .distinct()
                .limit(MAX_COLUMNS)
                .toArray(String[]::new);
        jdbc.sql("insert into grid_columns (user_id, type, columns) values (?, ?, ?::text[])"
                        + " on conflict (user_id, type) do update set columns = excluded.columns")
                .params(user.id().value(), type.name(), known)
                .update();
    }

    private static String json(Filter filter) {
        return filter == null ? null : Json.write(filter);
    }

    private static String[] columns(View view) {
        return view.columns() == null ? new String[0] : view.columns().toArray(new String[0]);
    }

    private static View read(ResultSet row, int number) throws SQLException {
        String filter = row.getString(6);
        return new View(
                row.getObject(1, UUID.class),
                RecordType.valueOf(row.getString(2)),
                new UserId(row.getObject(3, UUID.class)),
                row.getString(4),
                row.getBoolean(5),
                filter == null ? null : Filter.parse(filter),
                row.getString(7),
                row.getString(8),
                List.of((String[]) row.getArray(9).getArray()));
    }
}
