package io.upnext.bpmn;

import java.util.List;

/** A flow as drawn: its corners from source to target, and where its label goes (null without one). */
record Line(List<Point> corners, Box label) {

    Line down(int by) {
        List<Point> moved = corners.stream()
                .map(corner -> new Point(corner.x(), corner.y() + by))
                .toList();
        return new Line(moved, label == null ? null : label.down(by));
    }
}
