package io.upnext.enrollment;

import static org.assertj.core.api.Assertions.assertThat;

import io.upnext.enrollment.Enrollment.Reason;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.SequenceId;
import io.upnext.testing.Journey;
import io.upnext.testing.Journey.SalesTeam;
import io.upnext.testing.UpnextTest;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@UpnextTest
class ExitWorkerTest {

    @Autowired
    private Journey journey;

    @Autowired
    private ExitRequests requests;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private JdbcClient jdbc;

    @Test
    void one_that_cannot_be_ended_holds_up_no_other_and_ends_later() {
        SalesTeam team = journey.team();
        SequenceId sequence = journey.sequence(team, "[{\"id\": \"call\", \"type\": \"TASK\", \"name\": \"Call\"}]");
        List<EnrollmentId> running = Stream.generate(() -> journey.connect(team, sequence, journey.lead(team)))
                .limit(3)
                .toList();
        EnrollmentId stuck = running.get(0);
        refuseToEnd(stuck);
        try {
            transaction.executeWithoutResult(status -> requests.requestExits(running, Reason.USER));
            journey.run();

            assertThat(journey.enrollment(stuck).ended()).isFalse();
            assertThat(running.subList(1, 3))
                    .allSatisfy(
                            id -> assertThat(journey.enrollment(id).reason()).isEqualTo(Reason.USER));
        } finally {
            jdbc.sql("drop trigger stuck on enrollment").update();
            jdbc.sql("drop function stuck").update();
        }
        journey.run();
        assertThat(journey.enrollment(stuck).reason()).isEqualTo(Reason.USER);
    }

    private void refuseToEnd(EnrollmentId id) {
        jdbc.sql("create function stuck() returns trigger language plpgsql as $$ begin raise exception 'stuck'; end $$")
                .update();
        jdbc.sql(
                        "create trigger stuck before update on enrollment for each row when (new.ended_at is not null and new.id = '"
                                + id + "') execute function stuck()")
                .update();
    }
}
