package io.upnext.bpmn;

import java.util.ArrayList;
import java.util.List;

/** Draws the flows of a layout with right angles. */
final class Router {

    /** How far before its target a flow joins the others that lead there. */
    private static final int JOIN = 25;

    private static final int BESIDE = 6;

    /** The room that the mark of a flow taken otherwise needs next to its gateway. */
    private static final int MARK = 12;

    /** What the label of a flow out at the bottom of a gateway needs there. */
    static final int ROOM_BELOW_GATEWAY = MARK + Lettering.LINE;

    private final Layout layout;

    Router(Layout layout) {
        this.layout = layout;
    }

    Line draw(Flow flow) {
        Box source = layout.box(flow.from());
        Point target = flow.jump() == null ? layout.box(flow.to()).leftSide() : layout.turn(flow.jump());
        List<Point> corners = new ArrayList<>();
        switch (flow.route()) {
            case ALONG -> corners.add(source.rightSide());
            case OVER -> over(corners, source.top(), layout.overY(flow.from()), target);
            case DOWN -> corners.addAll(List.of(source.foot(), new Point(source.centreX(), target.y())));
            case ASIDE -> aside(corners, source.rightSide(), target);
        }
        if (flow.jump() == null) {
            corners.add(target);
        } else {
            jump(corners, flow.jump());
        }
        return new Line(List.copyOf(corners), label(flow, source));
    }

    private static void over(List<Point> corners, Point top, int y, Point target) {
        corners.add(top);
        corners.add(new Point(top.x(), y));
        corners.add(new Point(target.x() - JOIN, y));
        corners.add(new Point(target.x() - JOIN, target.y()));
    }

    private static void aside(List<Point> corners, Point right, Point target) {
        corners.add(right);
        corners.add(new Point(target.x() - JOIN, right.y()));
        corners.add(new Point(target.x() - JOIN, target.y()));
    }

    private void jump(List<Point> corners, Chain.Jump jump) {
        Box target = layout.box(jump.target());
        int x = layout.descentX(jump);
        int y = layout.channelY(jump);
        corners.add(new Point(x, layout.turn(jump).y()));
        corners.add(new Point(x, y));
        corners.add(new Point(target.centreX(), y));
        corners.add(target.top());
    }

    private static Box label(Flow flow, Box source) {
        if (flow.name() == null) {
            return null;
        }
        int width = Lettering.width(flow.name());
        int line = Lettering.LINE;
        int mark = flow.otherwise() ? MARK : 0;
        return switch (flow.route()) {
            case ALONG, ASIDE -> new Box(source.right() + BESIDE + mark, source.centreY() - line - 4, width, line);
            case OVER -> new Box(source.centreX() - BESIDE - width, source.y() - line - 2, width, line);
            case DOWN -> new Box(source.centreX() + BESIDE, source.bottom() + mark, width, line);
        };
    }
}
