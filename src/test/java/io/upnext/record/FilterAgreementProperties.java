package io.upnext.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.upnext.enrollment.TestMemberships;
import io.upnext.shared.Principal;
import io.upnext.shared.RecordId;
import io.upnext.shared.RecordType;
import io.upnext.shared.filter.Filter;
import io.upnext.shared.filter.Filter.All;
import io.upnext.shared.filter.Filter.Any;
import io.upnext.shared.filter.Filter.Leaf;
import io.upnext.shared.filter.Filter.Op;
import io.upnext.shared.filter.FilterEvaluation;
import io.upnext.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** A filter finds the same records whether the database or Java evaluates it. */
class FilterAgreementProperties {

    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
    private static final Principal OWNER = new Principal(Principal.Kind.USER, UUID.randomUUID());
    private static final Principal TEAM = new Principal(Principal.Kind.TEAM, UUID.randomUUID());
    private static final List<String> WORDS = List.of(
            "Berlin", "BERLIN", "Zürich", "ZÜRICH", "ÅRHUS", "århus", "ΜΑΣ", "50%", "a_b", "\\", "'", "Ber", "İz",
            " x");

    /** What of these tables filters ask for. */
    private static final String MEMBERSHIP_TABLES = """
            create table sequence (id uuid primary key, name text not null);
            create table enrollment (id uuid primary key, record_id uuid not null, sequence_id uuid not null,
                state text not null, connected_at timestamptz not null, ended_at timestamptz);
            create table step_run (enrollment_id uuid not null, record_id uuid not null, step_id text not null,
                state text not null)""";

    private static final Map<String, UUID> SEQUENCES = Map.of("Outbound", new UUID(1, 1), "Nurture", new UUID(1, 2));

    /** One database for all tries: starting one takes longer than all of them. */
    private static final class World {
        static final JdbcClient JDBC = jdbc();
        static final RecordRows ROWS = new RecordRows(JDBC);
        static final SequenceMembership MEMBERSHIP = TestMemberships.over(JDBC);
        static final Fields FIELDS = new Fields(new FieldRows(JDBC), null, Clock.fixed(NOW, ZONE));

        private static JdbcClient jdbc() {
            JdbcClient jdbc = JdbcClient.create(new SingleConnectionDataSource(TestDatabase.create(), true));
            try {
                jdbc.sql(new ClassPathResource("db/migration/V20__record.sql")
                                .getContentAsString(StandardCharsets.UTF_8))
                        .update();
                jdbc.sql(MEMBERSHIP_TABLES).update();
                SEQUENCES.forEach((name, id) -> jdbc.sql("insert into sequence values (?, ?)")
                        .params(id, name)
                        .update());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return jdbc;
        }
    }

    @Property(tries = 400)
    void sqlAndJavaFindTheSameRecords(
            @ForAll("opportunities") List<CrmRecord> opportunities,
            @ForAll("accounts") List<CrmRecord> accounts,
            @ForAll("histories") List<List<Stay>> histories,
            @ForAll("filters") Filter filter) {
        assertThat(World.FIELDS.check(RecordType.OPPORTUNITY, filter, null)).isEmpty();
        List<CrmRecord> linked = link(opportunities, accounts);
        World.JDBC.sql("delete from crm_record where account_id is not null").update();
        World.JDBC.sql("delete from crm_record").update();
        World.ROWS.insert(accounts);
        World.ROWS.insert(linked);
        Map<RecordId, List<Stay>> stays = stay(linked, histories);

        Set<RecordId> byDatabase = new HashSet<>(bySql(filter));

        Set<RecordId> byJava = linked.stream()
                .filter(record -> byJava(filter, record, accounts, stays.getOrDefault(record.id(), List.of())))
                .map(CrmRecord::id)
                .collect(Collectors.toSet());
        assertThat(byDatabase).isEqualTo(byJava);
    }

    private static List<RecordId> bySql(Filter filter) {
        Sql where = new FilterSql(
                        World.FIELDS, RecordType.OPPORTUNITY, NOW, ZONE, FilterAgreementProperties::membership)
                .of(filter);
        return World.JDBC
                .sql("select r.id from crm_record r left join crm_record a on a.id = r.account_id"
                        + " where r.type = 'OPPORTUNITY' and " + where.text())
                .params(where.parameters())
                .query(UUID.class)
                .list()
                .stream()
                .map(RecordId::new)
                .toList();
    }

    private static Sql membership(Leaf leaf) {
        SequenceMembership.Sql sql = World.MEMBERSHIP.where(leaf, "r.id");
        return new Sql("(" + sql.text() + ")", sql.parameters());
    }

    private static boolean byJava(Filter filter, CrmRecord record, List<CrmRecord> accounts, List<Stay> stays) {
        CrmRecord account = accounts.stream()
                .filter(candidate -> candidate.id().toString().equals(record.text("account")))
                .findFirst()
                .orElse(null);
        RecordGraph graph = new RecordGraph(record, account, null, Map.of());
        return FilterEvaluation.matches(filter, graph::value, NOW, ZONE, leaf -> Optional.of(leaf)
                .filter(Leaf::asksForSequence)
                .map(asked -> agreed(asked, record.id(), stays)));
    }

    /**
     * A record in a sequence, now or in the past.
     *
     * @param hours ago it was connected
     * @param steps by id, each with the state of its visit
     */
    private record Stay(String sequence, String state, int hours, Map<String, String> steps) {

        boolean ended() {
            return state.equals("COMPLETED") || state.equals("DISCONNECTED");
        }

        boolean of(String nameOrId) {
            return sequence.equalsIgnoreCase(nameOrId.strip())
                    || SEQUENCES.get(sequence).toString().equalsIgnoreCase(nameOrId.strip());
        }

        Stream<String> at(boolean now) {
            return steps.entrySet().stream()
                    .filter(step -> !now || Set.of("OPEN", "WAITING", "FAILED").contains(step.getValue()))
                    .map(Map.Entry::getKey);
        }
    }

    /** The answer for one record is the one told here, in plain Java. */
    private static boolean agreed(Leaf leaf, RecordId record, List<Stay> stays) {
        boolean told = told(leaf, stays);
        assertThat(World.MEMBERSHIP.matches(leaf, record))
                .as("%s of %s", leaf, stays)
                .isEqualTo(told);
        return told;
    }

    private static boolean told(Leaf leaf, List<Stay> stays) {
        boolean any = leaf.values().isEmpty()
                ? stays.stream().anyMatch(stay -> one(leaf.field(), stay, null, stays))
                : leaf.values().stream().map(String::valueOf).anyMatch(value -> stays.stream()
                        .anyMatch(stay -> one(leaf.field(), stay, value, stays)));
        return any != Set.of(Op.NOT_EQUALS, Op.NOT_IN, Op.IS_EMPTY).contains(leaf.op());
    }

    private static boolean one(String field, Stay stay, String value, List<Stay> all) {
        int slash = value == null ? -1 : value.lastIndexOf('/');
        String last = value == null ? null : value.substring(slash + 1).strip();
        boolean here = slash < 0 || stay.of(value.substring(0, slash));
        return switch (field) {
            case "sequence" -> !stay.ended() && (value == null || stay.of(value));
            case "sequence.ever" -> value == null || stay.of(value);
            case "sequence.state" -> here && (last == null || stay.state().equalsIgnoreCase(last));
            case "sequence.lastState" ->
                here && (last == null || stay.state().equalsIgnoreCase(last) && newest(stay, all, slash >= 0));
            case "sequence.stepEver" ->
                here && stay.at(false).anyMatch(step -> last == null || step.equalsIgnoreCase(last));
            default -> here && stay.at(true).anyMatch(step -> last == null || step.equalsIgnoreCase(last));
        };
    }

    private static boolean newest(Stay stay, List<Stay> all, boolean ofSequence) {
        return all.stream()
                .filter(other -> !ofSequence || other.sequence().equals(stay.sequence()))
                .allMatch(other -> other.hours() >= stay.hours());
    }

    private static Map<RecordId, List<Stay>> stay(List<CrmRecord> records, List<List<Stay>> histories) {
        World.JDBC.sql("delete from enrollment").update();
        World.JDBC.sql("delete from step_run").update();
        Map<RecordId, List<Stay>> stays = new HashMap<>();
        List<String> enrollments = new ArrayList<>();
        List<String> runs = new ArrayList<>();
        for (int i = 0; i < Math.min(records.size(), histories.size()); i++) {
            RecordId record = records.get(i).id();
            stays.put(record, histories.get(i));
            histories.get(i).forEach(stay -> add(record, stay, enrollments, runs));
        }
        insert("enrollment", enrollments);
        insert("step_run", runs);
        return stays;
    }

    private static void add(RecordId record, Stay stay, List<String> enrollments, List<String> runs) {
        UUID id = UUID.randomUUID();
        Instant connected = NOW.minus(Duration.ofHours(stay.hours()));
        enrollments.add("('%s'::uuid, '%s'::uuid, '%s'::uuid, '%s', '%s'::timestamptz, %s)"
                .formatted(
                        id,
                        record,
                        SEQUENCES.get(stay.sequence()),
                        stay.state(),
                        connected,
                        stay.ended() ? "'" + NOW + "'::timestamptz" : "null::timestamptz"));
        stay.steps()
                .forEach((step, state) ->
                        runs.add("('%s'::uuid, '%s'::uuid, '%s', '%s')".formatted(id, record, step, state)));
    }

    /** All in one statement: hundreds of tries each insert some. */
    private static void insert(String table, List<String> rows) {
        if (!rows.isEmpty()) {
            World.JDBC
                    .sql("insert into " + table + " values " + String.join(", ", rows))
                    .update();
        }
    }

    /** For each record, oldest connections last; no two at the same hour, for the newest is to be one. */
    @Provide
    Arbitrary<List<List<Stay>>> histories() {
        Arbitrary<Stay> stay = Combinators.combine(
                        Arbitraries.of(SEQUENCES.keySet()),
                        Arbitraries.of("CONNECTED", "PAUSED", "ERROR", "COMPLETED", "DISCONNECTED"),
                        Arbitraries.integers().between(0, 90),
                        Arbitraries.maps(
                                        Arbitraries.of("intro", "call"),
                                        Arbitraries.of("OPEN", "WAITING", "FAILED", "DONE", "SKIPPED"))
                                .ofMaxSize(2))
                .as(Stay::new);
        return stay.list().ofMaxSize(3).uniqueElements(Stay::hours).list().ofMaxSize(6);
    }

    private Arbitrary<Leaf> membership() {
        Arbitrary<String> sequence = Arbitraries.of(
                "Outbound", " outbound", "NURTURE", SEQUENCES.get("Nurture").toString(), "Elsewhere");
        Arbitrary<String> state = Arbitraries.of("CONNECTED", "completed", "DISCONNECTED", "ERROR");
        Arbitrary<String> step = Arbitraries.of("intro", "CALL", "nowhere");
        return Arbitraries.oneOf(
                leaf(Arbitraries.of("sequence", "sequence.ever"), sequence, false, false),
                leaf(Arbitraries.of("sequence.state", "sequence.lastState"), qualified(sequence, state), false, false),
                leaf(Arbitraries.of("sequence.step", "sequence.stepEver"), qualified(sequence, step), false, false));
    }

    private static Arbitrary<String> qualified(Arbitrary<String> sequence, Arbitrary<String> value) {
        return Arbitraries.oneOf(value, Combinators.combine(sequence, value).as((of, what) -> of + "/" + what));
    }

    private static List<CrmRecord> link(List<CrmRecord> opportunities, List<CrmRecord> accounts) {
        List<CrmRecord> linked = new ArrayList<>();
        for (int i = 0; i < opportunities.size(); i++) {
            CrmRecord record = opportunities.get(i);
            Map<String, Object> fields = new HashMap<>(record.fields());
            if (i < accounts.size()) {
                fields.put("account", accounts.get(i).id().toString());
            }
            linked.add(copy(record, fields));
        }
        return linked;
    }

    private static CrmRecord copy(CrmRecord r, Map<String, Object> fields) {
        return new CrmRecord(
                r.id(), r.type(), r.state(), r.owner(), null, r.name(), fields, r.createdAt(), r.updatedAt(), 0);
    }

    @Provide
    Arbitrary<List<CrmRecord>> opportunities() {
        return record(RecordType.OPPORTUNITY, "stage", "OPEN", "WON")
                .list()
                .ofMinSize(1)
                .ofMaxSize(6);
    }

    @Provide
    Arbitrary<List<CrmRecord>> accounts() {
        return record(RecordType.ACCOUNT, "city", "ACTIVE", "INACTIVE").list().ofMaxSize(4);
    }

    private Arbitrary<CrmRecord> record(RecordType type, String textField, String... states) {
        Arbitrary<Map<String, Object>> fields = Combinators.combine(
                        text().injectNull(0.3),
                        number().injectNull(0.3),
                        date().injectNull(0.3),
                        budget().injectNull(0.3),
                        Arbitraries.of(true, false).injectNull(0.3))
                .as((text, number, date, budget, flag) -> {
                    Map<String, Object> map = new HashMap<>();
                    map.put(textField, text);
                    map.put("estimatedValue", number);
                    map.put("estimatedCloseDate", date);
                    map.put("budget", budget);
                    map.put("doNotEmail", flag);
                    map.values().removeIf(Objects::isNull);
                    return map;
                });
        return Combinators.combine(fields, text(), Arbitraries.of(states), Arbitraries.of(OWNER, TEAM), instant())
                .as((map, name, state, owner, at) ->
                        new CrmRecord(RecordId.next(), type, state, owner, null, name, map, at, at, 0));
    }

    @Provide
    Arbitrary<Filter> filters() {
        Arbitrary<Filter> leaf = leaf().map(l -> (Filter) l);
        Arbitrary<Filter> inner = Combinators.combine(
                        Arbitraries.of(true, false), leaf.list().ofMaxSize(3))
                .as((all, parts) -> all ? new All(parts) : new Any(parts));
        return Combinators.combine(
                        Arbitraries.of(true, false),
                        Arbitraries.oneOf(leaf, leaf, inner).list().ofMaxSize(3))
                .as((all, parts) -> all ? new All(parts) : new Any(parts));
    }

    private Arbitrary<Leaf> leaf() {
        return Arbitraries.oneOf(
                membership(),
                membership(),
                leaf(Arbitraries.of("stage", "name", "account.city", "account.name"), text(), true, false),
                leaf(Arbitraries.of("estimatedValue"), number(), false, true),
                leaf(Arbitraries.of("estimatedCloseDate"), date(), false, true),
                leaf(
                        Arbitraries.of("createdAt", "account.createdAt"),
                        Arbitraries.oneOf(date(), instant().map(Instant::toString)),
                        false,
                        true),
                leaf(Arbitraries.of("budget"), budget(), false, false),
                leaf(Arbitraries.of("state"), Arbitraries.of("OPEN", "won", "LOST"), false, false),
                leaf(Arbitraries.of("owner"), Arbitraries.of(OWNER.toString(), TEAM.toString()), false, false),
                leaf(Arbitraries.of("account.doNotEmail"), Arbitraries.of(true, false), false, false));
    }

    private <T> Arbitrary<Leaf> leaf(Arbitrary<String> field, Arbitrary<T> value, boolean text, boolean ordered) {
        Arbitrary<Leaf> one = Combinators.combine(field, Arbitraries.of(Op.EQUALS, Op.NOT_EQUALS), value)
                .as((f, op, v) -> new Leaf(f, op, v));
        Arbitrary<Leaf> many = Combinators.combine(
                        field,
                        Arbitraries.of(Op.IN, Op.NOT_IN),
                        value.list().ofMinSize(1).ofMaxSize(3))
                .as((f, op, v) -> new Leaf(f, op, List.copyOf(v)));
        Arbitrary<Leaf> none = Combinators.combine(field, Arbitraries.of(Op.IS_EMPTY, Op.IS_NOT_EMPTY))
                .as((f, op) -> new Leaf(f, op, null));
        List<Arbitrary<Leaf>> all = new ArrayList<>(List.of(one, many, none));
        if (text) {
            all.add(Combinators.combine(field, Arbitraries.of(Op.CONTAINS, Op.STARTS_WITH), value)
                    .as((f, op, v) -> new Leaf(f, op, v)));
        }
        if (ordered) {
            all.add(Combinators.combine(field, Arbitraries.of(Op.GREATER_THAN, Op.LESS_THAN), value)
                    .as((f, op, v) -> new Leaf(f, op, v)));
            all.add(Combinators.combine(field, value, value).as((f, a, b) -> new Leaf(f, Op.BETWEEN, List.of(a, b))));
            all.add(Combinators.combine(field, Arbitraries.integers().between(0, 40))
                    .as((f, days) -> f.equals("estimatedValue")
                            ? new Leaf(f, Op.IS_EMPTY, null)
                            : new Leaf(f, Op.IN_LAST_DAYS, BigDecimal.valueOf(days))));
        }
        return Arbitraries.oneOf(all);
    }

    private Arbitrary<String> text() {
        return Arbitraries.of(WORDS);
    }

    private Arbitrary<BigDecimal> number() {
        return Arbitraries.of("0", "1", "10", "9", "-3", "2.5", "2.50", "1000000")
                .map(text -> FieldValues.plain(new BigDecimal(text)));
    }

    private Arbitrary<String> date() {
        return Arbitraries.of("2026-03-02", "2026-03-01", "2026-02-28", "2026-01-31", "2026-03-05", "2025-12-01");
    }

    private Arbitrary<String> budget() {
        return Arbitraries.of("MAY_BUY", "CAN_BUY", "WILL_BUY");
    }

    private Arbitrary<Instant> instant() {
        return Arbitraries.of(0L, 1L, 9L, 10L, 24L, 25L, 48L, 400L).map(hours -> NOW.minus(Duration.ofHours(hours)));
    }
}
