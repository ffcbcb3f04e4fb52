package io.upnext.messaging.event;

import io.upnext.messaging.Times;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A table of rows that are stored first and applied after: they have an {@code id} in the order of arrival,
 * {@code applied_at}, and what is known of tries that failed ({@code tries}, {@code next_try_at}, {@code error}).
 *
 * @param <R> a row
 */
public abstract class StoredRows<R extends StoredRows.Row> implements StoredFirst.Table<R> {

    /** What the application of any row needs to know of it. */
    public interface Row {

        long id();

        /** How often the row has failed. */
        int tries();
    }

    protected final JdbcClient jdbc;
    protected final Clock clock;
    private final String table;
    private final String select;
    private final String waiting;

    /**
     * @param select reads the table as {@code e}, up to its condition
     * @param waiting which rows are still to be applied and may be applied now, whatever the time
     */
    protected StoredRows(JdbcClient jdbc, Clock clock, String table, String select, String waiting) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.table = table;
        this.select = select;
        this.waiting = waiting;
    }

    /**
     * The oldest of each enrollment only, so that two events of one enrollment are never applied side by side. Asked for
     * each row by itself: as a join, all that waits is read for every row, where the statistics are older than a backlog.
     */
    protected static String oldestOfEnrollment(String table) {
        return """
                e.applied_at is null and e.id = (select min(older.id) from %s older
                    where older.enrollment = e.enrollment and older.applied_at is null)
                """.formatted(table);
    }

    /** @see RowMapper */
    protected abstract R read(ResultSet row, int number) throws SQLException;

    @Override
    public List<R> lockDue(int limit, Instant now) {
        return lockDue(waiting, limit, now);
    }

    /** As above, of other rows. */
    protected final List<R> lockDue(String which, int limit, Instant now) {
        return jdbc.sql(select + " where " + which
                        + " and e.next_try_at <= ? order by e.id limit ? for update of e skip locked")
                .params(Times.sql(now), limit)
                .query(this::read)
                .list();
    }

    @Override
    public Optional<R> lock(R row) {
        return jdbc.sql(select + " where e.id = ? and " + waiting + " for update of e skip locked")
                .param(row.id())
                .query(this::read)
                .optional();
    }

    @Override
    public void applied(List<R> rows) {
        jdbc.sql("update " + table + " set applied_at = ?, error = null where id = any(?)")
                .params(Times.sql(clock.instant()), rows.stream().map(Row::id).toArray(Long[]::new))
                .update();
    }

    @Override
    public int tries(R row) {
        return row.tries();
    }

    @Override
    public void failed(R row, Instant next, String error) {
        jdbc.sql("update " + table
                        + " set tries = tries + 1, next_try_at = ?, error = ? where id = ? and applied_at is null")
                .params(Times.sql(next), error, row.id())
                .update();
    }

    @Override
    public boolean anyDue(Instant now) {
        return anyDue(waiting, now);
    }

    /** As above, of other rows. */
    protected final boolean anyDue(String which, Instant now) {
        return jdbc.sql("select exists (select 1 from " + table + " e where " + which + " and e.next_try_at <= ?)")
                .param(Times.sql(now))
                .query(Boolean.class)
                .single();
    }

    @Override
    public Optional<Instant> nextDue(Instant now) {
        return jdbc.sql("select min(e.next_try_at) as next from " + table + " e where " + waiting
                        + " and e.next_try_at > ?")
                .param(Times.sql(now))
                .query((row, number) -> Optional.ofNullable(Times.read(row, "next")))
                .single();
    }
}
