package io.upnext.record;

import io.upnext.shared.Principal;
import io.upnext.shared.RecordId;
import io.upnext.shared.RecordType;
import io.upnext.shared.UnitId;
import java.time.Instant;
import java.util.Map;

/**
 * A lead, opportunity, contact or account.
 *
 * @param fields by field name: text as String, number as BigDecimal, date as ISO text, two-option as Boolean, option
 *     set as its code; an empty field is absent. {@code account} and {@code contact} hold record ids as text.
 */
public record CrmRecord(
        RecordId id,
        RecordType type,
        String state,
        Principal owner,
        UnitId unit,
        String name,
        Map<String, Object> fields,
        Instant createdAt,
        Instant updatedAt,
        long version) {

    /** The field as text, or null where it is empty. */
    public String text(String field) {
        Object value = fields.get(field);
        return value == null ? null : value.toString();
    }

    public boolean isTrue(String field) {
        return Boolean.TRUE.equals(fields.get(field));
    }

    /** A field, or one of {@code id}, {@code state}, {@code owner}, {@code name}, {@code createdAt}, {@code updatedAt}. */
    public Object value(String name) {
        return switch (name) {
            case "id" -> id.toString();
            case "state" -> state;
            case "owner" -> owner.toString();
            case "name" -> this.name;
            case "createdAt" -> createdAt;
            case "updatedAt" -> updatedAt;
            default -> fields.get(name);
        };
    }
}
