package io.upnext.bpmn;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Places the elements of an outline from left to right. A Yes goes straight on, a No begins a row of its own below
 * everything that Yes leads to; so every row holds one chain, nothing crosses, and to the right of its end a row is
 * empty, which is where go-tos get down.
 */
final class Layout {

    static final int MARGIN = 120;
    static final int CHANNEL = 16;

    private static final int TOP = 80;
    private static final int GAP = 60;
    private static final int AFTER_GATEWAY = 80;
    private static final int BETWEEN_ROWS = 24;
    private static final int LABEL_DISTANCE = 4;
    /** From the line of a row to the foot of a gateway's label, which stands to the upper right of the gateway. */
    private static final int GATEWAY_LABEL = 26;

    private final Map<String, Place> places = new LinkedHashMap<>();
    private final Map<Chain.Jump, Place> jumps = new HashMap<>();
    private final List<Row> rows = new ArrayList<>();
    private int bottom;

    private Layout() {}

    /** Left edge, row, and how far below the row's line its centre is. */
    private record Place(Node node, int x, int row, int drop) {}

    static Layout of(Outline outline) {
        Layout layout = new Layout();
        layout.chain(outline.chain(), MARGIN, layout.newRow());
        layout.jumps.keySet().forEach(jump -> layout.rowOf(jump.target()).needChannel(jump.target()));
        layout.settleRows();
        return layout;
    }

    /** The bounds of an element. */
    Box box(String id) {
        Place place = places.get(id);
        Node.Kind kind = place.node().kind();
        int y = rows.get(place.row()).y() + place.drop() - kind.height / 2;
        return new Box(place.x(), y, kind.width, kind.height);
    }

    /** Where a go-to turns off its row. */
    Point turn(Chain.Jump jump) {
        Place place = jumps.get(jump);
        return new Point(place.x(), rows.get(place.row()).y());
    }

    /** Right of everything between the row of a go-to and the row it leads to; no two go-tos share it. */
    int descentX(Chain.Jump jump) {
        int from = jumps.get(jump).row();
        int to = places.get(jump.target()).row();
        int right = rows.subList(from, to).stream().mapToInt(Row::right).max().orElseThrow();
        return right + (jumps.size() - jump.number()) * CHANNEL;
    }

    /** The height above the target's row at which a go-to reaches it. */
    int channelY(Chain.Jump jump) {
        return rowOf(jump.target()).channelY(jump.target(), CHANNEL);
    }

    /** The height at which a flow passes over a gateway's label. */
    int overY(String gateway) {
        return box(gateway).centreY() - over(places.get(gateway).node());
    }

    /** Where the label of an element goes; null where it has none outside of itself. */
    Box label(Node node) {
        if (node.kind().task() || Lettering.height(node.name()) == 0) {
            return null;
        }
        Box box = box(node.id());
        int height = Lettering.height(node.name());
        return node.kind().gateway()
                ? new Box(box.centreX() + 8, box.centreY() - GATEWAY_LABEL - height, Lettering.WIDTH, height)
                : below(box, node.name());
    }

    static Box below(Box box, String text) {
        return new Box(
                box.centreX() - Lettering.WIDTH / 2,
                box.bottom() + LABEL_DISTANCE,
                Lettering.WIDTH,
                Lettering.height(text));
    }

    /** Below everything. */
    int bottom() {
        return bottom;
    }

    private void chain(Chain chain, int left, int row) {
        int x = left;
        for (Node node : chain.nodes()) {
            x = put(node, x, row) + GAP;
        }
        if (chain.tail() instanceof Chain.End end) {
            put(end.node(), x, row);
        } else if (chain.tail() instanceof Chain.Jump jump) {
            jumps.put(jump, new Place(null, x, row, 0));
            rows.get(row).needRight(x);
        } else if (chain.tail() instanceof Chain.Fork fork) {
            int branches = fork(fork, x, row);
            chain(fork.yes(), branches, row);
            chain(fork.no(), branches, newRow());
        }
    }

    /** Places what a condition itself consists of and gives back where its branches begin. */
    private int fork(Chain.Fork fork, int x, int row) {
        if (fork instanceof Chain.AtOnce atOnce) {
            int waiting = put(atOnce.gateway(), x, row) + AFTER_GATEWAY;
            int events = put(atOnce.waiting(), waiting, row) + GAP;
            rows.get(row).needAbove(over(atOnce.gateway()));
            put(atOnce.limit(), events, row, dropBelow(atOnce.happened()));
            return put(atOnce.happened(), events, row) + GAP;
        }
        if (fork instanceof Chain.AtLimit atLimit) {
            int limit = put(atLimit.sent(), x, row) + AFTER_GATEWAY;
            int gateway = put(atLimit.limit(), limit, row) + GAP;
            return put(atLimit.gateway(), gateway, row) + AFTER_GATEWAY;
        }
        return put(fork.gateway(), x, row) + AFTER_GATEWAY;
    }

    private static int over(Node gateway) {
        return Math.max(50, GATEWAY_LABEL + Lettering.height(gateway.name()) + 8);
    }

    private static int dropBelow(Node event) {
        int half = event.kind().height / 2;
        return Math.max(80, half + LABEL_DISTANCE + Lettering.height(event.name()) + 16 + half);
    }

    private int put(Node node, int x, int row) {
        return put(node, x, row, 0);
    }

    /** Gives back the right edge. */
    private int put(Node node, int x, int row, int drop) {
        places.put(node.id(), new Place(node, x, row, drop));
        Node.Kind kind = node.kind();
        int half = kind.height / 2;
        int label = kind.task() || node.name() == null ? 0 : Lettering.height(node.name());
        Row line = rows.get(row);
        line.needAbove(kind.gateway() ? Math.max(half, GATEWAY_LABEL + label) : half);
        line.needBelow(drop + half + (kind.gateway() ? Router.ROOM_BELOW_GATEWAY : LABEL_DISTANCE + label));
        line.needRight(x + kind.width + (kind.task() ? 0 : Lettering.WIDTH));
        return x + kind.width;
    }

    private int newRow() {
        rows.add(new Row());
        return rows.size() - 1;
    }

    private Row rowOf(String id) {
        return rows.get(places.get(id).row());
    }

    private void settleRows() {
        bottom = TOP;
        for (Row row : rows) {
            bottom = row.settle(bottom + BETWEEN_ROWS, CHANNEL);
        }
    }
}
