package io.upnext.bpmn;

import java.util.ArrayList;
import java.util.List;

/** One horizontal line of elements while it is being laid out; sizes in pixels. */
final class Row {

    private static final int LEAST = 30;

    /** The room needed above and below the line. */
    private int above = LEAST;

    private int below = LEAST;

    /** Where the line's elements and labels end. */
    private int right;

    /** The elements that go-tos lead to, each of which gets a channel above the row. */
    private final List<String> channels = new ArrayList<>();

    private int y;

    void needAbove(int height) {
        above = Math.max(above, height);
    }

    void needBelow(int height) {
        below = Math.max(below, height);
    }

    void needRight(int x) {
        right = Math.max(right, x);
    }

    void needChannel(String target) {
        if (!channels.contains(target)) {
            channels.add(target);
        }
    }

    /** Puts the row under what ends at {@code top} and gives back where it ends itself. */
    int settle(int top, int channelHeight) {
        y = top + channels.size() * channelHeight + above;
        return y + below;
    }

    int channelY(String target, int channelHeight) {
        return y - above - (channels.indexOf(target) + 1) * channelHeight;
    }

    int y() {
        return y;
    }

    int right() {
        return right;
    }
}
