package io.upnext.enrollment.audience;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * When an audience of an Adaptive sequence is looked at.
 *
 * @param at local time such as {@code 09:00}; of {@code DAILY} only
 * @param timeZone of {@code at}; null takes the organisation's on saving
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record When(Kind kind, String at, String timeZone) {

    public enum Kind {
        DAILY,
        ON_CHANGE
    }
}
