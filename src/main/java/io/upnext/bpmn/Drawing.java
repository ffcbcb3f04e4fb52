package io.upnext.bpmn;

import io.upnext.sequence.Definition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A sequence as the elements and flows of a process, and where each of them goes on the diagram.
 *
 * @param boxes by the element's id
 * @param labels of elements that have one outside of themselves
 * @param lines by the flow's id
 * @param bottom below everything, in pixels
 */
record Drawing(
        List<Node> nodes,
        List<Flow> flows,
        Map<String, Box> boxes,
        Map<String, Box> labels,
        Map<String, Line> lines,
        int bottom) {

    /** @param definition one without {@link Refusals} */
    static Drawing of(Definition definition) {
        return switch (definition.effectiveMode()) {
            case ADAPTIVE -> ofTree(Outline.of(definition));
            case CLASSIC -> ClassicDrawing.of(definition);
            case SMART -> SmartDrawing.of(definition);
        };
    }

    private static Drawing ofTree(Outline outline) {
        List<Node> nodes = outline.nodes();
        List<Flow> flows = Flows.of(outline);
        Layout layout = Layout.of(outline);
        Router router = new Router(layout);
        Map<String, Box> boxes = new LinkedHashMap<>();
        Map<String, Box> labels = new LinkedHashMap<>();
        Map<String, Line> lines = new LinkedHashMap<>();
        for (Node node : nodes) {
            boxes.put(node.id(), layout.box(node.id()));
            Box label = layout.label(node);
            if (label != null) {
                labels.put(node.id(), label);
            }
        }
        flows.forEach(flow -> lines.put(flow.id(), router.draw(flow)));
        return new Drawing(nodes, flows, boxes, labels, lines, layout.bottom());
    }
}
