package io.upnext.sequence.web;

import io.upnext.security.CurrentUser;
import io.upnext.sequence.Outline;
import io.upnext.sequence.Sequence;
import io.upnext.sequence.Sequences;
import io.upnext.sequence.Step;
import io.upnext.shared.SequenceId;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The names of the sequences that an outline's steps advance to. */
final class AdvanceTargets {

    private AdvanceTargets() {}

    /** By their ids as written; those the user may not see, or that are no ids, are left out. */
    static Map<String, String> names(Sequences sequences, CurrentUser user, Outline outline) {
        Set<SequenceId> targets =
                outline.nodes().stream().flatMap(node -> target(node.step())).collect(Collectors.toSet());
        return sequences.findAll(targets).values().stream()
                .filter(sequence -> sequences.visible(user, sequence.id()))
                .collect(Collectors.toMap(sequence -> sequence.id().toString(), Sequence::name));
    }

    private static Stream<SequenceId> target(Step step) {
        try {
            return step instanceof Step.Advance advance && advance.sequence() != null
                    ? Stream.of(SequenceId.of(advance.sequence()))
                    : Stream.empty();
        } catch (IllegalArgumentException noId) {
            return Stream.empty();
        }
    }
}
