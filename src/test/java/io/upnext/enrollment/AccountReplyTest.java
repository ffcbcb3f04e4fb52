package io.upnext.enrollment;

import static org.assertj.core.api.Assertions.assertThat;

import io.upnext.enrollment.Enrollment.Reason;
import io.upnext.enrollment.Enrollment.State;
import io.upnext.messaging.Receiving;
import io.upnext.record.Records;
import io.upnext.shared.Actor;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.Principal;
import io.upnext.shared.RecordId;
import io.upnext.shared.RecordType;
import io.upnext.shared.SequenceId;
import io.upnext.testing.Api;
import io.upnext.testing.Journey;
import io.upnext.testing.Journey.SalesTeam;
import io.upnext.testing.TestMail;
import io.upnext.testing.TestUsers;
import io.upnext.testing.UpnextTest;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A reply from anybody of the account ends what runs for the others, where the sequence says so (specification §6). */
@UpnextTest
class AccountReplyTest {

    private final Journey journey;
    private final Records records;
    private final Receiving receiving;
    private final TestMail mail;
    private final Api api;
    private SalesTeam team;

    AccountReplyTest(
            @Autowired Journey journey,
            @Autowired Records records,
            @Autowired Receiving receiving,
            @Autowired TestMail mail,
            @Autowired Api api) {
        this.journey = journey;
        this.records = records;
        this.receiving = receiving;
        this.mail = mail;
        this.api = api;
    }

    @BeforeEach
    void aTeam() {
        team = journey.team();
    }

    @Test
    void a_reply_ends_the_enrollments_of_the_account_whose_sequence_asks_for_it() {
        RecordId account = record(RecordType.ACCOUNT, Map.of("name", TestUsers.next("Account")));
        RecordId replying = contact(account);
        RecordId colleague = contact(account);
        RecordId stranger = contact(record(RecordType.ACCOUNT, Map.of("name", TestUsers.next("Account"))));
        SequenceId asks = sequence(true);
        EnrollmentId first = journey.connect(team, asks, replying, colleague, stranger);
        EnrollmentId elsewhere = journey.connect(team, sequence(false), colleague);

        mail.answer(mail.only(records.find(replying).orElseThrow().text("email")), "Please call us.");
        receiving.fetchNow(mail.mailboxOf(team.seller().id()));
        journey.run();

        assertThat(journey.enrollment(first).reason()).isEqualTo(Reason.REPLIED);
        assertThat(journey.enrollment(of(asks, colleague)).reason()).isEqualTo(Reason.REPLIED);
        assertThat(journey.enrollment(of(asks, stranger)).state()).isEqualTo(State.CONNECTED);
        assertThat(journey.enrollment(elsewhere).state()).isEqualTo(State.CONNECTED);
    }

    private EnrollmentId of(SequenceId sequence, RecordId record) {
        return EnrollmentId.of(api.as(team.manager())
                .get("/sequences/" + sequence + "/enrollments?size=500")
                .body()
                .get("items")
                .valueStream()
                .filter(item -> item.at("/record/id").asText().equals(record.toString()))
                .findFirst()
                .orElseThrow()
                .get("id")
                .asText());
    }

    private RecordId contact(RecordId account) {
        return record(
                RecordType.CONTACT,
                Map.of(
                        "lastName",
                        TestUsers.next("Contact"),
                        "email",
                        TestUsers.next("contact") + "@prospects.example",
                        "account",
                        account.toString()));
    }

    private RecordId record(RecordType type, Map<String, Object> fields) {
        return records.create(type, fields, Principal.user(team.seller().id()), "ACTIVE", Actor.SYSTEM)
                .id();
    }

    private SequenceId sequence(boolean exitOnAccountReply) {
        String id = api.as(team.manager())
                .post("/sequences", """
                        {"name": "%s", "recordType": "CONTACT", "mode": "ADAPTIVE",
                         "options": {"exitOnAccountReply": %s},
                         "steps": [{"id": "intro", "type": "AUTOMATED_EMAIL", "name": "Intro", "template": "%s"},
                                   {"id": "meet", "type": "TASK", "name": "Meet"}]}
                        """.formatted(
                                TestUsers.next("Sequence"), exitOnAccountReply, journey.template(team)))
                .body()
                .get("id")
                .asText();
        var activated =
                api.as(team.manager()).post("/sequences/" + id + "/activate", Map.of("changeDescription", "first"));
        assertThat(activated.status()).as(activated.toString()).isEqualTo(200);
        return SequenceId.of(id);
    }
}
