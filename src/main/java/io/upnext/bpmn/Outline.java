package io.upnext.bpmn;

import io.upnext.sequence.Definition;
import io.upnext.sequence.Step;
import java.util.ArrayList;
import java.util.List;

/** The elements of a process as the tree its sequence is, in a stable order; begins with the start event. */
record Outline(Chain chain) {

    /** @param definition one without {@link Refusals} */
    static Outline of(Definition definition) {
        return new Outline(new Builder().start(definition.steps()));
    }

    /** What a step other than a condition becomes. */
    static Node.Kind kind(Step.Type type) {
        return Builder.kind(type);
    }

    private static final class Builder {

        private int ends;
        private int jumps;

        Chain start(List<Step> steps) {
            Chain chain = chain(steps);
            List<Node> nodes = new ArrayList<>(chain.nodes());
            nodes.add(0, new Node(ElementIds.START, Node.Kind.START, "Connected", null));
            return new Chain(nodes, chain.tail());
        }

        private Chain chain(List<Step> steps) {
            List<Node> nodes = new ArrayList<>();
            if (steps == null) {
                return new Chain(nodes, end("Completed"));
            }
            for (Step step : steps) {
                if (step instanceof Step.Condition condition) {
                    return new Chain(nodes, fork(condition));
                }
                if (step instanceof Step.GoTo goTo) {
                    return new Chain(nodes, new Chain.Jump(jumps++, ElementIds.step(goTo.target())));
                }
                nodes.add(Node.of(step, kind(step.type())));
            }
            boolean advanced = !steps.isEmpty() && steps.get(steps.size() - 1) instanceof Step.Advance;
            return new Chain(nodes, end(advanced ? "Advanced" : "Completed"));
        }

        private Chain.End end(String name) {
            ends++;
            String id = ends == 1 ? ElementIds.END : ElementIds.END + "-" + ends;
            return new Chain.End(new Node(id, Node.Kind.END, name, null));
        }

        private Chain.Fork fork(Step.Condition condition) {
            Node gateway = Node.of(condition, Node.Kind.GATEWAY);
            Chain yes = chain(condition.yes());
            Chain no = chain(condition.no());
            if (!(condition.test() instanceof Step.Test.Mail mail)) {
                return new Chain.Decision(gateway, yes, no);
            }
            String id = condition.id();
            Node limit = new Node(
                    ElementIds.limit(id), Node.Kind.LIMIT, "After " + Labels.time(condition.within()), condition);
            if (condition.decide() == Step.Condition.Decide.AT_LIMIT) {
                Node sent = new Node(ElementIds.sent(id), Node.Kind.GATEWAY, "Mail sent?", condition);
                return new Chain.AtLimit(sent, limit, gateway, yes, no);
            }
            Node waiting = new Node(ElementIds.waiting(id), Node.Kind.EVENT_GATEWAY, null, condition);
            Node happened = new Node(ElementIds.happened(id), Node.Kind.MESSAGE, Labels.happened(mail), condition);
            return new Chain.AtOnce(gateway, waiting, happened, limit, yes, no);
        }

        private static Node.Kind kind(Step.Type type) {
            return switch (type) {
                case AUTOMATED_EMAIL, AB_TEST -> Node.Kind.MAIL_TASK;
                case AUTOMATED_TEXT -> Node.Kind.TEXT_TASK;
                case UPDATE_FIELD -> Node.Kind.UPDATE_TASK;
                case ADVANCE -> Node.Kind.CALL;
                case WAIT -> Node.Kind.WAIT;
                default -> Node.Kind.USER_TASK;
            };
        }
    }

    /** Every element in document order. */
    List<Node> nodes() {
        List<Node> nodes = new ArrayList<>();
        collect(chain, nodes);
        return nodes;
    }

    private static void collect(Chain chain, List<Node> nodes) {
        nodes.addAll(chain.nodes());
        if (chain.tail() instanceof Chain.End end) {
            nodes.add(end.node());
        } else if (chain.tail() instanceof Chain.Fork fork) {
            nodes.addAll(fork.nodes());
            collect(fork.yes(), nodes);
            collect(fork.no(), nodes);
        }
    }
}
