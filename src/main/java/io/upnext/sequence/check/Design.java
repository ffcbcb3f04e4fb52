package io.upnext.sequence.check;

import io.upnext.sequence.Definition;
import io.upnext.sequence.EffectiveOptions;
import io.upnext.sequence.MailFacts;
import io.upnext.sequence.Outline;
import io.upnext.sequence.Step;
import io.upnext.shared.RecordType;
import io.upnext.shared.SequenceId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A definition under examination, with what the rules ask of it again and again. */
final class Design {

    final Definition definition;
    final Outline outline;
    final EffectiveOptions options;
    final CheckFacts facts;
    /** Null where it was never saved. */
    final SequenceId self;

    private final List<Outline.Node> nodes;
    private final Map<String, Optional<MailFacts.Template>> templates = new HashMap<>();
    private final Map<String, Optional<MailFacts.Template>> textTemplates = new HashMap<>();
    private final Map<String, Optional<CheckFacts.Other>> others = new HashMap<>();

    Design(SequenceId self, Definition definition, CheckFacts facts) {
        this.self = self;
        this.definition = definition;
        this.outline = Outline.of(definition);
        this.options = EffectiveOptions.of(definition);
        this.facts = facts;
        this.nodes = outline.nodes();
    }

    /** Asked once per check, however many steps use it. */
    Optional<MailFacts.Template> template(String name) {
        return templates.computeIfAbsent(name, facts::template);
    }

    /** Asked once per check, too. */
    Optional<MailFacts.Template> textTemplate(String name) {
        return textTemplates.computeIfAbsent(name, facts::textTemplate);
    }

    /** Asked once per check, too. */
    Optional<CheckFacts.Other> sequence(String id) {
        return others.computeIfAbsent(id, facts::sequence);
    }

    RecordType recordType() {
        return definition.effectiveRecordType();
    }

    Definition.Mode mode() {
        return definition.effectiveMode();
    }

    boolean adaptive() {
        return mode() == Definition.Mode.ADAPTIVE;
    }

    Definition.Options saved() {
        return definition.options() == null ? Definition.Options.NONE : definition.options();
    }

    /** Steps and go-tos in document order. */
    List<Outline.Node> nodes() {
        return nodes;
    }

    /** Steps without the go-tos. */
    Stream<Outline.Node> steps() {
        return nodes.stream().filter(node -> node.step().type() != null);
    }

    boolean has(Predicate<Step.Type> type) {
        return steps().anyMatch(node -> type.test(node.step().type()));
    }

    /** One finding at each step of that kind of which the condition holds. */
    <S extends Step> Stream<Finding> at(Class<S> kind, Predicate<S> broken, String sentence) {
        return each(kind, (step, node) -> broken.test(step) ? Stream.of(Finding.at(node, sentence)) : Stream.empty());
    }

    Stream<Finding> at(Predicate<Outline.Node> broken, String sentence) {
        return nodes.stream().filter(broken).map(node -> Finding.at(node, sentence));
    }

    <S extends Step> Stream<Finding> each(Class<S> kind, BiFunction<S, Outline.Node, Stream<Finding>> findings) {
        return nodes.stream()
                .filter(node -> kind.isInstance(node.step()))
                .flatMap(node -> findings.apply(kind.cast(node.step()), node));
    }

    static Stream<Finding> when(boolean broken, String sentence) {
        return broken ? Stream.of(Finding.of(sentence)) : Stream.empty();
    }

    static Function<Design, Stream<Finding>> whole(Predicate<Design> broken, String sentence) {
        return design -> when(broken.test(design), sentence);
    }

    static boolean blank(String text) {
        return text == null || text.isBlank();
    }
}
