package io.upnext.sequence.web;

import io.upnext.sequence.Definition;
import io.upnext.sequence.Step;
import java.util.List;
import java.util.Set;

/** The step types the designer offers; those of later releases come in through JSON only. */
final class StepTypes {

    static final List<Step.Type> OFFERED = List.of(
            Step.Type.EMAIL,
            Step.Type.AUTOMATED_EMAIL,
            Step.Type.AB_TEST,
            Step.Type.PHONE_CALL,
            Step.Type.TASK,
            Step.Type.TEXT_MESSAGE,
            Step.Type.AUTOMATED_TEXT,
            Step.Type.LINKEDIN_RESEARCH,
            Step.Type.LINKEDIN_INTRODUCTION,
            Step.Type.LINKEDIN_CONNECT,
            Step.Type.LINKEDIN_INMAIL,
            Step.Type.WAIT,
            Step.Type.CONDITION,
            Step.Type.UPDATE_FIELD,
            Step.Type.ADVANCE);

    private static final Set<Step.Type> ADAPTIVE_ONLY = Set.of(Step.Type.WAIT, Step.Type.CONDITION);

    /** Those a sequence of the mode may have. */
    static List<Step.Type> offered(Definition.Mode mode) {
        return OFFERED.stream()
                .filter(type -> mode == Definition.Mode.ADAPTIVE || !ADAPTIVE_ONLY.contains(type))
                .toList();
    }

    private StepTypes() {}
}
