package io.upnext.bpmn;

/** What the event subprocess that ends an enrollment consists of. */
final class Exit {

    static final Flow FLOW = new Flow(
            ElementIds.next(ElementIds.EXIT_REQUESTED),
            ElementIds.EXIT_REQUESTED,
            ElementIds.EXIT_DONE,
            null,
            null,
            false,
            Flow.Route.ALONG,
            null);

    private Exit() {}
}
