package io.upnext.bpmn;

import java.util.List;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.BpmnModelElementInstance;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnDiagram;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnEdge;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnLabel;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnPlane;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnShape;
import org.camunda.bpm.model.bpmn.instance.dc.Bounds;
import org.camunda.bpm.model.bpmn.instance.di.Waypoint;

/** Writes a layout into a model, as BPMN diagram interchange. */
final class DiagramWriter {

    private final BpmnModelInstance model;
    private final BpmnPlane plane;

    private DiagramWriter(BpmnModelInstance model, String processId) {
        this.model = model;
        BpmnDiagram diagram = model.newInstance(BpmnDiagram.class, "diagram");
        model.getDefinitions().addChildElement(diagram);
        plane = model.newInstance(BpmnPlane.class, "plane");
        plane.setBpmnElement(element(processId));
        diagram.setBpmnPlane(plane);
    }

    static void write(BpmnModelInstance model, String processId, Outline outline, List<Flow> flows) {
        DiagramWriter writer = new DiagramWriter(model, processId);
        Layout layout = Layout.of(outline);
        Router router = new Router(layout);
        outline.nodes().forEach(node -> writer.node(node, layout));
        flows.forEach(flow -> writer.edge(flow.id(), router.draw(flow)));
        writer.exit(new Exit(Layout.MARGIN, layout.bottom()));
    }

    private void node(Node node, Layout layout) {
        BpmnShape shape = shape(node.id(), layout.box(node.id()), layout.label(node));
        if (node.kind() == Node.Kind.GATEWAY) {
            shape.setMarkerVisible(true);
        }
    }

    private void exit(Exit exit) {
        shape(ElementIds.EXIT, exit.frame(), null).setExpanded(true);
        shape(ElementIds.EXIT_REQUESTED, exit.requested(), Layout.below(exit.requested(), Exit.REQUESTED));
        shape(ElementIds.EXIT_DONE, exit.done(), Layout.below(exit.done(), Exit.DONE));
        edge(Exit.FLOW.id(), exit.line());
    }

    private BpmnShape shape(String id, Box box, Box label) {
        BpmnShape shape = model.newInstance(BpmnShape.class, ElementIds.drawn(id));
        shape.setBpmnElement(element(id));
        plane.addChildElement(shape);
        shape.setBounds(bounds(box));
        if (label != null) {
            shape.setBpmnLabel(label(label));
        }
        return shape;
    }

    private void edge(String id, Line line) {
        BpmnEdge edge = model.newInstance(BpmnEdge.class, ElementIds.drawn(id));
        edge.setBpmnElement(element(id));
        plane.addChildElement(edge);
        line.corners().forEach(corner -> edge.addChildElement(waypoint(corner)));
        if (line.label() != null) {
            edge.setBpmnLabel(label(line.label()));
        }
    }

    private BpmnLabel label(Box box) {
        BpmnLabel label = anonymous(BpmnLabel.class);
        label.setBounds(bounds(box));
        return label;
    }

    private Bounds bounds(Box box) {
        Bounds bounds = anonymous(Bounds.class);
        bounds.setX(box.x());
        bounds.setY(box.y());
        bounds.setWidth(box.width());
        bounds.setHeight(box.height());
        return bounds;
    }

    private Waypoint waypoint(Point point) {
        Waypoint waypoint = anonymous(Waypoint.class);
        waypoint.setX(point.x());
        waypoint.setY(point.y());
        return waypoint;
    }

    private <T extends BpmnModelElementInstance> T anonymous(Class<T> type) {
        T element = model.newInstance(type);
        element.removeAttribute("id");
        return element;
    }

    private BaseElement element(String id) {
        return model.getModelElementById(id);
    }
}
