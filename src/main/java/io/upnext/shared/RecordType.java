package io.upnext.shared;

import java.util.Locale;

/** The four kinds of records a sequence can run on. */
public enum RecordType {
    LEAD("leads"),
    OPPORTUNITY("opportunities"),
    CONTACT("contacts"),
    ACCOUNT("accounts");

    private final String plural;

    RecordType(String plural) {
        this.plural = plural;
    }

    /** The name used in REST paths and pages: {@code leads}, {@code opportunities}, … */
    public String plural() {
        return plural;
    }

    /**
     * @throws NotFoundException where no type has that plural
     */
    public static RecordType ofPlural(String plural) {
        for (RecordType type : values()) {
            if (type.plural.equals(plural.toLowerCase(Locale.ROOT))) {
                return type;
            }
        }
        throw new NotFoundException("There is no record type '" + plural + "'.");
    }
}
