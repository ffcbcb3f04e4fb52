package io.upnext.sequence.check;

import io.upnext.sequence.Outline;
import io.upnext.sequence.Step;

/** One place where a rule is broken, and what to do about it. */
record Finding(String step, String sentence) {

    /** About the sequence as a whole. */
    static Finding of(String sentence) {
        return new Finding(null, sentence);
    }

    /** About a step: the sentence goes on after the step's name. */
    static Finding at(Outline.Node node, String sentence) {
        return new Finding(idOf(node), nameOf(node) + " " + sentence);
    }

    private static String idOf(Outline.Node node) {
        boolean goTo = node.step() instanceof Step.GoTo;
        return goTo && node.parent() != null
                ? node.parent().step().id()
                : node.step().id();
    }

    private static String nameOf(Outline.Node node) {
        if (node.step() instanceof Step.GoTo) {
            return "The go-to at " + node.place();
        }
        String name = node.step().name();
        if (node.step().id() == null) {
            return "The step at " + node.place();
        }
        return "Step '" + node.step().id() + "'" + (name == null || name.isBlank() ? "" : " (" + name + ")");
    }
}
