package io.upnext.bench;

import io.upnext.shared.SequenceId;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** By template: who was enrolled, why they ended, how many mails left and tasks were done, and by whom most. */
final class TemplatesTable {

    private static final int FIRST = 3;

    private final JdbcClient jdbc;

    TemplatesTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void print(Map<String, SequenceId> templates) {
        System.out.println(
                "| template | enrolled | ended, by reason | mails | refused | tasks done | skipped | most by |");
        System.out.println("|---|---|---|---|---|---|---|---|");
        long[] sums = new long[5];
        templates.forEach((key, sequence) -> {
            long[] row = {
                count("select count(*) from enrollment where sequence_id = ?", sequence),
                mails(sequence, "SENT"),
                mails(sequence, "REFUSED"),
                tasks(sequence, "DONE"),
                tasks(sequence, "SKIPPED")
            };
            System.out.printf(
                    "| %s | %d | %s | %d | %d | %d | %d | %s |%n",
                    key, row[0], ended(sequence), row[1], row[2], row[3], row[4], most(sequence));
            for (int i = 0; i < sums.length; i++) {
                sums[i] += row[i];
            }
        });
        System.out.printf("| all | %d | | %d | %d | %d | %d | |%n", sums[0], sums[1], sums[2], sums[3], sums[4]);
    }

    private long count(String sql, SequenceId sequence, Object... more) {
        return jdbc.sql(sql)
                .param(sequence.value())
                .params(List.of(more))
                .query(Long.class)
                .single();
    }

    private long mails(SequenceId sequence, String state) {
        return count(
                "select count(*) from mail m join enrollment e on e.id = m.enrollment where e.sequence_id = ? and m.state = ?",
                sequence,
                state);
    }

    private long tasks(SequenceId sequence, String state) {
        return count(
                "select count(*) from step_run where sequence_id = ? and state = ? and finished_by is not null",
                sequence,
                state);
    }

    private String ended(SequenceId sequence) {
        return String.join(
                ", ", jdbc.sql("""
                        select coalesce(reason, state) || ' ' || count(*) from enrollment where sequence_id = ?
                        group by coalesce(reason, state) order by count(*) desc
                        """).param(sequence.value()).query(String.class).list());
    }

    private String most(SequenceId sequence) {
        return String.join(
                ", ",
                jdbc.sql("""
                        select u.name || ' ' || count(*) from step_run r join app_user u on u.id = r.finished_by
                        where r.sequence_id = ? and r.state = 'DONE' group by u.id, u.name order by count(*) desc, u.name limit ?
                        """)
                        .params(sequence.value(), FIRST)
                        .query(String.class)
                        .list());
    }
}
