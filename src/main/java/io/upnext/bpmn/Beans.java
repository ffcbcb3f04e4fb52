package io.upnext.bpmn;

import java.util.Set;

/**
 * The names a compiled process may call upon, and the expressions in which it does. They are constants: nothing a user
 * wrote is ever part of one.
 */
public final class Beans {

    public static final String MAIL_STEP = "mailStep";
    public static final String TEXT_STEP = "textStep";
    public static final String UPDATE_FIELD_STEP = "updateFieldStep";
    public static final String WAITS = "waits";
    public static final String CONDITIONS = "conditions";
    public static final String ADVANCES = "advances";
    public static final String SCHEDULE = "schedule";

    /** Every bean that any compiled process names. */
    public static final Set<String> ALL =
            Set.of(MAIL_STEP, TEXT_STEP, UPDATE_FIELD_STEP, WAITS, CONDITIONS, ADVANCES, SCHEDULE);

    static final String SEND_MAIL = "${mailStep}";
    static final String SEND_TEXT = "${textStep}";
    static final String UPDATE_FIELD = "${updateFieldStep}";
    static final String WAIT_UNTIL = "${waits.until(execution)}";
    static final String YES = "${conditions.yes(execution)}";
    static final String NO = "${conditions.no(execution)}";
    static final String LIMIT = "${conditions.limit(execution)}";
    static final String ADVANCE_TARGET = "${advances.target(execution)}";
    static final String ADVANCE_VERSION = "${advances.version(execution)}";
    static final String DAY = "${schedule.day(execution)}";
    static final String RUN = "${schedule.run(execution)}";
    static final String HOLDS = "${schedule.holds(execution)}";
    static final String READY = "${schedule.ready(execution)}";
    static final String TURN = "${schedule.turn(execution)}";
    static final String LEFT = "${schedule.left(execution)}";
    static final String BUSINESS_KEY = "#{execution.processBusinessKey}";

    /** Every expression that may occur in a compiled process. */
    public static final Set<String> EXPRESSIONS = Set.of(
            SEND_MAIL,
            SEND_TEXT,
            UPDATE_FIELD,
            WAIT_UNTIL,
            YES,
            NO,
            LIMIT,
            ADVANCE_TARGET,
            ADVANCE_VERSION,
            DAY,
            RUN,
            HOLDS,
            READY,
            TURN,
            LEFT,
            BUSINESS_KEY);

    private Beans() {}
}
