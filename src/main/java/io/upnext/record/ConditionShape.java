package io.upnext.record;

import io.upnext.record.Field.Kind;
import io.upnext.shared.filter.Filter.Op;

/** Which inputs the value of a condition is chosen with. */
enum ConditionShape {
    NOTHING,
    TEXT,
    /** Several texts, one a line. */
    LINES,
    NUMBER,
    NUMBERS,
    DATE,
    DATES,
    DAYS,
    CHOICE,
    CHOICES,
    /** A state of one sequence, or of any. */
    STATE,
    /** A step of one sequence, or of any. */
    STEP;

    static ConditionShape of(Field field, Op op, boolean choices) {
        return switch (op) {
            case IS_EMPTY, IS_NOT_EMPTY -> NOTHING;
            case IN_LAST_DAYS -> DAYS;
            case BETWEEN -> field.kind() == Kind.NUMBER ? NUMBERS : DATES;
            case IN, NOT_IN -> choices ? CHOICES : LINES;
            default -> single(field, op, choices);
        };
    }

    private static ConditionShape single(Field field, Op op, boolean choices) {
        if (SequenceFields.asksForState(field.name())) {
            return STATE;
        }
        if (SequenceFields.asksForStep(field.name())) {
            return STEP;
        }
        if (choices && (op == Op.EQUALS || op == Op.NOT_EQUALS)) {
            return CHOICE;
        }
        return field.kind() == Kind.NUMBER ? NUMBER : field.kind() == Kind.DATE ? DATE : TEXT;
    }

    boolean hasPair() {
        return this == NUMBERS || this == DATES;
    }
}
