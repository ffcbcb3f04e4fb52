package io.upnext.bpmn;

/**
 * One sequence flow.
 *
 * @param condition the expression that opens it, or null
 * @param otherwise taken where no condition of the same gateway holds
 * @param route how it is drawn
 * @param jump the go-to it follows, or null
 */
record Flow(
        String id,
        String from,
        String to,
        String name,
        String condition,
        boolean otherwise,
        Route route,
        Chain.Jump jump) {

    /** How a flow gets from its source to its target in the drawing. */
    enum Route {
        /** Out on the right and straight on. */
        ALONG,
        /** Out at the top, over what lies between, down just before the target. */
        OVER,
        /** Out at the bottom, down to the line of the target, then along it. */
        DOWN,
        /** Out on the right and down just before the target. */
        ASIDE
    }
}
