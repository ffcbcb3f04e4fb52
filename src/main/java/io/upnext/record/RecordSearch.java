package io.upnext.record;

import io.upnext.record.Field.Kind;
import io.upnext.security.CurrentUser;
import io.upnext.security.User;
import io.upnext.security.Users;
import io.upnext.shared.InvalidException;
import io.upnext.shared.PageQuery;
import io.upnext.shared.Paged;
import io.upnext.shared.Problem;
import io.upnext.shared.RecordId;
import io.upnext.shared.RecordType;
import io.upnext.shared.filter.Filter;
import io.upnext.shared.filter.FilterEvaluation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds the records a user may see: searched, filtered, sorted and paged by the database, in two statements. */
@Component
public class RecordSearch {

    static final String FROM = " from crm_record r left join crm_record a on a.id = r.account_id"
            + " left join crm_record c on c.id = r.contact_id";

    private final JdbcClient jdbc;
    private final Fields fields;
    private final FilterTranslation filters;
    private final Users users;

    RecordSearch(JdbcClient jdbc, Fields fields, FilterTranslation filters, Users users) {
        this.jdbc = jdbc;
        this.fields = fields;
        this.filters = filters;
        this.users = users;
    }

    /**
     * @param q part of name, company, mail address or phone, without regard to case; null or blank for all
     * @param filter null for all
     * @throws InvalidException for a filter that does not fit the type, listing what is wrong, or an unknown sort
     */
    public Paged<CrmRecord> list(CurrentUser user, RecordType type, String q, Filter filter, PageQuery page) {
        Sql where = where(user, type, q, filter);
        Sql rows = Sql.of("select " + RecordRows.COLUMNS)
                .then(where)
                .then(order(type, page.sort()))
                .then(" limit ? offset ?", page.size(), page.offset());
        List<CrmRecord> items = jdbc.sql(rows.text())
                .params(rows.parameters())
                .query(RecordRows::read)
                .list();
        return Paged.of(items, page, count(where));
    }

    public long count(CurrentUser user, RecordType type, String q, Filter filter) {
        return count(where(user, type, q, filter));
    }

    /** The ids of everything found, in order of creation; for actions on all of it. */
    public List<RecordId> ids(CurrentUser user, RecordType type, String q, Filter filter, int limit) {
        Sql ids = Sql.of("select r.id")
                .then(where(user, type, q, filter))
                .then(" order by r.created_at, r.id limit ?", limit);
        return jdbc.sql(ids.text()).params(ids.parameters()).query(UUID.class).list().stream()
                .map(RecordId::new)
                .toList();
    }

    private long count(Sql where) {
        Sql count = Sql.of("select count(*)").then(where);
        return jdbc.sql(count.text())
                .params(count.parameters())
                .query(Long.class)
                .single();
    }

    private Sql where(CurrentUser user, RecordType type, String q, Filter filter) {
        return Sql.of(FROM + " where r.type = ?", type.name())
                .then(visible(user, "r"))
                .then(" and ")
                .then(asked(type, q, filter));
    }

    /** The records of the units the user sees and those of the user or the user's teams, as a further condition. */
    static Sql visible(CurrentUser user, String alias) {
        if (user.visibleUnits() == null) {
            return Sql.of("");
        }
        String column = " " + alias + ".owner_id = ";
        return Sql.of(
                " and (" + alias + ".unit_id = any(?::uuid[]) or" + column + "? or" + column + "any(?::uuid[]))",
                RecordRows.texts(user.visibleUnits()),
                user.id().value(),
                RecordRows.texts(user.teams()));
    }

    /** What is searched and filtered, as one condition. */
    Sql asked(RecordType type, String q, Filter filter) {
        List<Sql> conditions = new ArrayList<>();
        if (q != null && !q.isBlank()) {
            conditions.add(Sql.of("r.search like ? escape '\\'", pattern(q)));
        }
        if (filter != null) {
            check(type, filter);
            conditions.add(filters.sql(type, filter));
        }
        return Sql.join(conditions, " and ", "true");
    }

    private static String pattern(String q) {
        if (!Texts.isStorable(q)) {
            throw new InvalidException("'q' contains a character no record can have.");
        }
        return "%" + Texts.likeLiteral(FilterEvaluation.fold(q.strip())) + "%";
    }

    private void check(RecordType type, Filter filter) {
        List<Problem> problems = new ArrayList<>();
        if (filter.leaves().size() > Filter.MAX_LEAVES) {
            problems.add(Problem.error("filter-limit", "A filter has at most " + Filter.MAX_LEAVES + " conditions."));
        }
        problems.addAll(fields.check(type, filter, null));
        if (!problems.isEmpty()) {
            throw new InvalidException(problems.get(0).message(), problems);
        }
    }

    private Sql order(RecordType type, List<PageQuery.Sort> sorts) {
        List<Sql> by = new ArrayList<>();
        for (PageQuery.Sort sort : sorts) {
            by.add(column(type, sort.property()).then(sort.ascending() ? " asc nulls last" : " desc nulls last"));
        }
        if (by.isEmpty()) {
            by.add(Sql.of("r.created_at desc"));
        }
        by.add(Sql.of("r.id"));
        Sql order = Sql.of(" order by ");
        for (int i = 0; i < by.size(); i++) {
            order = order.then(i == 0 ? "" : ", ").then(by.get(i));
        }
        return order;
    }

    private Sql column(RecordType type, String property) {
        FieldPath path = FieldPath.of(type, property).orElseThrow(() -> unknownSort(property));
        if (path.via() == null && property.equals("id")) {
            return Sql.of("r.id");
        }
        if (path.via() == null && property.equals("owner")) {
            return byOwner();
        }
        Field field = fields.find(path).orElseThrow(() -> unknownSort(property));
        if (field.isReference()) {
            return RecordColumns.comparable(
                    new FieldPath(field.name(), RecordType.ACCOUNT, "name"),
                    new Field("name", "Name", Kind.TEXT, null, false));
        }
        return RecordColumns.comparable(path, field);
    }

    /** Users are in memory, so their order by name is handed to the database instead of joining another's table. */
    private Sql byOwner() {
        List<UUID> ids = users.all().stream()
                .sorted(Comparator.comparing(user -> FilterEvaluation.fold(String.valueOf(user.name()))))
                .map(User::id)
                .map(id -> id.value())
                .toList();
        return Sql.of("array_position(?::uuid[], r.owner_id)", (Object) RecordRows.texts(ids));
    }

    private static InvalidException unknownSort(String property) {
        return new InvalidException("One cannot sort by '" + Texts.shorten(property) + "'; there is no such field.");
    }
}
