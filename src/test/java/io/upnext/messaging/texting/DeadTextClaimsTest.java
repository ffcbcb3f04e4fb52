package io.upnext.messaging.texting;

import static org.assertj.core.api.Assertions.assertThat;

import io.upnext.enrollment.StepRun;
import io.upnext.enrollment.StepRuns;
import io.upnext.messaging.TextGateway;
import io.upnext.operation.Workers;
import io.upnext.security.Settings;
import io.upnext.shared.Actor;
import io.upnext.shared.EnrollmentId;
import io.upnext.testing.Journey;
import io.upnext.testing.Journey.SalesTeam;
import io.upnext.testing.TestTexts;
import io.upnext.testing.UpnextTest;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A process that dies between its claim and the answer: the text is uncertain and never sent again by itself. */
@UpnextTest
class DeadTextClaimsTest {

    /** The number of a process that is no more: nobody holds its lock. */
    private static final int DEAD = 4711;

    private final Journey journey;
    private final TestTexts texts;
    private final StepRuns stepRuns;
    private final TextClaiming claiming;
    private final TextGateway gateway;
    private final SentTexts sentTexts;
    private final DeadTextClaims deadClaims;
    private final Settings settings;
    private final Workers workers;
    private EnrollmentId enrollment;
    private String number;

    DeadTextClaimsTest(
            @Autowired Journey journey,
            @Autowired TestTexts texts,
            @Autowired StepRuns stepRuns,
            @Autowired TextClaiming claiming,
            @Autowired TextGateway gateway,
            @Autowired SentTexts sentTexts,
            @Autowired DeadTextClaims deadClaims,
            @Autowired Settings settings,
            @Autowired Workers workers) {
        this.journey = journey;
        this.texts = texts;
        this.stepRuns = stepRuns;
        this.claiming = claiming;
        this.gateway = gateway;
        this.sentTexts = sentTexts;
        this.deadClaims = deadClaims;
        this.settings = settings;
        this.workers = workers;
    }

    @BeforeEach
    void aQueuedText() {
        texts.works();
        SalesTeam team = journey.team();
        number = TestTexts.number();
        String steps = "[{\"id\": \"text\", \"type\": \"AUTOMATED_TEXT\", \"name\": \"Text\", \"template\": \"%s\"}]"
                .formatted(texts.template(team.manager(), "Hello"));
        settings.set(Actor.SYSTEM, "sendingStopped", true);
        enrollment = journey.connect(team, journey.sequence(team, steps), journey.lead(team, Map.of("mobile", number)));
    }

    @AfterEach
    void sendingGoesOn() {
        settings.set(Actor.SYSTEM, "sendingStopped", null);
        workers.drain();
        texts.takenAway();
    }

    private ClaimedText claimed() {
        return claiming.claim(DEAD, null).claimed();
    }

    private void send(ClaimedText text) {
        gateway.send(new TextGateway.Message(text.id(), text.to(), text.text(), "https://upnext.test/callback"));
    }

    private void restOfTheWorldGoesOn() {
        deadClaims.runOnce();
        settings.set(Actor.SYSTEM, "sendingStopped", null);
        workers.drain();
    }

    @Test
    void dyingBeforeTheRequestIsUncertainAndSendsNothing() {
        claimed();

        restOfTheWorldGoesOn();

        assertThat(texts.to(number)).isEmpty();
        assertThat(run().cause()).startsWith("Delivery uncertain");
    }

    @Test
    void dyingAfterTheRequestIsUncertainAndSendsNothingTwice() {
        send(claimed());

        restOfTheWorldGoesOn();
        restOfTheWorldGoesOn();

        assertThat(texts.to(number)).hasSize(1);
        assertThat(run().cause()).startsWith("Delivery uncertain");
    }

    @Test
    void aProcessOnlyTakenForDeadStillSaysThatItSent() {
        ClaimedText text = claimed();
        deadClaims.runOnce();
        send(text);

        sentTexts.record(text, new TextGateway.Outcome.Accepted("SM" + number.substring(1)), DEAD);
        restOfTheWorldGoesOn();

        assertThat(texts.to(number)).hasSize(1);
        assertThat(run().state()).isEqualTo(StepRun.State.DONE);
    }

    private StepRun run() {
        return stepRuns.of(enrollment).get(0);
    }
}
