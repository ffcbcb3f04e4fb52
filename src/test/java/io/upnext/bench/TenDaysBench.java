package io.upnext.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.upnext.messaging.MailLimits;
import io.upnext.messaging.Mailbox;
import io.upnext.messaging.Mailboxes;
import io.upnext.messaging.Receiving;
import io.upnext.record.Records;
import io.upnext.shared.Actor;
import io.upnext.shared.Principal;
import io.upnext.shared.RecordId;
import io.upnext.shared.RecordType;
import io.upnext.shared.SequenceId;
import io.upnext.shared.WrittenWindow;
import io.upnext.testing.Journey;
import io.upnext.testing.Journey.SalesTeam;
import io.upnext.testing.TestMail;
import io.upnext.testing.TestUsers;
import io.upnext.testing.UpnextTest;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * 5,000 leads of the sample file through a mailbox with 500 mails a day, 09:00 to 17:00 in each lead's zone: a table a
 * day; nobody against their will, nobody outside the window, no day above its cap, answers and bounces end those they are
 * from and nobody else. Smaller with {@code -Dleads=500 -Dcap=50}. Skipped where the file is absent.
 */
@Tag("bench")
@UpnextTest
class TenDaysBench {

    private static final Path FILE = Path.of(System.getProperty("shared", "../shared"), "data", "leads.csv");
    private static final int LEADS = Integer.getInteger("leads", 5_000);
    private static final int CAP = Integer.getInteger("cap", 500);
    private static final int ANSWERS = CAP / 25;
    /** So few of a day's mails that the mailbox goes on. */
    private static final int BOUNCES = CAP / 50;

    private static final List<String> EVERY_DAY = List.of("1", "2", "3", "4", "5", "6", "7");

    @Autowired
    private Journey journey;

    @Autowired
    private Records records;

    @Autowired
    private Mailboxes mailboxes;

    @Autowired
    private TestMail mail;

    @Autowired
    private Receiving receiving;

    @Autowired
    private JdbcClient jdbc;

    @Test
    void tenDays() throws IOException {
        assumeTrue(Files.isReadable(FILE));
        SalesTeam team = journey.team();
        Mailbox mailbox =
                mailboxes.find(mailboxes.of(team.seller().id()).orElseThrow()).orElseThrow();
        mailboxes.update(mailbox.withLimits(
                new MailLimits(new WrittenWindow(EVERY_DAY, "09:00", "17:00", null), CAP, null, null)));
        SequenceId sequence = journey.sequence(team, """
                [{"id": "intro", "type": "AUTOMATED_EMAIL", "name": "Intro", "template": "%s"},
                 {"id": "pause", "type": "WAIT", "name": "Pause", "days": 20},
                 {"id": "call", "type": "TASK", "name": "Call"}]
                """.formatted(journey.template(team)));
        RecordId[] leads = leads(team);

        Instant began = Instant.now();
        journey.connect(team, sequence, leads);
        System.out.printf("%d leads connected and planned after %d s%n", leads.length, seconds(began));
        Map<LocalDate, Long> planned = planned(mailbox);
        journey.advance(Duration.ofDays(2));
        List<UUID> answered = play(mailbox, 0, ANSWERS, sent -> mail.answer(sent, "Yes, call me."));
        List<UUID> bounced = play(mailbox, ANSWERS, BOUNCES, sent -> mail.bounce(sent, "5.1.1"));
        receiving.fetchNow(mailbox.id());
        for (int day = 2; day < 11; day++) {
            journey.advance(Duration.ofDays(1));
        }
        System.out.printf("%d leads, ten days in %d s%n", leads.length, seconds(began));

        table(mailbox, planned);
        assertThat(count(mailbox, "state = 'QUEUED'")).isZero();
        assertThat(
                        count(
                                mailbox,
                                "state = 'SENT' and record in (select id from crm_record where fields ->> 'doNotEmail' = 'true')"))
                .isZero();
        assertThat(outside(mailbox)).isEmpty();
        assertThat(mostOnOneDay(mailbox)).isLessThanOrEqualTo(CAP);
        assertThat(ended(sequence, "REPLIED")).containsExactlyInAnyOrderElementsOf(answered);
        assertThat(ended(sequence, "BOUNCED")).containsExactlyInAnyOrderElementsOf(bounced);
        assertThat(ended(sequence, null)).hasSize(ANSWERS + BOUNCES);
    }

    private static long seconds(Instant since) {
        return Duration.between(since, Instant.now()).toSeconds();
    }

    /** As prospects, or their servers, answer mails that have arrived. @return whose enrollments that should end */
    private List<UUID> play(Mailbox mailbox, int from, int many, Consumer<TestMail.Received> answer) {
        List<UUID> enrollments = new ArrayList<>();
        jdbc.sql(
                        "select enrollment, to_address from mail where mailbox = ? and state = 'SENT' order by id limit ? offset ?")
                .params(mailbox.id().value(), many, from)
                .query(row -> {
                    answer.accept(mail.only(row.getString(2)));
                    enrollments.add(row.getObject(1, UUID.class));
                });
        return enrollments;
    }

    private List<UUID> ended(SequenceId sequence, String reason) {
        return jdbc.sql("select id from enrollment where sequence_id = :sequence and state = 'DISCONNECTED'"
                        + " and (cast(:reason as text) is null or reason = :reason)")
                .param("sequence", sequence.value())
                .param("reason", reason)
                .query(UUID.class)
                .list();
    }

    private Map<LocalDate, Long> planned(Mailbox mailbox) {
        Map<LocalDate, Long> planned = new TreeMap<>();
        jdbc.sql("select slot_day, count(*) from mail where mailbox = ? and slot_day is not null group by slot_day")
                .param(mailbox.id().value())
                .query(row -> {
                    planned.put(row.getObject(1, LocalDate.class), row.getLong(2));
                });
        return planned;
    }

    /** Those not yet converted, under addresses of their own. */
    private RecordId[] leads(SalesTeam team) throws IOException {
        List<RecordId> leads = new ArrayList<>();
        String unique = TestUsers.next("t");
        try (Reader reader = Files.newBufferedReader(FILE)) {
            for (CSVRecord row : CSVFormat.DEFAULT
                    .builder()
                    .setHeader()
                    .setSkipHeaderRecord(true)
                    .get()
                    .parse(reader)) {
                if (leads.size() < LEADS && row.get("Converted").equals("0")) {
                    leads.add(lead(team, row, unique));
                }
            }
        }
        return leads.toArray(RecordId[]::new);
    }

    private RecordId lead(SalesTeam team, CSVRecord row, String unique) {
        Map<String, Object> fields = new HashMap<>(Map.of(
                "firstName", row.get("First Name"),
                "lastName", row.get("Last Name"),
                "email", row.get("Email").replace("@", "." + unique + "@"),
                "doNotEmail", row.get("Do Not Email").equals("Yes")));
        if (!row.get("Time Zone").isBlank()) {
            fields.put("timeZone", row.get("Time Zone"));
        }
        return records.create(
                        RecordType.LEAD, fields, Principal.user(team.seller().id()), "NEW", Actor.SYSTEM)
                .id();
    }

    private void table(Mailbox mailbox, Map<LocalDate, Long> planned) {
        System.out.println("day         planned   sent  refused");
        jdbc.sql("""
                        select day, sum(sent) as sent, sum(refused) as refused,
                            coalesce(string_agg(why || ' ' || refused, ', '), '') as why
                        from (select e.at::date as day, e.refusal as why,
                                count(*) filter (where e.kind = 'SENT') as sent,
                                count(*) filter (where e.kind = 'REFUSED') as refused
                            from mail_event e join mail m on m.id = e.mail where m.mailbox = ? group by 1, 2) as one
                        group by day order by day
                        """).param(mailbox.id().value()).query(row -> {
            LocalDate day = row.getObject("day", LocalDate.class);
            System.out.printf(
                    "%s  %7d  %5d  %7d %s%n",
                    day,
                    planned.getOrDefault(day, 0L),
                    row.getLong("sent"),
                    row.getLong("refused"),
                    row.getString("why"));
        });
    }

    private long count(Mailbox mailbox, String where) {
        return jdbc.sql("select count(*) from mail where mailbox = ? and " + where)
                .param(mailbox.id().value())
                .query(Long.class)
                .single();
    }

    private List<String> outside(Mailbox mailbox) {
        return jdbc
                .sql(
                        "select m.sent_at, r.fields ->> 'timeZone' as zone from mail m join crm_record r on r.id = m.record"
                                + " where m.mailbox = ? and m.state = 'SENT'")
                .param(mailbox.id().value())
                .query((row, number) -> {
                    String zone = row.getString("zone");
                    return row.getTimestamp("sent_at")
                            .toInstant()
                            .atZone(zone == null ? ZoneOffset.UTC : ZoneId.of(zone));
                })
                .list()
                .stream()
                .filter(at -> at.getHour() < 9 || at.getHour() >= 17)
                .map(Object::toString)
                .toList();
    }

    private long mostOnOneDay(Mailbox mailbox) {
        return jdbc.sql("select coalesce(max(sent), 0) from (select count(*) as sent from mail"
                        + " where mailbox = ? and state = 'SENT' group by sent_at::date) d")
                .param(mailbox.id().value())
                .query(Long.class)
                .single();
    }
}
