package io.upnext.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.upnext.messaging.MailLimits;
import io.upnext.messaging.Mailbox;
import io.upnext.messaging.Mailboxes;
import io.upnext.record.Records;
import io.upnext.shared.Actor;
import io.upnext.shared.Principal;
import io.upnext.shared.RecordId;
import io.upnext.shared.RecordType;
import io.upnext.shared.SequenceId;
import io.upnext.shared.WrittenWindow;
import io.upnext.testing.Journey;
import io.upnext.testing.Journey.SalesTeam;
import io.upnext.testing.TestUsers;
import io.upnext.testing.UpnextTest;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * 5,000 leads of the sample file through a mailbox with 500 mails a day, 09:00 to 17:00 in each lead's zone: a table a
 * day; nobody against their will, nobody outside the window, no day above its cap. Skipped where the file is absent.
 */
@Tag("bench")
@UpnextTest
class TenDaysBench {

    private static final Path FILE = Path.of("../shared/data/leads.csv");
    private static final int LEADS = 5_000;
    private static final int CAP = 500;
    private static final List<String> EVERY_DAY = List.of("1", "2", "3", "4", "5", "6", "7");

    @Autowired
    private Journey journey;

    @Autowired
    private Records records;

    @Autowired
    private Mailboxes mailboxes;

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
        for (int day = 0; day < 11; day++) {
            journey.advance(Duration.ofDays(1));
        }
        System.out.printf(
                "%d leads in %d s%n",
                leads.length, Duration.between(began, Instant.now()).toSeconds());

        table(mailbox);
        assertThat(count(mailbox, "state = 'QUEUED'")).isZero();
        assertThat(
                        count(
                                mailbox,
                                "state = 'SENT' and record in (select id from crm_record where fields ->> 'doNotEmail' = 'true')"))
                .isZero();
        assertThat(outside(mailbox)).isEmpty();
        assertThat(mostOnOneDay(mailbox)).isLessThanOrEqualTo(CAP);
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

    private void table(Mailbox mailbox) {
        System.out.println("day         sent  refused");
        jdbc.sql("""
                        select e.at::date as day, count(*) filter (where e.kind = 'SENT') as sent,
                            coalesce(string_agg(distinct e.refusal, ', '), '') as why,
                            count(*) filter (where e.kind = 'REFUSED') as refused
                        from mail_event e join mail m on m.id = e.mail
                        where m.mailbox = ? group by 1 order by 1
                        """).param(mailbox.id().value()).query(row -> {
            System.out.printf(
                    "%s  %5d  %d %s%n",
                    row.getString("day"), row.getLong("sent"), row.getLong("refused"), row.getString("why"));
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
