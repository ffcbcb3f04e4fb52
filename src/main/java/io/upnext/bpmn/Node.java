package io.upnext.bpmn;

import io.upnext.sequence.Step;

/** One element of the process, and the step it comes from (null for start and end). */
record Node(String id, Kind kind, String name, Step step) {

    static Node of(Step step, Kind kind) {
        return new Node(ElementIds.step(step.id()), kind, Labels.of(step), step);
    }

    /** What an element is, with the size modellers draw it in (pixels). */
    enum Kind {
        START(36, 36),
        END(36, 36),
        USER_TASK(100, 80),
        MAIL_TASK(100, 80),
        TEXT_TASK(100, 80),
        UPDATE_TASK(100, 80),
        CALL(100, 80),
        WAIT(36, 36),
        LIMIT(36, 36),
        MESSAGE(36, 36),
        DAY(36, 36),
        RUN(36, 36),
        STANDBY(36, 36),
        GATEWAY(50, 50),
        FORK(50, 50),
        EVENT_GATEWAY(50, 50);

        final int width;
        final int height;

        Kind(int width, int height) {
            this.width = width;
            this.height = height;
        }

        boolean task() {
            return width == 100;
        }

        boolean gateway() {
            return width == 50;
        }
    }
}
