package io.upnext.security;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.upnext.shared.CompanyHolidayId;
import io.upnext.shared.OwnHoliday;
import java.time.LocalDate;

/**
 * Days on which the organisation does not work, whatever its country does.
 *
 * @param to the last one; the first one where it is only one
 * @param everyYear also in every later year
 */
public record CompanyHoliday(CompanyHolidayId id, String name, LocalDate from, LocalDate to, boolean everyYear) {

    @JsonIgnore
    public OwnHoliday days() {
        return new OwnHoliday(from, to, everyYear);
    }
}
