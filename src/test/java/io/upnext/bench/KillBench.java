package io.upnext.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.upnext.messaging.MailTests;
import io.upnext.messaging.Outbox;
import io.upnext.messaging.SmtpSink;
import io.upnext.messaging.template.TemplateCatalogue;
import io.upnext.operation.Worker;
import io.upnext.record.CrmRecord;
import io.upnext.record.Records;
import io.upnext.testing.TestMail;
import io.upnext.testing.TestUsers;
import io.upnext.testing.TestUsers.Person;
import io.upnext.testing.UpnextTest;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The process that sends is killed ({@code kill -9}) at random moments, again and again, while a thousand mails go out
 * to a server that is quick at times and slow at others. None is lost, none comes twice; those of which nobody can know
 * are marked uncertain.
 */
@Tag("bench")
@UpnextTest
class KillBench {

    private static final int MAILS = 1_000;
    private static final int KILLS = 20;

    /** One life sends at most so many, so that there is something left to be killed over. */
    private static final int OF_ONE_LIFE = 45;

    private static final int LONGEST_LIFE_MILLIS = 600;

    @Autowired
    private TestMail mail;

    @Autowired
    private TestUsers users;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Environment environment;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private MailTests tests;

    @Autowired
    void set(Records records, TemplateCatalogue catalogue, Outbox outbox, List<Worker> workers) {
        tests = new MailTests(records, catalogue, users, outbox, jdbc, workers);
    }

    @Test
    void killedAtRandomMomentsNothingIsLostAndNothingComesTwice() throws Exception {
        try (SmtpSink sink = new SmtpSink(() -> ThreadLocalRandom.current().nextInt(40))) {
            Person seller = users.seller();
            var mailbox = mail.mailbox(seller.user().email(), seller.id(), sink.port());
            String template = tests.template("Hello {{record.firstName}}", "<p>Dear {{record.firstName}}</p>");
            for (int i = 0; i < MAILS; i++) {
                CrmRecord lead = tests.lead(seller);
                tests.queue(lead, seller.id(), template);
            }

            int kills = 0;
            while (kills < KILLS) {
                assertThat(waiting()).as("left after %d kills", kills).isPositive();
                killSoon(start(), sink);
                kills++;
            }
            Process last = start();
            while (waiting() > 0) {
                assertThat(last.isAlive()).isTrue();
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
            }
            last.destroyForcibly().waitFor();

            judge(mailbox.id().value(), sink, kills);
        } finally {
            tests.forgetEnrollments();
        }
    }

    private void killSoon(Process process, SmtpSink sink) throws InterruptedException {
        int before = sink.count();
        while (sink.count() == before && process.isAlive() && waiting() > 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(random.nextInt(LONGEST_LIFE_MILLIS));
        while (System.nanoTime() < end && sink.count() < before + OF_ONE_LIFE) {
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(200));
        }
        assertThat(process.isAlive()).as("died by itself").isTrue();
        process.destroyForcibly().waitFor();
    }

    private Process start() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledSender.class.getName(),
                        "--spring.profiles.active=test",
                        "--spring.datasource.url=" + environment.getRequiredProperty("spring.datasource.url"),
                        "--server.port=0",
                        "--logging.level.root=warn")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(new File("target/killed-sender.log")))
                .start();
    }

    private int waiting() {
        return jdbc.sql("select count(*) from mail where state in ('QUEUED', 'CLAIMED')")
                .query(Integer.class)
                .single();
    }

    private void judge(Object mailbox, SmtpSink sink, int kills) {
        Map<String, Integer> outcomes = new TreeMap<>();
        jdbc.sql("select message_id, state from mail where mailbox = ?")
                .param(mailbox)
                .query(row -> {
                    int came = sink.received().getOrDefault(row.getString(1), 0);
                    outcomes.merge(row.getString(2) + " came " + came, 1, Integer::sum);
                });
        System.out.printf("Killed %d times while %d mails went out: %s; seed %d%n", kills, MAILS, outcomes, seed);

        assertThat(outcomes.keySet()).isSubsetOf("SENT came 1", "UNCERTAIN came 0", "UNCERTAIN came 1");
        assertThat(outcomes.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(MAILS);
        assertThat(sink.count()).isEqualTo(sink.received().size());
        // At most one for each thread that may use the mailbox at a time.
        assertThat(MAILS - outcomes.getOrDefault("SENT came 1", 0)).isLessThanOrEqualTo(4 * kills);
    }
}
