package io.upnext.bpmn;

import java.util.List;

/** The event subprocess that ends an enrollment, drawn with its upper left corner here. */
record Exit(int x, int y) {

    static final String REQUESTED = "Exit requested";
    static final String DONE = "Ended";

    static final Flow FLOW = new Flow(
            ElementIds.next(ElementIds.EXIT_REQUESTED),
            ElementIds.EXIT_REQUESTED,
            ElementIds.EXIT_DONE,
            null,
            null,
            false,
            Flow.Route.ALONG,
            null);

    private static final int EVENT = 36;

    Box frame() {
        return new Box(x, y + 40, 300, 140);
    }

    Box requested() {
        return Box.centredAt(x + 75, y + 105, EVENT, EVENT);
    }

    Box done() {
        return Box.centredAt(x + 225, y + 105, EVENT, EVENT);
    }

    Line line() {
        return new Line(List.of(requested().rightSide(), done().leftSide()), null);
    }
}
