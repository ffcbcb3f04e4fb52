package io.upnext.shared;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * One thing that is wrong: the id of the rule, how bad it is, the step it concerns (or null) and a sentence that says
 * what to do.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(String rule, Severity severity, String step, String message) {

    public enum Severity {
        ERROR,
        WARNING
    }

    public static Problem error(String rule, String step, String message) {
        return new Problem(rule, Severity.ERROR, step, message);
    }

    public static Problem error(String rule, String message) {
        return error(rule, null, message);
    }

    public static Problem warning(String rule, String step, String message) {
        return new Problem(rule, Severity.WARNING, step, message);
    }
}
