package io.upnext.sequence;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The steps of a definition in document order, each with its place. Works on anything an author may have saved:
 * missing or doubled ids, go-tos that lead nowhere, steps behind a condition.
 */
public final class Outline {

    private final List<Node> nodes = new ArrayList<>();

    private Outline() {}

    public static Outline of(Definition definition) {
        Outline outline = new Outline();
        if (definition.steps() != null) {
            outline.walk(definition.steps(), null, null, "steps");
        }
        return outline;
    }

    /** Every step and every go-to, in document order. */
    public List<Node> nodes() {
        return List.copyOf(nodes);
    }

    /** The first step with that id. */
    public Optional<Node> find(String id) {
        return nodes.stream()
                .filter(node -> id != null && id.equals(node.step().id()))
                .findFirst();
    }

    /**
     * The step a mail or call condition asks about: the one right before it; for a mail condition that begins a branch
     * of another mail condition, what that one asks about. Empty where it follows nothing of its kind.
     */
    public Optional<Node> subjectOf(Node condition) {
        if (!(condition.step() instanceof Step.Condition asking) || !(asking.onMail() || asking.onCall())) {
            return Optional.empty();
        }
        Node before = condition.before();
        if (before != null) {
            return Optional.of(before).filter(node -> answers(node.step(), asking));
        }
        boolean furtherOnSameMail = asking.onMail()
                && condition.parent() != null
                && ((Step.Condition) condition.parent().step()).onMail();
        return furtherOnSameMail ? subjectOf(condition.parent()) : Optional.empty();
    }

    private static boolean answers(Step step, Step.Condition condition) {
        if (step.type() == null) {
            return false;
        }
        return condition.onMail() ? step.type().mail() : step.type() == Step.Type.PHONE_CALL;
    }

    /**
     * Where a record may go right after a step: the next in its list, or the beginnings of both branches; a go-to stands
     * for its target, and only leads forward. What ends there is left out.
     */
    public List<Node> after(Node node) {
        List<Node> following = new ArrayList<>();
        if (node.step() instanceof Step.GoTo goTo) {
            find(goTo.target())
                    .filter(target -> target.position() > node.position())
                    .ifPresent(following::add);
            return following;
        }
        if (node.step() instanceof Step.Condition) {
            nodes.stream()
                    .filter(child -> child.parent() == node && child.index() == 0)
                    .forEach(child -> following.addAll(resolved(child)));
            return following;
        }
        if (node.next() != null) {
            following.addAll(resolved(node.next()));
        }
        return following;
    }

    private List<Node> resolved(Node node) {
        return node.step() instanceof Step.GoTo ? after(node) : List.of(node);
    }

    private void walk(List<Step> steps, Node parent, Boolean answer, String place) {
        Node before = null;
        for (int index = 0; index < steps.size(); index++) {
            Node node =
                    new Node(steps.get(index), nodes.size(), parent, answer, index, before, place + "[" + index + "]");
            nodes.add(node);
            if (before != null) {
                before.next = node;
            }
            if (node.step() instanceof Step.Condition condition) {
                walk(condition.branch(true), node, true, node.place() + ".yes");
                walk(condition.branch(false), node, false, node.place() + ".no");
            }
            before = node;
        }
    }

    /** One step at its place. Compared by identity: two steps may look the same. */
    public static final class Node {
        private final Step step;
        private final int position;
        private final Node parent;
        private final Boolean answer;
        private final int index;
        private final Node before;
        private final String place;
        private Node next;

        private Node(Step step, int position, Node parent, Boolean answer, int index, Node before, String place) {
            this.step = step;
            this.position = position;
            this.parent = parent;
            this.answer = answer;
            this.index = index;
            this.before = before;
            this.place = place;
        }

        public Step step() {
            return step;
        }

        /** Counts from 0 in document order: a condition, its Yes branch, its No branch, what follows. */
        public int position() {
            return position;
        }

        /** The condition whose branch this is in; null on the trunk. */
        public Node parent() {
            return parent;
        }

        /** Yes (true) or No branch of the parent; null on the trunk. */
        public Boolean answer() {
            return answer;
        }

        /** The place in its own list, from 0. */
        public int index() {
            return index;
        }

        /** What stands before it in the same list, or null. */
        public Node before() {
            return before;
        }

        /** What stands after it in the same list, or null. */
        public Node next() {
            return next;
        }

        /** Where it is in the JSON, such as {@code steps[3].yes[0]}. */
        public String place() {
            return place;
        }

        public boolean last() {
            return next == null;
        }
    }
}
