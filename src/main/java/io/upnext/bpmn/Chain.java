package io.upnext.bpmn;

import java.util.List;

/** A list of steps as elements one after another, and what stands at its end. */
record Chain(List<Node> nodes, Tail tail) {

    /** The element a flow into this chain leads to. */
    String entry() {
        return nodes.isEmpty() ? tail.entry() : nodes.get(0).id();
    }

    /** Whether a flow into this chain leads straight on to a step elsewhere. */
    boolean onlyJumps() {
        return nodes.isEmpty() && tail instanceof Jump;
    }

    /** How a chain ends. */
    sealed interface Tail {
        String entry();
    }

    record End(Node node) implements Tail {
        @Override
        public String entry() {
            return node.id();
        }
    }

    /** Goes on at an element of another chain further below; {@code number} tells equal ones apart. */
    record Jump(int number, String target) implements Tail {
        @Override
        public String entry() {
            return target;
        }
    }

    /** A condition with its branches. */
    sealed interface Fork extends Tail {
        Node gateway();

        Chain yes();

        Chain no();

        /** The elements of the condition itself that stand before its branches. */
        List<Node> nodes();
    }

    /** Decided the moment it is reached. */
    record Decision(Node gateway, Chain yes, Chain no) implements Fork {
        @Override
        public String entry() {
            return gateway.id();
        }

        @Override
        public List<Node> nodes() {
            return List.of(gateway);
        }
    }

    /** Waits until it happens or the time is up; {@code limit} is drawn below {@code happened}. */
    record AtOnce(Node gateway, Node waiting, Node happened, Node limit, Chain yes, Chain no) implements Fork {
        @Override
        public String entry() {
            return gateway.id();
        }

        @Override
        public List<Node> nodes() {
            return List.of(gateway, waiting, happened, limit);
        }
    }

    /** Waits for the end of the time and decides then. */
    record AtLimit(Node sent, Node limit, Node gateway, Chain yes, Chain no) implements Fork {
        @Override
        public String entry() {
            return sent.id();
        }

        @Override
        public List<Node> nodes() {
            return List.of(sent, limit, gateway);
        }
    }
}
