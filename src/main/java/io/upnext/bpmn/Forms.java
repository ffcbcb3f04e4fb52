package io.upnext.bpmn;

import io.upnext.sequence.Step;
import java.util.Set;

/** The forms of the manual steps, as Tasklist shows them; the newest deployed one counts. */
public final class Forms {

    public static final String EMAIL = "upnext-email";
    public static final String PHONE_CALL = "upnext-phone-call";
    public static final String TASK = "upnext-task";
    public static final String TEXT_MESSAGE = "upnext-text-message";
    public static final String LINKED_IN = "upnext-linkedin";

    public static final Set<String> ALL = Set.of(EMAIL, PHONE_CALL, TASK, TEXT_MESSAGE, LINKED_IN);

    private Forms() {}

    /** The id of the form of a manual step. */
    static String of(Step.Type type) {
        return switch (type) {
            case EMAIL -> EMAIL;
            case PHONE_CALL -> PHONE_CALL;
            case TASK -> TASK;
            case TEXT_MESSAGE -> TEXT_MESSAGE;
            case LINKEDIN_RESEARCH, LINKEDIN_INTRODUCTION, LINKEDIN_CONNECT, LINKEDIN_INMAIL -> LINKED_IN;
            default -> throw new IllegalArgumentException(type + " has no form");
        };
    }
}
