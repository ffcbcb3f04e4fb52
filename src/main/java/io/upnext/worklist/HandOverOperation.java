package io.upnext.worklist;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.upnext.enrollment.StepRun;
import io.upnext.enrollment.StepRuns;
import io.upnext.operation.OperationKind;
import io.upnext.operation.Operations.Result;
import io.upnext.security.CurrentUser;
import io.upnext.security.Users;
import io.upnext.sequence.Sequences;
import io.upnext.shared.ConflictException;
import io.upnext.shared.Principal;
import io.upnext.shared.SequenceId;
import io.upnext.shared.StepRunId;
import io.upnext.shared.UserId;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Hands steps and sequences over, in the background. The items are {@code step:<id>} and {@code sequence:<id>}. */
@Component
class HandOverOperation implements OperationKind {

    static final String KIND = "hand-over";
    static final String STEP = "step:";
    static final String SEQUENCE = "sequence:";

    private final StepActions actions;
    private final StepRuns stepRuns;
    private final Sequences sequences;
    private final Users users;
    private final ObjectMapper json;

    HandOverOperation(StepActions actions, StepRuns stepRuns, Sequences sequences, Users users, ObjectMapper json) {
        this.actions = actions;
        this.stepRuns = stepRuns;
        this.sequences = sequences;
        this.users = users;
        this.json = json;
    }

    /** @param to as {@link Principal#of} reads it */
    record Argument(UserId from, String to) {}

    @Override
    public String kind() {
        return KIND;
    }

    /** What is refused takes its transaction with it, so each item has one of its own. */
    @Override
    public int chunkSize() {
        return 1;
    }

    /** A refusal is thrown: the worker rolls the item back and keeps its sentence. */
    @Override
    public List<Result> run(Chunk chunk, Map<String, Long> counts) {
        CurrentUser user = users.asCaller(chunk.by());
        Argument argument = json.convertValue(chunk.argument(), Argument.class);
        for (String item : chunk.items()) {
            if (item.startsWith(SEQUENCE)) {
                giveSequence(user, SequenceId.of(item.substring(SEQUENCE.length())), argument);
                counts.merge("sequences", 1L, Long::sum);
            } else {
                giveStep(user, StepRunId.of(item.substring(STEP.length())), argument);
                counts.merge("steps", 1L, Long::sum);
            }
        }
        return chunk.items().stream().map(Result::ok).toList();
    }

    private void giveStep(CurrentUser user, StepRunId id, Argument argument) {
        StepRun run = stepRuns.get(user, id);
        if (run.isOpen() && !Principal.user(argument.from()).equals(run.assignee())) {
            throw new ConflictException("The step '" + run.stepName() + "' has been given to somebody else meanwhile.");
        }
        actions.handOver(user, id, argument.to());
    }

    private void giveSequence(CurrentUser user, SequenceId id, Argument argument) {
        if (!sequences.get(user, id).owner().equals(argument.from())) {
            throw new ConflictException("The sequence has been given to somebody else meanwhile.");
        }
        sequences.give(user, id, new UserId(Principal.of(argument.to()).id()));
    }
}
