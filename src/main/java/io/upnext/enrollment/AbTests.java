package io.upnext.enrollment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.upnext.enrollment.abtest.Lots;
import io.upnext.enrollment.abtest.RecipientRows.Group;
import io.upnext.enrollment.abtest.Tally;
import io.upnext.enrollment.abtest.TestRow;
import io.upnext.enrollment.abtest.TestRow.Key;
import io.upnext.enrollment.abtest.Variant;
import io.upnext.enrollment.abtest.Verdicts;
import io.upnext.security.CurrentUser;
import io.upnext.sequence.SequenceVersion;
import io.upnext.sequence.SequenceView;
import io.upnext.sequence.Sequences;
import io.upnext.sequence.Step;
import io.upnext.sequence.Versions;
import io.upnext.shared.ConflictException;
import io.upnext.shared.ForbiddenException;
import io.upnext.shared.NotFoundException;
import io.upnext.shared.SequenceId;
import io.upnext.shared.StepRunId;
import io.upnext.shared.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** The A/B tests of a sequence, as people follow and stop them. */
@Component
public class AbTests {

    private final Sequences sequences;
    private final Versions versions;
    private final StepRuns stepRuns;
    private final Lots lots;
    private final Verdicts verdicts;

    AbTests(Sequences sequences, Versions versions, StepRuns stepRuns, Lots lots, Verdicts verdicts) {
        this.sequences = sequences;
        this.versions = versions;
        this.stepRuns = stepRuns;
        this.lots = lots;
        this.verdicts = verdicts;
    }

    public enum State {
        RUNNING,
        DECIDED
    }

    /**
     * One test.
     *
     * @param winnerBy what decides
     * @param split per cent that get A
     * @param chosen the version everybody gets from now on; absent while the test runs
     * @param p how likely a difference like that at the last look is where there is none
     * @param level what p has to stay below at that look
     * @param looks how often somebody looked so far
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record View(
            SequenceId sequence,
            int version,
            StepName step,
            State state,
            Step.AbTest.Winner winnerBy,
            int split,
            Instant until,
            @JsonProperty("default") Variant byDefault,
            Side a,
            Side b,
            int looks,
            Double p,
            Double level,
            Variant chosen,
            TestRow.Decision decision,
            Instant decidedAt,
            UserId decidedBy) {

        public boolean running() {
            return state == State.RUNNING;
        }
    }

    public record StepName(String id, String name) {}

    /**
     * @param test those who got it for the test's sake
     * @param rest those who got it because it had been chosen
     * @param rate share of the delivered of the test that did what decides; null where none was delivered
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Side(String template, Tally test, Tally rest, Double rate) {}

    /**
     * @param number the version; null: the active one, or the newest
     * @throws NotFoundException where there is no such sequence or version that the user may see
     */
    public List<View> of(CurrentUser user, SequenceId id, Integer number) {
        Integer wanted = number == null ? sequences.view(user, id).version() : number;
        if (wanted == null) {
            return List.of();
        }
        SequenceVersion version = sequences.version(user, id, wanted);
        return versions.index(version.id()).all().stream()
                .filter(Step.AbTest.class::isInstance)
                .map(step -> view(version, (Step.AbTest) step))
                .toList();
    }

    private View view(SequenceVersion version, Step.AbTest step) {
        Key key = new Key(version.id(), step.id());
        Optional<TestRow> row = verdicts.find(key);
        Map<Group, Tally> tallies = verdicts.tallies(key);
        return new View(
                version.sequence(),
                version.number(),
                new StepName(step.id(), step.name() == null ? step.id() : step.name()),
                row.filter(TestRow::decided).isPresent() ? State.DECIDED : State.RUNNING,
                step.decidedBy(),
                step.share(),
                step.until(),
                step.defaultsToA() ? Variant.A : Variant.B,
                side(step, tallies, Variant.A),
                side(step, tallies, Variant.B),
                row.map(TestRow::looks).orElse(0),
                of(row, TestRow::p),
                of(row, TestRow::level),
                of(row, TestRow::winner),
                of(row, TestRow::decision),
                of(row, TestRow::decidedAt),
                of(row, TestRow::decidedBy));
    }

    private static <T> T of(Optional<TestRow> row, Function<TestRow, T> value) {
        return row.map(value).orElse(null);
    }

    private static Side side(Step.AbTest step, Map<Group, Tally> tallies, Variant variant) {
        Tally test = Verdicts.inTest(tallies, variant);
        Double rate = test.rate(step.decidedBy());
        return new Side(step.template(variant == Variant.A), test, Verdicts.rest(tallies, variant), rate);
    }

    /** The version that everybody gets, where that is decided. */
    Optional<Variant> chosen(SequenceVersion version, Step.AbTest step) {
        return verdicts.find(new Key(version.id(), step.id())).map(TestRow::winner);
    }

    /**
     * Ends a test with a person's choice; again, with the same choice, it changes nothing.
     *
     * @param number the version; null: the active one, or the newest
     * @throws ForbiddenException where the user may not change the sequence
     * @throws ConflictException where it was decided before
     */
    public View stop(CurrentUser user, SequenceId id, Integer number, String stepId, Variant pick) {
        SequenceView sequence = sequences.view(user, id);
        Integer wanted = number == null ? sequence.version() : number;
        if (wanted == null) {
            throw new ConflictException("The sequence was never active, so it tests nothing yet.");
        }
        return stop(user, sequences.version(user, id, wanted), stepId, pick);
    }

    /** As above: the test that this step run is part of. */
    public View stop(CurrentUser user, StepRunId id, Variant pick) {
        StepRun run = stepRuns.get(user, id);
        requireChange(user, run.sequence());
        if (run.type() != Step.Type.AB_TEST) {
            throw new ConflictException("The step '" + run.stepName() + "' is no A/B test.");
        }
        Key key = lots.testOf(id).orElseThrow();
        return stop(user, versions.get(key.version()), key.stepId(), pick);
    }

    /** Before all else: who may not stop it need not learn in which state it is. */
    private void requireChange(CurrentUser user, SequenceId sequence) {
        if (!sequences.visible(user, sequence) || !sequences.mayChange(user, sequence)) {
            throw new ForbiddenException("You may see this test, but not stop it; ask the owner of the sequence.");
        }
    }

    private View stop(CurrentUser user, SequenceVersion version, String stepId, Variant pick) {
        requireChange(user, version.sequence());
        Step.AbTest step = versions.index(version.id())
                .step(stepId)
                .filter(Step.AbTest.class::isInstance)
                .map(Step.AbTest.class::cast)
                .orElseThrow(() -> new NotFoundException(
                        "Version " + version.number() + " of the sequence has no A/B test '" + stepId + "'."));
        verdicts.stop(new Key(version.id(), stepId), pick, user.actor());
        return view(version, step);
    }
}
