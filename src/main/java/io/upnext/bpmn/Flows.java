package io.upnext.bpmn;

import io.upnext.bpmn.Flow.Route;
import java.util.ArrayList;
import java.util.List;

/** The sequence flows between the elements of an outline, in document order. */
final class Flows {

    private static final String YES = "Yes";
    private static final String NO = "No";

    private final List<Flow> flows = new ArrayList<>();

    private Flows() {}

    static List<Flow> of(Outline outline) {
        Flows flows = new Flows();
        flows.chain(outline.chain());
        return flows.flows;
    }

    private void chain(Chain chain) {
        List<Node> nodes = chain.nodes();
        for (int i = 0; i < nodes.size(); i++) {
            Chain rest = new Chain(nodes.subList(i + 1, nodes.size()), chain.tail());
            next(nodes.get(i), rest, null, Route.ALONG);
        }
        if (chain.tail() instanceof Chain.Fork fork) {
            fork(fork);
            chain(fork.yes());
            chain(fork.no());
        }
    }

    private void fork(Chain.Fork fork) {
        if (fork instanceof Chain.Decision decision) {
            decision(decision);
        } else if (fork instanceof Chain.AtOnce atOnce) {
            atOnce(atOnce);
        } else if (fork instanceof Chain.AtLimit atLimit) {
            atLimit(atLimit);
        }
    }

    private void decision(Chain.Decision fork) {
        String step = step(fork);
        opened(ElementIds.yes(step), fork.gateway(), fork.yes(), YES, Beans.YES, Route.ALONG);
        otherwise(ElementIds.no(step), fork.gateway(), fork.no(), NO, Route.DOWN);
    }

    private void atOnce(Chain.AtOnce fork) {
        String step = step(fork);
        opened(ElementIds.yes(step), fork.gateway(), fork.yes(), YES, Beans.YES, Route.OVER);
        opened(ElementIds.refused(step), fork.gateway(), fork.no(), NO, Beans.NO, Route.DOWN);
        otherwise(ElementIds.open(step), fork.gateway(), single(fork.waiting()), null, Route.ALONG);
        String happened = fork.happened().id();
        String limit = fork.limit().id();
        add(ElementIds.until(happened), fork.waiting(), single(fork.happened()), null, null, false, Route.ALONG);
        add(ElementIds.until(limit), fork.waiting(), single(fork.limit()), null, null, false, Route.DOWN);
        next(fork.happened(), fork.yes(), YES, Route.ALONG);
        next(fork.limit(), fork.no(), NO, Route.ASIDE);
    }

    private void atLimit(Chain.AtLimit fork) {
        String step = step(fork);
        opened(ElementIds.refused(step), fork.sent(), fork.no(), NO, Beans.NO, Route.DOWN);
        otherwise(ElementIds.open(step), fork.sent(), single(fork.limit()), YES, Route.ALONG);
        next(fork.limit(), single(fork.gateway()), null, Route.ALONG);
        opened(ElementIds.yes(step), fork.gateway(), fork.yes(), YES, Beans.YES, Route.ALONG);
        otherwise(ElementIds.no(step), fork.gateway(), fork.no(), NO, Route.DOWN);
    }

    private static String step(Chain.Fork fork) {
        return fork.gateway().step().id();
    }

    private static Chain single(Node node) {
        return new Chain(List.of(node), null);
    }

    private void next(Node from, Chain to, String name, Route route) {
        add(ElementIds.next(from.id()), from, to, name, null, false, route);
    }

    private void opened(String id, Node from, Chain to, String name, String condition, Route route) {
        add(id, from, to, name, condition, false, route);
    }

    private void otherwise(String id, Node from, Chain to, String name, Route route) {
        add(id, from, to, name, null, true, route);
    }

    private void add(String id, Node from, Chain to, String name, String condition, boolean otherwise, Route route) {
        Chain.Jump jump = to.nodes().isEmpty() && to.tail() instanceof Chain.Jump onward ? onward : null;
        flows.add(new Flow(id, from.id(), to.entry(), name, condition, otherwise, route, jump));
    }
}
