package io.upnext.engine;

/**
 * Says to the automated steps that this thread comes to that a person does them. It holds for one call only: what has to
 * last is the user task that the step then opens.
 */
final class ManualTurn {

    private static final ThreadLocal<Boolean> ON = new ThreadLocal<>();

    private ManualTurn() {}

    static boolean isOn() {
        return ON.get() != null;
    }

    static void during(Runnable call) {
        ON.set(Boolean.TRUE);
        try {
            call.run();
        } finally {
            ON.remove();
        }
    }
}
