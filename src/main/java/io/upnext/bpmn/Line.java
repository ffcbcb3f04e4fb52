package io.upnext.bpmn;

import java.util.List;

/** A flow as drawn: its corners from source to target, and where its label goes (null without one). */
record Line(List<Point> corners, Box label) {}
