package io.upnext.shared;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** Identifies days off of an organisation; in JSON a string. */
public record CompanyHolidayId(UUID value) {

    /** A new id; ids sort by the time they were made (UUID version 7). */
    public static CompanyHolidayId next() {
        return new CompanyHolidayId(Ids.next());
    }

    /** @throws IllegalArgumentException where the text is no id */
    @JsonCreator
    public static CompanyHolidayId of(String text) {
        return new CompanyHolidayId(UUID.fromString(text));
    }

    @Override
    @JsonValue
    public String toString() {
        return value.toString();
    }
}
