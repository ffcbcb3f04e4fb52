package io.upnext.sequence;

import com.fasterxml.jackson.annotation.JsonInclude;

/** A length of time as written in a definition: calendar days and hours; either may be absent. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Span(Integer days, Integer hours) {

    public int wholeDays() {
        return days == null ? 0 : days;
    }

    public int wholeHours() {
        return hours == null ? 0 : hours;
    }
}
