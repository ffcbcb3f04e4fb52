package io.upnext.sequence.check;

import static io.upnext.sequence.check.Design.blank;

import io.upnext.record.Field;
import io.upnext.sequence.Step;
import io.upnext.shared.Problem;
import io.upnext.shared.filter.Filter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rules about the fields of the record: updates and filters. */
final class FieldRules {

    static final List<Rule> ALL =
            List.of(Rule.error("field-type", FieldRules::updates), Rule.error("filter-limit", FieldRules::limits));

    /** Filters know them too, but no step may change them: above all, never a record's state. */
    private static final Set<String> KEPT_BY_THE_PRODUCT = Set.of("state", "owner", "createdAt", "updatedAt");

    private FieldRules() {}

    private record Place(String step, String name, Filter filter) {}

    /** What the field catalogue says about every filter, under the catalogue's own rule ids. */
    static Stream<Problem> catalogue(Design design) {
        return filters(design)
                .flatMap(place ->
                        design.facts.filterProblems(design.recordType(), place.filter(), place.step()).stream())
                .filter(problem -> !problem.rule().equals("filter-limit"));
    }

    private static Stream<Place> filters(Design design) {
        List<Place> places = new ArrayList<>();
        if (design.saved().exitWhen() != null) {
            places.add(new Place(null, "The exit filter", design.saved().exitWhen()));
        }
        design.steps().forEach(node -> {
            Step step = node.step();
            if (step.timing().when() != null) {
                places.add(new Place(
                        step.id(),
                        "The filter of step '" + step.id() + "'",
                        step.timing().when()));
            }
            if (step instanceof Step.Condition condition && condition.test() instanceof Step.Test.Field field) {
                places.add(new Place(step.id(), "The filter of step '" + step.id() + "'", field.filter()));
            }
        });
        return places.stream();
    }

    private static Stream<Finding> limits(Design design) {
        return filters(design).flatMap(place -> limit(place.filter()).stream()
                .map(sentence -> new Finding(place.step(), place.name() + " " + sentence)));
    }

    private static Optional<String> limit(Filter filter) {
        int leaves = filter.leaves().size();
        if (leaves == 0) {
            return Optional.of("has no condition; add at least one.");
        }
        return leaves > Filter.MAX_LEAVES
                ? Optional.of("has " + leaves + " conditions; " + Filter.MAX_LEAVES + " are the most.")
                : Optional.empty();
    }

    private static Stream<Finding> updates(Design design) {
        return design.each(Step.UpdateField.class, (update, node) -> update(design, update).stream()
                .map(sentence -> Finding.at(node, sentence)));
    }

    private static Optional<String> update(Design design, Step.UpdateField update) {
        if (blank(update.field())) {
            return Optional.of("does not say which field it updates; choose one.");
        }
        boolean notOfTheFields = update.field().contains(".") || KEPT_BY_THE_PRODUCT.contains(update.field());
        Optional<Field> field =
                notOfTheFields ? Optional.empty() : design.facts.field(design.recordType(), update.field());
        if (field.isEmpty()) {
            return Optional.of("updates '" + update.field() + "', which is no field of the record type "
                    + design.recordType() + "; choose another.");
        }
        return switch (field.get().kind()) {
            case TWO_OPTION ->
                update.value() instanceof Boolean
                        ? Optional.empty()
                        : Optional.of("must set '" + update.field() + "' to true or false.");
            case OPTION_SET -> option(field.get(), update.value());
            default ->
                Optional.of("updates '" + update.field()
                        + "', which is neither a two-option nor an option-set field; choose one that is.");
        };
    }

    private static Optional<String> option(Field field, Object value) {
        List<Field.Option> options = field.options() == null ? List.of() : field.options();
        return options.stream().anyMatch(option -> option.code().equals(value))
                ? Optional.empty()
                : Optional.of("must set '" + field.name() + "' to one of its options: "
                        + options.stream().map(Field.Option::code).collect(Collectors.joining(", ")) + ".");
    }
}
