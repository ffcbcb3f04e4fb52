package io.upnext.sequence;

import io.upnext.shared.filter.Filter;

/** The options of a sequence with every default of the specification filled in. */
public record EffectiveOptions(
        boolean exitOnReply,
        boolean exitOnUnsubscribe,
        boolean exitOnBounce,
        boolean exitOnAccountReply,
        boolean exitWhenDone,
        boolean skipDuplicateAddresses,
        Filter exitWhen,
        Definition.Reentry reentry,
        Definition.Window window) {

    private static final Definition.Reentry ALWAYS = new Definition.Reentry(Definition.Reentry.Kind.ALWAYS, null);

    /** The exits on mail are on by default where there is a mail step to answer. */
    public static EffectiveOptions of(Definition definition) {
        boolean mail = Outline.of(definition).nodes().stream()
                .map(node -> node.step().type())
                .anyMatch(type -> type != null && type.mail());
        Definition.Options chosen = definition.options() == null ? Definition.Options.NONE : definition.options();
        return new EffectiveOptions(
                or(chosen.exitOnReply(), mail),
                or(chosen.exitOnUnsubscribe(), mail),
                or(chosen.exitOnBounce(), mail),
                or(chosen.exitOnAccountReply(), false),
                or(chosen.exitWhenDone(), true),
                or(chosen.skipDuplicateAddresses(), true),
                chosen.exitWhen(),
                chosen.reentry() == null || chosen.reentry().kind() == null ? ALWAYS : chosen.reentry(),
                chosen.window());
    }

    /** The same, taking each address once. */
    public EffectiveOptions withoutDuplicateAddresses() {
        return new EffectiveOptions(
                exitOnReply,
                exitOnUnsubscribe,
                exitOnBounce,
                exitOnAccountReply,
                exitWhenDone,
                true,
                exitWhen,
                reentry,
                window);
    }

    private static boolean or(Boolean chosen, boolean otherwise) {
        return chosen == null ? otherwise : chosen;
    }
}
