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

    /** Every bean that any compiled process names. */
    public static final Set<String> ALL = Set.of(MAIL_STEP, TEXT_STEP, UPDATE_FIELD_STEP, WAITS, CONDITIONS, ADVANCES);

    static final String SEND_MAIL = "${mailStep}";
    static final String SEND_TEXT = "${textStep}";
    static final String UPDATE_FIELD = "${updateFieldStep}";
    static final String WAIT_UNTIL = "${waits.until(execution)}";
    static final String YES = "${conditions.yes(execution)}";
    static final String NO = "${conditions.no(execution)}";
    static final String LIMIT = "${conditions.limit(execution)}";
    static final String ADVANCE_TARGET = "${advances.target(execution)}";
    static final String ADVANCE_VERSION = "${advances.version(execution)}";
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
            BUSINESS_KEY);

    private Beans() {}
}
