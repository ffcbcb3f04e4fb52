package io.upnext.bpmn;

import static org.camunda.bpm.model.bpmn.impl.BpmnModelConstants.BPMNDI_NS;
import static org.camunda.bpm.model.bpmn.impl.BpmnModelConstants.DC_NS;
import static org.camunda.bpm.model.bpmn.impl.BpmnModelConstants.DI_NS;

import org.camunda.bpm.model.bpmn.BpmnModelInstance;

/** Writes a layout into a model, as BPMN diagram interchange. */
final class DiagramWriter {

    private final Tag plane;

    private DiagramWriter(Tag plane) {
        this.plane = plane;
    }

    static void write(BpmnModelInstance model, String processId, Drawing drawing) {
        Tag definitions = new Tag(model.getDefinitions().getDomElement());
        Tag plane = definitions
                .add(BPMNDI_NS, "BPMNDiagram")
                .id("diagram")
                .add(BPMNDI_NS, "BPMNPlane")
                .id("plane");
        DiagramWriter writer = new DiagramWriter(plane.set("bpmnElement", processId));
        drawing.nodes().forEach(node -> writer.node(node, drawing));
        drawing.flows().forEach(flow -> writer.edge(flow.id(), drawing.lines().get(flow.id())));
        writer.exit(new Exit(Layout.MARGIN, drawing.bottom()));
    }

    private void node(Node node, Drawing drawing) {
        Tag shape = shape(
                node.id(), drawing.boxes().get(node.id()), drawing.labels().get(node.id()));
        if (node.kind() == Node.Kind.GATEWAY) {
            shape.set("isMarkerVisible", true);
        }
    }

    private void exit(Exit exit) {
        shape(ElementIds.EXIT, exit.frame(), null).set("isExpanded", true);
        shape(ElementIds.EXIT_REQUESTED, exit.requested(), Layout.below(exit.requested(), Exit.REQUESTED));
        shape(ElementIds.EXIT_DONE, exit.done(), Layout.below(exit.done(), Exit.DONE));
        edge(Exit.FLOW.id(), exit.line());
    }

    private Tag shape(String id, Box box, Box label) {
        Tag shape = plane.add(BPMNDI_NS, "BPMNShape").id(ElementIds.drawn(id)).set("bpmnElement", id);
        bounds(shape, box);
        label(shape, label);
        return shape;
    }

    private void edge(String id, Line line) {
        Tag edge = plane.add(BPMNDI_NS, "BPMNEdge").id(ElementIds.drawn(id)).set("bpmnElement", id);
        for (Point corner : line.corners()) {
            edge.add(DI_NS, "waypoint").set("x", pixels(corner.x())).set("y", pixels(corner.y()));
        }
        label(edge, line.label());
    }

    private static void label(Tag drawn, Box box) {
        if (box != null) {
            bounds(drawn.add(BPMNDI_NS, "BPMNLabel"), box);
        }
    }

    private static void bounds(Tag drawn, Box box) {
        drawn.add(DC_NS, "Bounds")
                .set("x", pixels(box.x()))
                .set("y", pixels(box.y()))
                .set("width", pixels(box.width()))
                .set("height", pixels(box.height()));
    }

    private static Double pixels(int count) {
        return (double) count;
    }
}
