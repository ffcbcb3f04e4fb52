package io.upnext.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.upnext.bench.ReportRows.Played;
import io.upnext.bench.ReportRows.Row;
import io.upnext.messaging.Mailbox;
import io.upnext.messaging.Mailboxes;
import io.upnext.messaging.Receiving;
import io.upnext.shared.RecordId;
import io.upnext.shared.SequenceId;
import io.upnext.testing.Journey;
import io.upnext.testing.Journey.SalesTeam;
import io.upnext.testing.TestMail;
import io.upnext.testing.TestMail.Received;
import io.upnext.testing.TestUsers;
import io.upnext.testing.UpnextTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Real reports of many servers, played against mails that have been sent: each row of the table beside the folder gets a
 * lead, a mail and the report, made to concern this mail. What came back for good, complaints and answers end the
 * enrollment they are about and nobody else's; everything else ends none. Skipped where the folder is absent.
 */
@Tag("bench")
@UpnextTest
class BounceShowBench {

    private static final Path FOLDER = Path.of(System.getProperty("shared", "../shared"), "data", "bounces");
    private static final int ANSWERED = 20;
    private static final int SILENT = 20;

    @Autowired
    private Journey journey;

    @Autowired
    private Mailboxes mailboxes;

    @Autowired
    private TestMail mail;

    @Autowired
    private Receiving receiving;

    @Autowired
    private JdbcClient jdbc;

    @Test
    void everyReportEndsWhomItIsAbout() throws IOException {
        show(rows());
    }

    private static List<Row> rows() throws IOException {
        Path table = FOLDER.resolve("expected.csv");
        assumeTrue(Files.isReadable(table), "there is no " + table + ", so no report is played");
        List<Row> rows = new ArrayList<>(ReportRows.read(table));
        IntStream.range(0, ANSWERED).forEach(i -> rows.add(Row.answer(i)));
        IntStream.range(0, SILENT).forEach(i -> rows.add(Row.silence(i)));
        return rows;
    }

    private void show(List<Row> rows) throws IOException {
        SalesTeam team = journey.team();
        Mailbox mailbox =
                mailboxes.find(mailboxes.of(team.seller().id()).orElseThrow()).orElseThrow();
        SequenceId sequence = journey.sequence(team, """
                [{"id": "intro", "type": "AUTOMATED_EMAIL", "name": "Intro", "template": "%s"},
                 {"id": "pause", "type": "WAIT", "name": "Pause", "days": 20},
                 {"id": "call", "type": "TASK", "name": "Call"}]
                """.formatted(journey.template(team)));
        RecordId[] leads = new RecordId[rows.size()];
        for (int i = 0; i < leads.length; i++) {
            leads[i] = journey.lead(team, Map.of("email", TestUsers.next("lead") + "@" + domain(rows.get(i))));
        }
        journey.connect(team, sequence, leads);
        journey.advance(Duration.ofHours(1));

        List<Boolean> ours = new ArrayList<>();
        for (int i = 0; i < leads.length; i++) {
            ours.add(play(rows.get(i), mail.only(journey.addressOf(leads[i])), mailbox));
        }
        receiving.fetchNow(mailbox.id());
        journey.run();

        List<Played> played = IntStream.range(0, leads.length)
                .mapToObj(i -> result(rows.get(i), ours.get(i), sequence, leads[i]))
                .toList();
        table(played);
        System.out.println("Matched by: " + ways(mailbox));
        check(played, mailbox);
    }

    private static String domain(Row row) throws IOException {
        return row.isReport()
                ? PlayedReport.domain(Files.readAllBytes(FOLDER.resolve(row.file())), row.number())
                : "prospects.example";
    }

    /** @return whether it could be made to concern the mail */
    private boolean play(Row row, Received sent, Mailbox mailbox) throws IOException {
        if (row.isSilence()) {
            return true;
        }
        if (row.isAnswer()) {
            mail.answer(sent, "Yes, call me.");
            return true;
        }
        PlayedReport report = PlayedReport.of(
                Files.readAllBytes(FOLDER.resolve(row.file())),
                row.number(),
                sent.messageId(),
                sent.to(),
                mailbox.address(),
                "<" + TestUsers.next("report") + "@mail.example>");
        mail.deliver(mailbox.address(), report.raw());
        return report.ours();
    }

    private Played result(Row row, boolean ours, SequenceId sequence, RecordId lead) {
        Set<String> events = new TreeSet<>(jdbc.sql("select kind from mail_event where record = ? and kind <> 'SENT'")
                .param(lead.value())
                .query(String.class)
                .list());
        String reason = jdbc.sql("select coalesce(reason, '') from enrollment where sequence_id = ? and record_id = ?")
                .params(sequence.value(), lead.value())
                .query(String.class)
                .single();
        boolean suppressed = jdbc.sql("select exists (select 1 from suppression where value = lower(?))")
                .param(journey.addressOf(lead))
                .query(Boolean.class)
                .single();
        return new Played(row, ours, events, reason.isEmpty() ? null : reason, suppressed);
    }

    private List<String> ways(Mailbox mailbox) {
        return jdbc.sql("select coalesce(matched_by, 'nothing') || ' ' || count(*) from inbound_mail where mailbox = ?"
                        + " group by matched_by order by count(*) desc")
                .param(mailbox.id().value())
                .query(String.class)
                .list();
    }

    private static void table(List<Played> all) {
        Map<String, List<Played>> byClass =
                all.stream().collect(Collectors.groupingBy(one -> one.row().kind(), TreeMap::new, Collectors.toList()));
        System.out.println("| class | played | ours | agreed | ended | expected to end | wrong ones |");
        System.out.println("|---|---|---|---|---|---|---|");
        byClass.forEach((kind, some) -> System.out.printf(
                "| %s | %d | %d | %d | %d | %d | %s |%n",
                kind,
                some.size(),
                some.stream().filter(Played::ours).count(),
                some.stream().filter(Played::agrees).count(),
                some.stream().filter(one -> one.reason() != null).count(),
                some.stream().filter(one -> one.expected() != null).count(),
                some.stream()
                        .filter(one -> !one.agrees() || !one.right())
                        .map(Played::toString)
                        .collect(Collectors.joining("; "))));
        System.out.println("Not about a mail of ours: "
                + all.stream()
                        .filter(one -> !one.ours())
                        .map(one -> one.row().name())
                        .toList());
    }

    private void check(List<Played> played, Mailbox mailbox) {
        long stored = jdbc.sql("select count(*) from inbound_mail where mailbox = ?")
                .param(mailbox.id().value())
                .query(Long.class)
                .single();
        assertThat(stored)
                .isEqualTo(played.stream().filter(one -> !one.row().isSilence()).count());
        assertThat(played.stream().filter(Played::agrees)).allMatch(Played::right);
        assertThat(played.stream().filter(one -> !one.ours())).allMatch(Played::untouched);
        assertThat(played.stream()
                        .filter(one -> one.row().isAnswer() || one.row().isSilence()))
                .allMatch(Played::right);
        List<Played> reports = played.stream()
                .filter(Played::ours)
                .filter(one -> !one.row().isAnswer() && !one.row().isSilence())
                .toList();
        assertThat(reports.stream().filter(Played::agrees).count()).isGreaterThanOrEqualTo(reports.size() * 95L / 100);
    }
}
