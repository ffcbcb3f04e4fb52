package io.upnext.enrollment;

import static org.assertj.core.api.Assertions.assertThat;

import io.upnext.messaging.Receiving;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.RecordId;
import io.upnext.shared.SequenceId;
import io.upnext.testing.Api;
import io.upnext.testing.Journey;
import io.upnext.testing.Journey.SalesTeam;
import io.upnext.testing.MutableClock;
import io.upnext.testing.TestMail;
import io.upnext.testing.UpnextTest;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@UpnextTest
class OutOfOfficeTest {

    private final Journey journey;
    private final TestMail mail;
    private final Receiving receiving;
    private final Holds holds;
    private final Api api;
    private final MutableClock clock;
    private SalesTeam team;
    private RecordId lead;

    OutOfOfficeTest(
            @Autowired Journey journey,
            @Autowired TestMail mail,
            @Autowired Receiving receiving,
            @Autowired Holds holds,
            @Autowired Api api,
            @Autowired MutableClock clock) {
        this.journey = journey;
        this.mail = mail;
        this.receiving = receiving;
        this.holds = holds;
        this.api = api;
        this.clock = clock;
    }

    @BeforeEach
    void aLead() {
        team = journey.team();
        lead = journey.lead(team);
    }

    private EnrollmentId connectedTo(String next, String options) {
        SequenceId sequence = journey.sequence(team, """
                [{"id": "intro", "type": "AUTOMATED_EMAIL", "name": "Intro", "template": "%s"},
                 {"id": "pause", "type": "WAIT", "name": "Pause", "days": 1},
                 %s]
                """.formatted(journey.template(team), next), options);
        return journey.connect(team, sequence, lead);
    }

    private String secondMail() {
        return """
                {"id": "second", "type": "AUTOMATED_EMAIL", "name": "Second", "template": "%s"}
                """.formatted(journey.template(team));
    }

    private void answer(String text) {
        mail.answer(mail.at(journey.addressOf(lead)).get(0), text);
        receiving.fetchNow(mail.mailboxOf(team.seller().id()));
        journey.run();
    }

    /** The Wednesday of the week after next, far enough for the second mail to be due long before. */
    private LocalDate wednesday() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)
                .plusDays(7)
                .with(TemporalAdjusters.next(DayOfWeek.WEDNESDAY));
    }

    private static Instant morning(LocalDate day) {
        return day.atTime(LocalTime.of(9, 0)).toInstant(ZoneOffset.UTC);
    }

    @Test
    void nothingLeavesUntilTheMorningOnWhichSomebodyIsBack() {
        EnrollmentId enrollment = connectedTo(secondMail(), "{}");

        answer("I am out of the office and back on " + wednesday() + ".");
        journey.advance(Duration.between(clock.instant(), morning(wednesday())).minusMinutes(1));
        List<String> before = journey.path(enrollment);
        int arrived = mail.count(journey.addressOf(lead));
        journey.advance(Duration.ofMinutes(2));

        assertThat(before).containsExactly("intro:DONE:SENT", "pause:DONE", "second:WAITING");
        assertThat(arrived).isEqualTo(1);
        assertThat(mail.count(journey.addressOf(lead))).isEqualTo(2);
        assertThat(journey.enrollment(enrollment).reason()).isEqualTo(Enrollment.Reason.COMPLETED);
    }

    @Test
    void backOnASundayIsMondayMorning() {
        EnrollmentId enrollment = connectedTo(secondMail(), "{}");
        LocalDate sunday = wednesday().with(TemporalAdjusters.next(DayOfWeek.SUNDAY));

        answer("I am out of the office and back on " + sunday + ".");

        assertThat(holds.until(enrollment)).contains(morning(sunday.plusDays(1)));
    }

    @Test
    void anAbsenceWithoutADateHoldsForAFewDaysAndAnAbsurdOneForSixtyAtMost() {
        EnrollmentId enrollment = connectedTo(secondMail(), "{}");
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);

        answer("I am out of the office.");
        Instant few = holds.until(enrollment).orElseThrow();
        answer("I am out of the office until 1 January 2099.");

        assertThat(few).isBetween(morning(today.plusDays(3)), morning(today.plusDays(6)));
        assertThat(holds.until(enrollment).orElseThrow())
                .isBetween(morning(today.plusDays(58)), morning(today.plusDays(64)));
    }

    @Test
    void manualStepsAreDueWhenSomebodyIsBack() {
        EnrollmentId enrollment = connectedTo("{\"id\": \"call\", \"type\": \"TASK\", \"name\": \"Ask again\"}", "{}");

        LocalDate back = wednesday();

        answer("I am out of the office and back on " + back + ".");
        journey.advance(Duration.ofDays(2));

        assertThat(journey.open(enrollment).dueAt()).isEqualTo(morning(back));
    }

    @Test
    void openStepsMoveAndComeBackWhenAPersonEndsTheHold() {
        EnrollmentId enrollment = connectedTo("{\"id\": \"call\", \"type\": \"TASK\", \"name\": \"Ask again\"}", "{}");
        journey.advance(Duration.ofDays(2));
        Instant due = journey.open(enrollment).dueAt();

        answer("I am out of the office and back on " + wednesday() + ".");
        Instant held = journey.open(enrollment).dueAt();
        Api.Answer shown = api.as(team.manager()).get("/records/leads/" + lead + "/up-next");
        api.as(team.manager()).post("/enrollments/" + enrollment + "/end-hold", java.util.Map.of());

        assertThat(held).isEqualTo(morning(wednesday()));
        assertThat(Instant.parse(shown.body().at("/enrollments/0/heldUntil").asText()))
                .isEqualTo(morning(wednesday()));
        assertThat(journey.open(enrollment).dueAt()).isEqualTo(due);
        assertThat(holds.until(enrollment)).isEmpty();
    }

    @Test
    void aReplyEndsTheHold() {
        EnrollmentId enrollment = connectedTo(secondMail(), "{\"exitOnReply\": false}");

        answer("I am out of the office and back on " + wednesday() + ".");
        journey.advance(Duration.ofDays(2));
        answer("I am back earlier, tell me more.");

        assertThat(holds.until(enrollment)).isEmpty();
        assertThat(mail.count(journey.addressOf(lead))).isEqualTo(2);
    }

    @Test
    void aReceiptHoldsNothingBack() {
        EnrollmentId enrollment = connectedTo(secondMail(), "{}");

        mail.answer(
                mail.only(journey.addressOf(lead)),
                "We have received your request.",
                message -> header(message, "Auto-Submitted", "auto-replied"));
        receiving.fetchNow(mail.mailboxOf(team.seller().id()));
        journey.run();

        assertThat(holds.until(enrollment)).isEmpty();
        assertThat(journey.enrollment(enrollment).ended()).isFalse();
    }

    private static void header(jakarta.mail.internet.MimeMessage message, String name, String value) {
        try {
            message.setHeader(name, value);
        } catch (jakarta.mail.MessagingException e) {
            throw new IllegalStateException(e);
        }
    }
}
