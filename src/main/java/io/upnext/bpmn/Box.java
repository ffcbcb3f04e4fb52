package io.upnext.bpmn;

/** A rectangle on the diagram, in pixels from the upper left corner. */
record Box(int x, int y, int width, int height) {

    static Box centredAt(int centreX, int centreY, int width, int height) {
        return new Box(centreX - width / 2, centreY - height / 2, width, height);
    }

    int right() {
        return x + width;
    }

    int bottom() {
        return y + height;
    }

    int centreX() {
        return x + width / 2;
    }

    int centreY() {
        return y + height / 2;
    }

    Point leftSide() {
        return new Point(x, centreY());
    }

    Point rightSide() {
        return new Point(right(), centreY());
    }

    Point top() {
        return new Point(centreX(), y);
    }

    Point foot() {
        return new Point(centreX(), bottom());
    }

    Box down(int by) {
        return new Box(x, y + by, width, height);
    }
}
