package io.upnext.engine.check;

import io.upnext.security.CurrentUser;
import io.upnext.security.Right;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.SequenceId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Checks the specification's invariants while everything runs: each is one statement, which sees one moment of the
 * database, reads without locks, is stopped when it takes too long and names the first {@value #MOST} that break it.
 */
@Component
public class InvariantCheck {

    private static final int MOST = 100;
    private static final int SECONDS = 60;
    private static final Duration LONG_AGO = Duration.ofHours(1);

    private static final List<Invariant> ALL = Stream.of(
                    EnrollmentInvariants.ALL, EngineInvariants.ALL, MailInvariants.ALL)
            .flatMap(List::stream)
            .toList();

    private final NamedParameterJdbcTemplate jdbc;
    private final Clock clock;

    InvariantCheck(DataSource database, Clock clock) {
        JdbcTemplate template = new JdbcTemplate(database);
        template.setQueryTimeout(SECONDS);
        this.jdbc = new NamedParameterJdbcTemplate(template);
        this.clock = clock;
    }

    /** @param checked the rules that were looked at */
    public record Report(boolean ok, List<Finding> findings, List<String> checked) {}

    /** @param sequence looks at one sequence only; null at everything */
    public Report run(CurrentUser user, SequenceId sequence) {
        user.require(Right.ADMINISTER);
        List<Finding> findings = new ArrayList<>();
        ALL.forEach(invariant -> findings.addAll(findings(invariant, sequence)));
        return new Report(
                findings.isEmpty(),
                List.copyOf(findings),
                ALL.stream().map(Invariant::rule).toList());
    }

    private List<Finding> findings(Invariant invariant, SequenceId sequence) {
        MapSqlParameterSource parameters = new MapSqlParameterSource()
                .addValue("sequence", sequence == null ? null : sequence.value(), Types.OTHER)
                .addValue("most", MOST)
                .addValue("hourAgo", utc());
        try {
            return jdbc.query(invariant.sql(), parameters, (row, n) -> finding(invariant, row));
        } catch (QueryTimeoutException | UncategorizedSQLException e) {
            return List.of(new Finding(
                    invariant.rule(),
                    "check",
                    null,
                    "Could not be checked within " + SECONDS + " seconds; check again when less is going on."));
        }
    }

    private OffsetDateTime utc() {
        return clock.instant().minus(LONG_AGO).atOffset(ZoneOffset.UTC);
    }

    private static Finding finding(Invariant invariant, ResultSet row) throws SQLException {
        UUID enrollment = row.getObject("enrollment", UUID.class);
        return new Finding(
                invariant.rule(),
                row.getString("subject"),
                enrollment == null ? null : new EnrollmentId(enrollment),
                invariant.message(row.getString("detail")));
    }
}
