package io.upnext.bpmn;

/** A place on the diagram, in pixels from the upper left corner. */
record Point(int x, int y) {}
