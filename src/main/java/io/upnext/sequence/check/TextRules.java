package io.upnext.sequence.check;

import static io.upnext.sequence.check.Design.blank;
import static io.upnext.sequence.check.Design.when;

import io.upnext.sequence.MailFacts;
import io.upnext.sequence.Outline;
import io.upnext.sequence.Step;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Rules about text messages: their templates, and that somebody carries those which go out by themselves. */
final class TextRules {

    static final List<Rule> ALL = List.of(
            Rule.error("template-missing", design -> each(design, TextRules::missing)),
            Rule.error("template-language", design -> each(design, TextRules::language)),
            Rule.error("template-placeholder", design -> each(design, TextRules::placeholders)),
            Rule.error(
                    "text-gateway",
                    design -> when(
                            design.has(type -> type == Step.Type.AUTOMATED_TEXT) && !design.facts.textGatewayWorks(),
                            "Automated texts need a working text gateway; an administrator sets it up.")));

    private TextRules() {}

    private interface Sentences {

        Stream<String> about(Design design, Step.Text step);
    }

    private static Stream<Finding> each(Design design, Sentences sentences) {
        return design.each(Step.Text.class, (Step.Text step, Outline.Node node) -> sentences
                .about(design, step)
                .map(sentence -> Finding.at(node, sentence)));
    }

    private static Stream<String> missing(Design design, Step.Text step) {
        if (blank(step.template())) {
            return step.type() == Step.Type.AUTOMATED_TEXT
                    ? Stream.of("has no template; an automated text needs one.")
                    : Stream.empty();
        }
        return template(design, step).isPresent()
                ? Stream.empty()
                : Stream.of("uses the text template '" + step.template() + "', which does not exist; choose another.");
    }

    private static Stream<String> language(Design design, Step.Text step) {
        return template(design, step).stream()
                .filter(template -> step.language() != null
                        && !template.languages().contains(step.language().toLowerCase(Locale.ROOT)))
                .map(template -> "asks for the language '" + step.language() + "', in which the text template '"
                        + template.name() + "' does not exist; write it or choose another language.");
    }

    private static Stream<String> placeholders(Design design, Step.Text step) {
        return template(design, step).stream().flatMap(template -> template.placeholders().stream()
                .sorted()
                .filter(placeholder -> !Placeholders.exists(design, placeholder))
                .map(placeholder -> "uses the text template '" + template.name() + "', whose placeholder {{"
                        + placeholder + "}} does not exist for the record type " + design.recordType()
                        + "; correct it or give it a fallback."));
    }

    private static Optional<MailFacts.Template> template(Design design, Step.Text step) {
        return blank(step.template()) ? Optional.empty() : design.textTemplate(step.template());
    }
}
