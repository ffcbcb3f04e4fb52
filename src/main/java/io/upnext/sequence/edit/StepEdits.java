package io.upnext.sequence.edit;

import io.upnext.sequence.Definition;
import io.upnext.sequence.Outline;
import io.upnext.sequence.Step;
import io.upnext.shared.NotFoundException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Adds, replaces, removes and moves the steps of a definition. */
public final class StepEdits {

    private StepEdits() {}

    /** @throws NotFoundException where no step stands there */
    public static Step at(Definition definition, Place place) {
        List<Step> list = steps(definition);
        Step step = null;
        for (Place.Turn turn : place.turns()) {
            if (turn.answer() != null) {
                list = step instanceof Step.Condition condition ? condition.branch(turn.answer()) : List.of();
            }
            if (turn.index() >= list.size()) {
                throw new NotFoundException("There is no step at this place any more; reload the page.");
            }
            step = list.get(turn.index());
        }
        return step;
    }

    /** Puts a step where the place says; what stands there and after it moves down. */
    public static Definition insert(Definition definition, Place place, Step step) {
        return inList(definition, place, (list, index) -> list.add(Math.min(index, list.size()), step));
    }

    /** Puts another step in the place of one. */
    public static Definition replace(Definition definition, Place place, Step step) {
        at(definition, place);
        return inList(definition, place, (list, index) -> list.set(index, step));
    }

    /** Takes a step out, with its branches. */
    public static Definition remove(Definition definition, Place place) {
        at(definition, place);
        return inList(definition, place, (list, index) -> list.remove((int) index));
    }

    /** Swaps a step with the one before it (up) or after it; at the end of its list it stays. */
    public static Definition move(Definition definition, Place place, boolean up) {
        at(definition, place);
        return inList(definition, place, (list, index) -> {
            int other = up ? index - 1 : index + 1;
            if (other >= 0 && other < list.size()) {
                list.set(index, list.set(other, list.get(index)));
            }
        });
    }

    /** An id for a new step that the definition does not have yet: made of its name, else of its type. */
    public static String freeId(Definition definition, Step.Type type, String name) {
        String base = Optional.ofNullable(name).orElse("").toLowerCase(java.util.Locale.ROOT);
        base = base.replaceAll("[^a-z0-9]+", "-").replaceAll("^[^a-z]+|-+$", "");
        if (base.isEmpty()) {
            base = type.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
        base = base.substring(0, Math.min(base.length(), 32));
        Outline outline = Outline.of(definition);
        String id = base;
        for (int number = 2; outline.find(id).isPresent(); number++) {
            id = base + "-" + number;
        }
        return id;
    }

    private interface ListEdit {
        void apply(List<Step> list, Integer index);
    }

    private static Definition inList(Definition definition, Place place, ListEdit edit) {
        return definition.withSteps(edited(steps(definition), place.turns(), edit));
    }

    private static List<Step> edited(List<Step> steps, List<Place.Turn> turns, ListEdit edit) {
        List<Step> list = new ArrayList<>(steps);
        int index = turns.get(0).index();
        if (turns.size() == 1) {
            edit.apply(list, index);
            return List.copyOf(list);
        }
        if (index >= list.size() || !(list.get(index) instanceof Step.Condition condition)) {
            throw new NotFoundException("There is no condition at this place any more; reload the page.");
        }
        List<Place.Turn> rest = turns.subList(1, turns.size());
        UnaryOperator<List<Step>> change = branch -> edited(branch, rest, edit);
        list.set(index, branched(condition, rest.get(0).answer(), change));
        return List.copyOf(list);
    }

    private static Step branched(Step.Condition condition, boolean answer, UnaryOperator<List<Step>> change) {
        List<Step> changed = change.apply(condition.branch(answer));
        return new Step.Condition(
                condition.id(),
                condition.name(),
                condition.description(),
                condition.timing(),
                condition.test(),
                condition.within(),
                condition.decide(),
                answer ? changed : condition.yes(),
                answer ? condition.no() : changed);
    }

    private static List<Step> steps(Definition definition) {
        return definition.steps() == null ? List.of() : definition.steps();
    }
}
