package io.upnext.record;

import static io.upnext.record.Field.Kind.DATE;
import static io.upnext.record.Field.Kind.NUMBER;
import static io.upnext.record.Field.Kind.OPTION_SET;
import static io.upnext.record.Field.Kind.TEXT;
import static io.upnext.record.Field.Kind.TWO_OPTION;

import io.upnext.record.Field.Option;
import io.upnext.shared.RecordType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The fields every installation has, with their labels in English and German. */
final class StandardFields {

    private static final List<Option> RATING =
            List.of(option("HOT", "Hot", "Heiß"), option("WARM", "Warm", "Warm"), option("COLD", "Cold", "Kalt"));

    private static final List<Option> BUDGET = List.of(
            option("NO_COMMITTED_BUDGET", "No committed budget", "Kein zugesagtes Budget"),
            option("MAY_BUY", "May buy", "Kauft vielleicht"),
            option("CAN_BUY", "Can buy", "Kann kaufen"),
            option("WILL_BUY", "Will buy", "Wird kaufen"));

    private static final List<Option> LEAD_SOURCE = List.of(
            option("ADVERTISEMENT", "Advertisement", "Anzeige"),
            option("COLD_CALL", "Cold call", "Kaltakquise"),
            option("EMPLOYEE_REFERRAL", "Employee referral", "Empfehlung durch Mitarbeiter"),
            option("EXTERNAL_REFERRAL", "External referral", "Externe Empfehlung"),
            option("PARTNER", "Partner", "Partner"),
            option("PUBLIC_RELATIONS", "Public relations", "Öffentlichkeitsarbeit"),
            option("SEMINAR", "Seminar", "Seminar"),
            option("TRADE_SHOW", "Trade show", "Messe"),
            option("WEB", "Web", "Web"),
            option("WORD_OF_MOUTH", "Word of mouth", "Mundpropaganda"),
            option("OTHER", "Other", "Sonstige"));

    private static final List<Option> LAST_CONTACTED_MODE = List.of(
            option("NOT_YET_CONTACTED", "Not yet contacted", "Noch nicht kontaktiert"),
            option("NO_REPLY", "No reply", "Keine Antwort"),
            option("OPENED_NO_REPLY", "Opened but no reply", "Geöffnet, keine Antwort"),
            option("REPLIED", "Replied", "Geantwortet"),
            option("INCOMING_CALL", "Incoming call", "Eingehender Anruf"),
            option("OUTGOING_CALL", "Outgoing call", "Ausgehender Anruf"),
            option("CHAT", "Chat", "Chat"),
            option("SALES_ACTIVITY", "Sales activity", "Verkaufsaktivität"));

    private static final List<Option> LAST_ACTIVITY_TYPE = List.of(
            option("CALL", "Call", "Anruf"),
            option("PHONE", "Phone", "Telefon"),
            option("CHAT", "Chat", "Chat"),
            option("TASK", "Task", "Aufgabe"),
            option("SMS", "SMS", "SMS"),
            option("MEETING", "Meeting", "Besprechung"),
            option("CUSTOM", "Custom", "Eigene"));

    private static final Field NAME = field("name", "Name", "Name", TEXT);
    private static final Field IMPORT_NAME = field("importName", "Import", "Import", TEXT);
    private static final Field ACCOUNT = field("account", "Account", "Firma", TEXT);
    private static final Field CONTACT = field("contact", "Primary contact", "Hauptkontakt", TEXT);
    private static final Field PHONE = field("phone", "Phone", "Telefon", TEXT);
    private static final Field EMAIL = field("email", "Email", "E-Mail", TEXT);
    private static final Field WEBSITE = field("website", "Website", "Website", TEXT);
    private static final Field BUDGET_FIELD = options("budget", "Budget", "Budget", BUDGET);

    private static final List<Field> PLACE = List.of(
            field("city", "City", "Ort", TEXT),
            field("country", "Country", "Land", TEXT),
            field("timeZone", "Time zone", "Zeitzone", TEXT));

    private static final List<Field> FLAGS = List.of(
            field("doNotEmail", "Do not email", "Keine E-Mails", TWO_OPTION),
            field("doNotPhone", "Do not phone", "Nicht anrufen", TWO_OPTION),
            field("doNotText", "Do not text", "Keine SMS", TWO_OPTION),
            field("doNotTrack", "Do not track mails", "E-Mails nicht verfolgen", TWO_OPTION));

    private static final List<Field> PERSON = join(
            List.of(
                    field("firstName", "First name", "Vorname", TEXT),
                    field("lastName", "Last name", "Nachname", TEXT),
                    field("company", "Company", "Unternehmen", TEXT),
                    field("jobTitle", "Job title", "Position", TEXT),
                    EMAIL,
                    PHONE,
                    field("mobile", "Mobile", "Mobiltelefon", TEXT),
                    field("linkedInUrl", "LinkedIn", "LinkedIn", TEXT),
                    WEBSITE,
                    options("leadSource", "Lead source", "Herkunft", LEAD_SOURCE),
                    options("rating", "Rating", "Bewertung", RATING),
                    BUDGET_FIELD),
            PLACE,
            List.of(field("locale", "Language", "Sprache", TEXT), field("score", "Score", "Punkte", NUMBER)),
            FLAGS,
            List.of(
                    options("lastContactedMode", "Last contacted", "Letzter Kontakt", LAST_CONTACTED_MODE),
                    options("lastActivityType", "Last activity", "Letzte Aktivität", LAST_ACTIVITY_TYPE),
                    IMPORT_NAME));

    private static final Map<RecordType, List<Field>> FIELDS = Map.of(
            RecordType.LEAD,
            PERSON,
            RecordType.CONTACT,
            join(PERSON, List.of(ACCOUNT)),
            RecordType.ACCOUNT,
            join(
                    List.of(NAME, WEBSITE, PHONE, EMAIL, field("sector", "Sector", "Branche", TEXT)),
                    PLACE,
                    FLAGS,
                    List.of(IMPORT_NAME)),
            RecordType.OPPORTUNITY,
            List.of(
                    NAME,
                    ACCOUNT,
                    CONTACT,
                    field("estimatedValue", "Estimated value", "Geschätzter Wert", NUMBER),
                    field("estimatedCloseDate", "Estimated close date", "Voraussichtlicher Abschluss", DATE),
                    field("stage", "Stage", "Phase", TEXT),
                    BUDGET_FIELD,
                    IMPORT_NAME));

    private StandardFields() {}

    static List<Field> of(RecordType type) {
        return FIELDS.get(type);
    }

    static boolean has(RecordType type, String name) {
        return of(type).stream().anyMatch(field -> field.name().equals(name));
    }

    private static Field field(String name, String english, String german, Field.Kind kind) {
        return new Field(name, english, kind, null, false, Map.of("en", english, "de", german));
    }

    private static Field options(String name, String english, String german, List<Option> options) {
        return new Field(name, english, OPTION_SET, options, false, Map.of("en", english, "de", german));
    }

    private static Option option(String code, String english, String german) {
        return new Option(code, english, Map.of("en", english, "de", german));
    }

    @SafeVarargs
    private static List<Field> join(List<Field>... parts) {
        List<Field> all = new ArrayList<>();
        for (List<Field> part : parts) {
            all.addAll(part);
        }
        return List.copyOf(all);
    }
}
