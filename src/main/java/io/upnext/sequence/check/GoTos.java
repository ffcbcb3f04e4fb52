package io.upnext.sequence.check;

import io.upnext.sequence.Outline;
import io.upnext.sequence.Step;
import java.util.List;
import java.util.Optional;

/** Where a go-to may stand and lead to; the check and the form that offers its targets ask the same. */
public final class GoTos {

    private GoTos() {}

    /** The steps that a go-to at its place may lead to, in document order; none where no go-to may stand there. */
    public static List<Step> targets(Outline outline, Outline.Node goTo) {
        return endsBranch(goTo)
                ? outline.nodes().stream()
                        .filter(node -> outline.find(node.step().id()).orElse(null) == node)
                        .filter(node -> liesFurtherOn(goTo, node) && !asksAboutWhatIsBefore(node))
                        .map(Outline.Node::step)
                        .toList()
                : List.of();
    }

    /** What is wrong with the go-to at its place. */
    static Optional<String> mistake(Outline outline, Step.GoTo goTo, Outline.Node node) {
        if (!endsBranch(node)) {
            return Optional.of("is not the last of a branch; move it there or take it out.");
        }
        Optional<Outline.Node> target = outline.find(goTo.target());
        if (target.isEmpty()) {
            return Optional.of("leads to '" + goTo.target() + "', which does not exist; choose a step.");
        }
        if (!liesFurtherOn(node, target.get())) {
            return Optional.of("leads back to '" + goTo.target() + "'; choose a step that lies further on.");
        }
        return asksAboutWhatIsBefore(target.get())
                ? Optional.of("leads to '" + goTo.target() + "', which asks about the mail or call right before it;"
                        + " choose another step.")
                : Optional.empty();
    }

    private static boolean endsBranch(Outline.Node goTo) {
        return goTo.last() && goTo.parent() != null;
    }

    private static boolean liesFurtherOn(Outline.Node goTo, Outline.Node target) {
        return target.position() > goTo.position();
    }

    private static boolean asksAboutWhatIsBefore(Outline.Node target) {
        return target.step() instanceof Step.Condition condition && (condition.onMail() || condition.onCall());
    }
}
