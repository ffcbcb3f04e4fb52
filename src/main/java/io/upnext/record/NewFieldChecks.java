package io.upnext.record;

import io.upnext.record.Field.Kind;
import io.upnext.record.Field.Option;
import io.upnext.shared.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What a custom field and its options must look like. */
final class NewFieldChecks {

    /** No dot, since that separates the parts of a path. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,59}");

    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,59}");
    private static final int LABEL_LENGTH = 100;
    private static final int MAX_OPTIONS = 1000;

    private NewFieldChecks() {}

    static List<Problem> check(Field field) {
        List<Problem> problems = new ArrayList<>();
        if (field.name() == null || !NAME.matcher(field.name()).matches()) {
            problems.add(Problem.error(
                    "field-name",
                    "A field's name starts with a letter and has letters, digits and '_' only, at most 60."));
        }
        if (field.kind() == null) {
            problems.add(
                    Problem.error("field-kind", "A field needs a kind: TEXT, NUMBER, DATE, TWO_OPTION or OPTION_SET."));
        }
        if (!isLabel(field.label())) {
            problems.add(
                    Problem.error("field-label", "A field needs a label of at most " + LABEL_LENGTH + " characters."));
        }
        if (!field.labels().entrySet().stream().allMatch(e -> e.getKey().length() <= 10 && isLabel(e.getValue()))) {
            problems.add(Problem.error(
                    "field-label",
                    "'labels' gives a label of at most " + LABEL_LENGTH + " characters by language, such as de."));
        }
        if (field.kind() != Kind.OPTION_SET
                && field.options() != null
                && !field.options().isEmpty()) {
            problems.add(Problem.error("field-options", "Only an OPTION_SET has options."));
        }
        if (field.kind() == Kind.OPTION_SET && field.options() != null) {
            problems.addAll(checkOptions(field.options()));
        }
        return problems;
    }

    static List<Problem> checkOptions(List<Option> options) {
        List<Problem> problems = new ArrayList<>();
        if (options.size() > MAX_OPTIONS) {
            problems.add(Problem.error("field-options", "At most " + MAX_OPTIONS + " options at once."));
        }
        Set<String> codes = new HashSet<>();
        for (Option option : options) {
            if (option.code() == null || !CODE.matcher(option.code()).matches()) {
                problems.add(Problem.error(
                        "option-code",
                        "An option's code has letters, digits, '_', '-' and '.' only, at most 60: "
                                + Texts.shorten(String.valueOf(option.code()))));
            } else if (!codes.add(option.code().toLowerCase(Locale.ROOT))) {
                problems.add(Problem.error("option-code", "The option '" + option.code() + "' stands there twice."));
            }
            if (!isLabel(option.label())) {
                problems.add(Problem.error(
                        "option-label",
                        "The option '" + Texts.shorten(String.valueOf(option.code())) + "' needs a label of at most "
                                + LABEL_LENGTH + " characters."));
            }
        }
        return problems;
    }

    private static boolean isLabel(String label) {
        return label != null && !label.isBlank() && label.length() <= LABEL_LENGTH && Texts.isStorable(label);
    }
}
