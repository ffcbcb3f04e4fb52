package io.upnext.enrollment;

import static org.assertj.core.api.Assertions.assertThat;

import io.upnext.messaging.Receiving;
import io.upnext.messaging.Suppressions;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.RecordId;
import io.upnext.testing.Journey;
import io.upnext.testing.Journey.SalesTeam;
import io.upnext.testing.TestMail;
import io.upnext.testing.TestMail.Received;
import io.upnext.testing.UpnextTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@UpnextTest
class ComplaintTest {

    @Autowired
    private Journey journey;

    @Autowired
    private TestMail mail;

    @Autowired
    private Receiving receiving;

    @Autowired
    private Suppressions suppressions;

    @Test
    void whoComplainsGetsNoMoreMail() {
        SalesTeam team = journey.team();
        RecordId lead = journey.lead(team);

        EnrollmentId enrollment = reported(team, lead, "abuse");

        assertThat(suppressions.contains(journey.addressOf(lead))).isTrue();
        assertThat(journey.enrollment(enrollment).reason()).isEqualTo(Enrollment.Reason.UNSUBSCRIBED);
    }

    /** Such a report is a server's about a signature that broke on the way (RFC 6591): nobody has complained. */
    @Test
    void aReportThatAuthenticationFailedEndsNothing() {
        SalesTeam team = journey.team();
        RecordId lead = journey.lead(team);

        EnrollmentId enrollment = reported(team, lead, "auth-failure");

        assertThat(suppressions.contains(journey.addressOf(lead))).isFalse();
        assertThat(journey.enrollment(enrollment).state()).isEqualTo(Enrollment.State.CONNECTED);
    }

    private EnrollmentId reported(SalesTeam team, RecordId lead, String kind) {
        EnrollmentId enrollment =
                journey.connect(team, journey.sequence(team, """
                [{"id": "intro", "type": "AUTOMATED_EMAIL", "name": "Intro", "template": "%s"},
                 {"id": "pause", "type": "WAIT", "name": "Pause", "days": 1},
                 {"id": "call", "type": "TASK", "name": "Call"}]
                """.formatted(journey.template(team))), lead);

        mail.deliver(team.seller().user().email(), complaint(mail.only(journey.addressOf(lead)), kind));
        receiving.fetchNow(mail.mailboxOf(team.seller().id()));
        journey.run();
        return enrollment;
    }

    /** As the provider of the recipient reports it (RFC 5965). */
    private static String complaint(Received about, String kind) {
        return String.join(
                "\r\n",
                "From: <abuse@provider.example>",
                "To: " + about.from(),
                "Subject: FW: " + about.subject(),
                "Message-ID: <complaint-" + about.messageId().substring(1),
                "MIME-Version: 1.0",
                "Content-Type: multipart/report; report-type=feedback-report; boundary=b",
                "",
                "--b",
                "Content-Type: text/plain",
                "",
                "This is an email abuse report.",
                "--b",
                "Content-Type: message/feedback-report",
                "",
                "Feedback-Type: " + kind,
                "User-Agent: Provider/1.0",
                "Version: 1",
                "",
                "--b",
                "Content-Type: message/rfc822",
                "",
                "Message-ID: " + about.messageId(),
                "From: " + about.from(),
                "To: " + about.to(),
                "Subject: " + about.subject(),
                "",
                "Hello",
                "--b--",
                "");
    }
}
