package io.upnext.enrollment.abtest;

import io.upnext.enrollment.abtest.RecipientRows.Group;
import io.upnext.enrollment.abtest.TestRow.Decision;
import io.upnext.enrollment.abtest.TestRow.Key;
import io.upnext.messaging.Outbox;
import io.upnext.security.AuditLog;
import io.upnext.sequence.SequenceVersion;
import io.upnext.sequence.Step;
import io.upnext.sequence.Versions;
import io.upnext.shared.Actor;
import io.upnext.shared.ConflictException;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Decides A/B tests, each once: whoever does it holds the test's row. From then on everybody gets the winner, also those
 * whose mail has not left yet.
 */
@Component
public class Verdicts {

    private final TestRows tests;
    private final RecipientRows recipients;
    private final Versions versions;
    private final Outbox outbox;
    private final AuditLog audit;
    private final Clock clock;

    Verdicts(TestRows tests, RecipientRows recipients, Versions versions, Outbox outbox, AuditLog audit, Clock clock) {
        this.tests = tests;
        this.recipients = recipients;
        this.versions = versions;
        this.outbox = outbox;
        this.audit = audit;
        this.clock = clock;
    }

    public Optional<TestRow> find(Key key) {
        return tests.find(key);
    }

    public Map<Group, Tally> tallies(Key key) {
        return recipients.tallies(key);
    }

    /** Those who got the version for the test's sake. */
    public static Tally inTest(Map<Group, Tally> tallies, Variant variant) {
        return tallies.getOrDefault(new Group(variant, true), Tally.NONE);
    }

    /** Those who got the version without being part of the test. */
    public static Tally rest(Map<Group, Tally> tallies, Variant variant) {
        return tallies.getOrDefault(new Group(variant, false), Tally.NONE);
    }

    /** Looks at a test if it is time to, and decides it where the difference is clear or its end has come. */
    @Transactional
    public void look(Key key) {
        Step.AbTest step = step(key);
        TestRow test = lock(key, step);
        if (test.decided()) {
            return;
        }
        Instant now = clock.instant();
        boolean last = step.until() != null && !step.until().isAfter(now);
        Evidence evidence = evidence(key, step.decidedBy());
        boolean clear = Looks.due(evidence, test.looks(), test.happenedThen(), last) && isClear(test, evidence);
        if (clear) {
            decide(key, step, evidence.ahead(), Decision.SIGNIFICANT, Actor.SYSTEM);
        } else if (last) {
            decide(key, step, step.defaultsToA() ? Variant.A : Variant.B, Decision.DEFAULT, Actor.SYSTEM);
        }
    }

    private boolean isClear(TestRow test, Evidence evidence) {
        double level = Looks.level(test.looks() + 1);
        double p = evidence.test().p(evidence.happenedA());
        tests.looked(test.key(), evidence, p, level);
        return p <= level;
    }

    private Evidence evidence(Key key, Step.AbTest.Winner by) {
        Map<Group, Tally> tallies = recipients.tallies(key);
        Tally a = inTest(tallies, Variant.A);
        Tally b = inTest(tallies, Variant.B);
        return new Evidence(a.delivered(), a.happened(by), b.delivered(), b.happened(by));
    }

    /**
     * A person ends the test with their own choice. Choosing again what was chosen changes nothing.
     *
     * @throws ConflictException where it was decided otherwise before
     */
    @Transactional
    public void stop(Key key, Variant pick, Actor by) {
        Step.AbTest step = step(key);
        TestRow test = lock(key, step);
        if (!test.decided()) {
            decide(key, step, pick, Decision.STOPPED, by);
        } else if (test.winner() != pick || test.decision() != Decision.STOPPED) {
            throw new ConflictException("The test of the step '" + step.name() + "' is decided already: everybody gets "
                    + test.winner() + ".");
        }
    }

    private void decide(Key key, Step.AbTest step, Variant winner, Decision decision, Actor by) {
        tests.decide(key, winner, decision, by.user(), clock.instant());
        recipients.turn(outbox.useTemplate(recipients.unsent(key), step.template(winner == Variant.A)), winner);
        SequenceVersion version = versions.get(key.version());
        audit.add(
                by,
                "sequence.abTest",
                "sequence:" + version.sequence(),
                null,
                Map.of("version", version.number(), "step", key.stepId(), "winner", winner, "decision", decision));
    }

    private TestRow lock(Key key, Step.AbTest step) {
        return tests.lock(key, versions.get(key.version()).sequence(), step);
    }

    private Step.AbTest step(Key key) {
        return (Step.AbTest) versions.index(key.version()).step(key.stepId()).orElseThrow();
    }
}
