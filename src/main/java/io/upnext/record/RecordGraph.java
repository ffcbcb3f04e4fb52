package io.upnext.record;

import io.upnext.shared.RecordType;
import java.util.Map;

/**
 * A record with what its filters and placeholders may reach: account, contact and owner (each null where there is
 * none). Loaded in a bounded number of statements for any number of records.
 */
public record RecordGraph(CrmRecord record, CrmRecord account, CrmRecord contact, Map<String, Object> owner) {

    /** Who is mailed, called or texted: an opportunity's primary contact, else the record itself. */
    public CrmRecord person() {
        return record.type() == RecordType.OPPORTUNITY && contact != null ? contact : record;
    }

    /**
     * The value at a path of filters: {@code city}, {@code state}, {@code owner}, {@code createdAt}, {@code
     * importName}, {@code account.sector}, {@code contact.email}, {@code owner.name}; null where it is empty.
     */
    public Object value(String path) {
        int dot = path.indexOf('.');
        if (dot < 0) {
            return record.value(path);
        }
        String name = path.substring(dot + 1);
        return switch (path.substring(0, dot)) {
            case "account" -> account == null ? null : account.value(name);
            case "contact" -> contact == null ? null : contact.value(name);
            case "owner" -> owner == null ? null : owner.get(name);
            default -> null;
        };
    }
}
