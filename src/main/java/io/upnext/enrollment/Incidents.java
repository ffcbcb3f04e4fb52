package io.upnext.enrollment;

import io.upnext.security.CurrentUser;
import io.upnext.security.Right;
import io.upnext.sequence.Step;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.InvalidException;
import io.upnext.shared.NotFoundException;
import io.upnext.shared.PageQuery;
import io.upnext.shared.Paged;
import io.upnext.shared.SequenceId;
import io.upnext.shared.StepRunId;
import io.upnext.shared.TeamId;
import io.upnext.shared.UnitId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Automated steps that failed and wait for somebody. Who may solve incidents or manages the work of others sees those of
 * all records they may see; everybody else those of their own steps, enrollments and records.
 */
@Repository
public class Incidents {

    private final JdbcClient jdbc;
    private final EnrollmentViews views;

    Incidents(JdbcClient jdbc, EnrollmentViews views) {
        this.jdbc = jdbc;
        this.views = views;
    }

    /**
     * @param id the id of the failed step run
     * @param remedy what to do about it
     * @param retriesLeft how often the product will still try by itself
     */
    public record Incident(
            StepRunId id,
            EnrollmentId enrollment,
            SequenceId sequence,
            StepRunView.Info step,
            RecordRef record,
            Instant since,
            String cause,
            String remedy,
            int retriesLeft) {}

    /** Newest first, or by {@code since}. */
    public Paged<Incident> page(CurrentUser user, PageQuery page) {
        String direction = direction(page);
        List<Object> parameters = new ArrayList<>();
        String from = from(user, parameters);
        long total = jdbc.sql("select count(*)" + from)
                .params(parameters)
                .query(Long.class)
                .single();
        parameters.add(page.size());
        parameters.add(page.offset());
        List<StepRun> failed = jdbc.sql(
                        "select s.*" + from + " order by s.entered_at " + direction + ", s.id limit ? offset ?")
                .params(parameters)
                .query(StepRunRows::row)
                .list();
        return Paged.of(
                views.ofRuns(user, failed).stream().map(Incidents::incident).toList(), page, total);
    }

    /** @throws NotFoundException where there is none or the user may not see it */
    public Incident get(CurrentUser user, StepRunId id) {
        List<Object> parameters = new ArrayList<>();
        String from = from(user, parameters);
        parameters.add(id.value());
        return jdbc.sql("select s.*" + from + " and s.id = ?")
                .params(parameters)
                .query(StepRunRows::row)
                .optional()
                .map(run -> incident(views.ofRun(user, run)))
                .orElseThrow(() -> new NotFoundException("There is no incident '" + id + "'; it may be solved."));
    }

    private static String direction(PageQuery page) {
        if (page.sort().isEmpty()) {
            return "desc";
        }
        PageQuery.Sort sort = page.sort().get(0);
        if (page.sort().size() > 1 || !sort.property().equals("since")) {
            throw new InvalidException("Incidents can be sorted by 'since' only.");
        }
        return sort.ascending() ? "asc" : "desc";
    }

    private static String from(CurrentUser user, List<Object> parameters) {
        String from = " from step_run s join enrollment e on e.id = s.enrollment_id"
                + " left join crm_record r on r.id = s.record_id where s.state = 'FAILED'";
        UUID me = user.id().value();
        UUID[] teams = user.teams().stream().map(TeamId::value).toArray(UUID[]::new);
        if (!user.may(Right.SOLVE_INCIDENTS) && !user.may(Right.MANAGE_TEAM_WORK)) {
            parameters.addAll(List.of(me, teams, me, me, teams));
            return from + " and (s.assignee_id = ? or s.assignee_id = any (?::uuid[]) or e.connected_by = ?"
                    + " or r.owner_id = ? or r.owner_id = any (?::uuid[]))";
        }
        if (user.visibleUnits() == null) {
            return from;
        }
        parameters.addAll(
                List.of(user.visibleUnits().stream().map(UnitId::value).toArray(UUID[]::new), me, teams));
        return from + " and (r.unit_id = any (?::uuid[]) or r.owner_id = ? or r.owner_id = any (?::uuid[]))";
    }

    private static Incident incident(StepRunView run) {
        return new Incident(
                run.id(),
                run.enrollment(),
                run.sequence(),
                run.step(),
                run.record(),
                run.enteredAt(),
                run.cause() == null ? "The step failed; the log of the server has more." : run.cause(),
                remedy(run.step().type()),
                0);
    }

    private static String remedy(Step.Type type) {
        return switch (type) {
            case AUTOMATED_EMAIL, EMAIL, AB_TEST ->
                "Correct the mailbox, the template or the record that the cause names, then try again; or do the step by"
                        + " hand, or skip it.";
            case AUTOMATED_TEXT, TEXT_MESSAGE ->
                "Correct the text gateway, the template or the record that the cause names, then try again; or do the step"
                        + " by hand, or skip it.";
            case UPDATE_FIELD ->
                "Correct the field or its options, then try again; or do the step by hand, or skip it.";
            case ADVANCE ->
                "Do what the cause names, such as activating the sequence it advances to, then try again; or do the step by"
                        + " hand, or skip it: both complete the sequence for this record.";
            default -> "Correct what the cause names, then try again.";
        };
    }
}
