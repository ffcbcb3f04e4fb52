package io.upnext.engine;

import io.upnext.enrollment.Completion;

/**
 * Hands a completion from our side to the task listener of the same call. What a seller wrote so never becomes a process
 * variable.
 */
final class GivenCompletion {

    private static final ThreadLocal<Completion> CURRENT = new ThreadLocal<>();

    private GivenCompletion() {}

    static void during(Completion completion, Runnable call) {
        CURRENT.set(completion);
        try {
            call.run();
        } finally {
            CURRENT.remove();
        }
    }

    static Completion current() {
        return CURRENT.get();
    }
}
