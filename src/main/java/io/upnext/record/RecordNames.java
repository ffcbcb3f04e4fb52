package io.upnext.record;

import io.upnext.shared.RecordType;
import io.upnext.shared.filter.FilterEvaluation;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is derived from the fields of a record: the name lists show, the text that the search looks through. */
final class RecordNames {

    private RecordNames() {}

    /** The name of a person, else the company, else the address; empty where there is none of them. */
    static String of(RecordType type, Map<String, Object> fields) {
        if (type == RecordType.ACCOUNT || type == RecordType.OPPORTUNITY) {
            return text(fields, "name");
        }
        String name = (text(fields, "firstName") + " " + text(fields, "lastName")).trim();
        if (!name.isEmpty()) {
            return name;
        }
        String company = text(fields, "company");
        return company.isEmpty() ? text(fields, "email") : company;
    }

    static String search(String name, Map<String, Object> fields) {
        return Stream.of(name, fields.get("company"), fields.get("email"), fields.get("phone"), fields.get("mobile"))
                .filter(Objects::nonNull)
                .map(Object::toString)
                .filter(part -> !part.isEmpty())
                .map(FilterEvaluation::fold)
                .distinct()
                .collect(Collectors.joining("\n"));
    }

    static String email(Map<String, Object> fields) {
        Object email = fields.get("email");
        return email == null ? null : FilterEvaluation.fold(email.toString());
    }

    private static String text(Map<String, Object> fields, String name) {
        return Objects.toString(fields.get(name), "");
    }
}
