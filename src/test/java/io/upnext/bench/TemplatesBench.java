package io.upnext.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.upnext.enrollment.Enrollments;
import io.upnext.messaging.Mailboxes;
import io.upnext.messaging.Receiving;
import io.upnext.operation.Workers;
import io.upnext.shared.MailboxId;
import io.upnext.testing.Api;
import io.upnext.testing.Journey;
import io.upnext.testing.MutableClock;
import io.upnext.testing.TestMail;
import io.upnext.testing.TestUsers;
import io.upnext.testing.TestUsers.Person;
import io.upnext.testing.UpnextTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The sequences that come with the product run to their ends on the sample files: sellers work their lists day by day,
 * prospects answer, and whoever was enrolled has ended in the end. Prints a table. Smaller with {@code -DoneOf=20}. Skipped
 * where the files are absent.
 */
@Tag("bench")
@UpnextTest
class TemplatesBench {

    private static final Path FOLDER = Path.of(System.getProperty("shared", "../shared"), "data");
    private static final int ONE_OF = Integer.getInteger("oneOf", 1);
    private static final int LEADS = 1_000 / ONE_OF;
    private static final int CONTACTS = 500 / ONE_OF;
    private static final int MOST_DAYS = 60;

    /** More than a day, so that nothing that is due after whole days is due at the very moment of looking. */
    private static final Duration DAY = Duration.ofDays(1).plusMinutes(7);

    private static final Set<DayOfWeek> WEEKEND = EnumSet.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY);

    @Autowired
    private Journey journey;

    @Autowired
    private Api api;

    @Autowired
    private TestUsers users;

    @Autowired
    private TestMail mail;

    @Autowired
    private Mailboxes mailboxes;

    @Autowired
    private Receiving receiving;

    @Autowired
    private Workers workers;

    @Autowired
    private Enrollments enrollments;

    @Autowired
    private MutableClock clock;

    @Autowired
    private JdbcClient jdbc;

    private SalesOffice office;
    private TemplateRuns runs;

    @Test
    void everyTemplateRunsToItsEnd() {
        assumeTrue(Files.isReadable(FOLDER.resolve("leads.csv")), "there are no sample files in " + FOLDER);
        Instant began = Instant.now();
        Person manager = journey.team().manager();
        Person administrator = users.administrator();
        office = new SalesOffice(FOLDER, ONE_OF, api, users, mail, workers, jdbc, administrator);
        office.hire();
        office.importAll();
        runs = new TemplateRuns(journey, api, enrollments, jdbc, manager, administrator);
        runs.begin(office, LEADS, CONTACTS);
        System.out.printf("Connected after %d s%n", seconds(began));

        Prospects prospects = new Prospects(mailboxIds(), runs.endedByReplies(), mail, api, jdbc, clock);
        Sellers sellers = new Sellers(office.sellers().values(), api, clock);
        journey.advance(Duration.ofHours(3));
        for (int days = 1; days <= MOST_DAYS && runs.running() > 0; days++) {
            day(prospects, sellers);
            System.out.printf("Day %d: %d running after %d s%n", days, runs.running(), seconds(began));
            journey.advance(DAY);
        }

        new TemplatesTable(jdbc).print(runs.sequences());
        assertThat(runs.left()).isEmpty();
        assertThat(sellers.refused()).isEmpty();
        theRightOnesEnded(prospects);
        mailIsRight();
    }

    private static long seconds(Instant since) {
        return Duration.between(since, Instant.now()).toSeconds();
    }

    private void day(Prospects prospects, Sellers sellers) {
        prospects.react();
        mailboxIds().forEach(receiving::fetchNow);
        journey.run();
        if (!WEEKEND.contains(clock.instant().atZone(ZoneOffset.UTC).getDayOfWeek())) {
            sellers.work();
            journey.run();
        }
        runs.check();
    }

    private List<MailboxId> mailboxIds() {
        return office.sellers().values().stream()
                .map(seller -> mailboxes.of(seller.id()).orElseThrow())
                .toList();
    }

    private void theRightOnesEnded(Prospects prospects) {
        Map<UUID, String> reasons = new HashMap<>();
        jdbc.sql("select id, reason from enrollment where sequence_id = any(?)")
                .param(runs.ids())
                .query(row -> {
                    reasons.put(row.getObject(1, UUID.class), row.getString(2));
                });
        assertThat(reasons).containsAllEntriesOf(prospects.ended());
        reasons.keySet().removeAll(prospects.ended().keySet());
        assertThat(reasons.values()).containsOnly("COMPLETED");
    }

    private long count(String sql) {
        return jdbc.sql(sql).param(runs.ids()).query(Long.class).single();
    }

    private void mailIsRight() {
        String ours =
                " from mail m join enrollment e on e.id = m.enrollment where e.sequence_id = any(?) and m.state = 'SENT'";
        assertThat(count("select count(*) from (select 1" + ours + " group by m.step_run having count(*) > 1) twice"))
                .isZero();
        assertThat(count("select count(*)" + ours + " and m.record in (select id from crm_record"
                        + " where fields ->> 'doNotEmail' = 'true')"))
                .isZero();
        String[] addresses = jdbc.sql("select distinct m.to_address" + ours)
                .param(runs.ids())
                .query(String.class)
                .list()
                .toArray(String[]::new);
        assertThat((long) mail.count(addresses)).isEqualTo(count("select count(*)" + ours));
        for (String address : jdbc.sql("select email from crm_record where fields ->> 'doNotEmail' = 'true' and id in"
                        + " (select record_id from enrollment where sequence_id = any(?))")
                .param(runs.ids())
                .query(String.class)
                .list()) {
            assertThat(mail.at(address)).as(address).isEmpty();
        }
    }
}
