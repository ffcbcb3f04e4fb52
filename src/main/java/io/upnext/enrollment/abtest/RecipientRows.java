package io.upnext.enrollment.abtest;

import io.upnext.enrollment.abtest.TestRow.Key;
import io.upnext.messaging.MailEvent;
import io.upnext.sequence.Step.AbTest.Winner;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.StepRunId;
import io.upnext.shared.VersionId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code ab_recipient}. */
@Repository
public class RecipientRows {

    private static final Map<MailEvent.Kind, String> COLUMNS = Map.of(
            MailEvent.Kind.SENT, "sent_at",
            MailEvent.Kind.BOUNCED_HARD, "bounced_at",
            MailEvent.Kind.BOUNCED_SOFT, "bounced_at",
            MailEvent.Kind.OPENED, "opened_at",
            MailEvent.Kind.LINK_CLICKED, "clicked_at",
            MailEvent.Kind.REPLIED, "replied_at");

    private final JdbcClient jdbc;

    RecipientRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param inTest for the test's sake: not the winner, the default, or the same as on an earlier visit */
    record Lot(StepRunId run, EnrollmentId enrollment, Variant variant, boolean inTest) {}

    void add(Key key, List<Lot> lots) {
        jdbc.sql("""
                        insert into ab_recipient (step_run_id, enrollment_id, version_id, step_id, variant, in_test)
                        select l.run, l.enrollment, ?::uuid, ?, l.variant, l.in_test
                        from unnest(?::uuid[], ?::uuid[], ?::text[], ?::boolean[]) as l (run, enrollment, variant, in_test)
                        """)
                .params(
                        key.version().value(),
                        key.stepId(),
                        lots.stream().map(lot -> lot.run().value()).toArray(UUID[]::new),
                        lots.stream().map(lot -> lot.enrollment().value()).toArray(UUID[]::new),
                        lots.stream().map(lot -> lot.variant().name()).toArray(String[]::new),
                        lots.stream().map(Lot::inTest).toArray(Boolean[]::new))
                .update();
    }

    /** What enrollments got when they came to the step before. */
    Map<EnrollmentId, Variant> earlier(Key key, Collection<EnrollmentId> enrollments) {
        Map<EnrollmentId, Variant> earlier = new HashMap<>();
        jdbc.sql("""
                        select enrollment_id, variant from ab_recipient
                        where enrollment_id = any (?) and step_id = ? and version_id = ?
                        """)
                .params(
                        enrollments.stream().map(EnrollmentId::value).toArray(UUID[]::new),
                        key.stepId(),
                        key.version().value())
                .query(row -> {
                    earlier.put(
                            new EnrollmentId(row.getObject("enrollment_id", UUID.class)),
                            Variant.valueOf(row.getString("variant")));
                });
        return earlier;
    }

    Optional<Key> testOf(StepRunId run) {
        return jdbc.sql("select version_id, step_id from ab_recipient where step_run_id = ?")
                .param(run.value())
                .query((row, number) -> key(row))
                .optional();
    }

    /** Which version of its mail each of these step runs got. */
    Map<StepRunId, Variant> variants(Collection<StepRunId> runs) {
        Map<StepRunId, Variant> variants = new HashMap<>();
        jdbc.sql("select step_run_id, variant from ab_recipient where step_run_id = any (?)")
                .param(runs.stream().map(StepRunId::value).toArray(UUID[]::new))
                .query(row -> {
                    variants.put(
                            new StepRunId(row.getObject("step_run_id", UUID.class)),
                            Variant.valueOf(row.getString("variant")));
                });
        return variants;
    }

    /** The event that counts as a success. */
    static MailEvent.Kind success(Winner what) {
        return switch (what) {
            case REPLIES -> MailEvent.Kind.REPLIED;
            case CLICKS -> MailEvent.Kind.LINK_CLICKED;
            case OPENS -> MailEvent.Kind.OPENED;
        };
    }

    /**
     * Notes what happened; again, it changes nothing.
     *
     * @return the test, where that is news for it
     */
    Optional<Key> happened(StepRunId run, MailEvent.Kind kind, Instant at) {
        String column = COLUMNS.get(kind);
        if (column == null) {
            return Optional.empty();
        }
        return jdbc.sql("update ab_recipient set " + column + " = ? where step_run_id = ? and " + column
                        + " is null returning in_test, version_id, step_id")
                .params(at.atOffset(ZoneOffset.UTC), run.value())
                .query((row, number) -> row.getBoolean("in_test") ? Optional.of(key(row)) : Optional.<Key>empty())
                .optional()
                .flatMap(test -> test);
    }

    List<StepRunId> unsent(Key key) {
        return jdbc
                .sql("select step_run_id from ab_recipient where version_id = ? and step_id = ? and sent_at is null")
                .params(key.version().value(), key.stepId())
                .query(UUID.class)
                .list()
                .stream()
                .map(StepRunId::new)
                .toList();
    }

    /** They get this version now, and no longer for the test's sake. */
    void turn(Collection<StepRunId> runs, Variant variant) {
        jdbc.sql("update ab_recipient set variant = ?, in_test = false where step_run_id = any (?)")
                .params(variant.name(), runs.stream().map(StepRunId::value).toArray(UUID[]::new))
                .update();
    }

    /** @param inTest for the test's sake, or else the rest */
    public record Group(Variant variant, boolean inTest) {}

    Map<Group, Tally> tallies(Key key) {
        Map<Group, Tally> tallies = new HashMap<>();
        jdbc.sql("""
                        select variant, in_test, count(*) as assigned, count(sent_at) as sent,
                            count(*) filter (where delivered) as delivered,
                            count(replied_at) filter (where delivered) as replied,
                            count(clicked_at) filter (where delivered) as clicked,
                            count(opened_at) filter (where delivered) as opened
                        from (select *, sent_at is not null and bounced_at is null as delivered from ab_recipient
                            where version_id = ? and step_id = ?) r
                        group by variant, in_test
                        """).params(key.version().value(), key.stepId()).query(row -> {
            tallies.put(new Group(Variant.valueOf(row.getString("variant")), row.getBoolean("in_test")), tally(row));
        });
        return tallies;
    }

    private static Tally tally(ResultSet row) throws SQLException {
        return new Tally(
                row.getInt("assigned"),
                row.getInt("sent"),
                row.getInt("delivered"),
                row.getInt("replied"),
                row.getInt("clicked"),
                row.getInt("opened"));
    }

    private static Key key(ResultSet row) throws SQLException {
        return new Key(new VersionId(row.getObject("version_id", UUID.class)), row.getString("step_id"));
    }
}
