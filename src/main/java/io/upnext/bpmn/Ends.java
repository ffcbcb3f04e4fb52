package io.upnext.bpmn;

/** The end events of one process, and where a record stays that is kept for steps to come. */
final class Ends {

    private int count;

    Node next(String name) {
        count++;
        String id = count == 1 ? ElementIds.END : ElementIds.END + "-" + count;
        return new Node(id, Node.Kind.END, name, null);
    }

    Node standby() {
        return new Node(ElementIds.STANDBY, Node.Kind.STANDBY, "Waits for new steps", null);
    }
}
