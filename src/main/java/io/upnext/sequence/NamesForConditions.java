package io.upnext.sequence;

import io.upnext.record.SequenceNames;
import io.upnext.security.CurrentUser;
import io.upnext.shared.PageQuery;
import io.upnext.shared.RecordType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** The sequences that conditions of filters offer. */
@Component
class NamesForConditions implements SequenceNames {

    private static final int MOST = 500;

    private final Sequences sequences;

    NamesForConditions(Sequences sequences) {
        this.sequences = sequences;
    }

    @Override
    public Map<String, String> of(CurrentUser user, RecordType type) {
        Map<String, String> names = new LinkedHashMap<>();
        found(user, type)
                .forEach(view -> names.put(
                        view.id().toString(),
                        Objects.requireNonNullElse(
                                view.definition().name(), view.id().toString())));
        return names;
    }

    @Override
    public Map<String, String> steps(CurrentUser user, RecordType type, String sequence) {
        return found(user, type).stream()
                .filter(view -> isCalled(view, sequence))
                .findFirst()
                .map(NamesForConditions::steps)
                .orElse(Map.of());
    }

    private static boolean isCalled(SequenceView view, String sequence) {
        return view.id().toString().equals(sequence)
                || sequence.strip().equalsIgnoreCase(view.definition().name());
    }

    /** Names may be there twice, and conditions need none: ids tell them apart. */
    private static Map<String, String> steps(SequenceView view) {
        Map<String, String> steps = new LinkedHashMap<>();
        Outline.of(view.definition()).nodes().stream()
                .map(Outline.Node::step)
                .filter(step -> step.id() != null)
                .forEach(step -> steps.put(step.id(), name(step)));
        return steps;
    }

    private static String name(Step step) {
        return step.name() == null || step.name().isBlank() ? step.id() : step.name() + " (" + step.id() + ")";
    }

    private List<SequenceView> found(CurrentUser user, RecordType type) {
        return sequences
                .list(user, new SequenceQuery(null, type, null, null), PageQuery.first(MOST))
                .items();
    }
}
