package io.upnext.record;

import io.upnext.record.FieldValues.Read;
import io.upnext.security.Users;
import io.upnext.shared.InvalidException;
import io.upnext.shared.Principal;
import io.upnext.shared.Problem;
import io.upnext.shared.RecordId;
import io.upnext.shared.RecordType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Checks what somebody wants to write into a record, and says everything that is wrong at once. */
@Component
class RecordChecks {

    private final Fields fields;
    private final RecordRows rows;
    private final Users users;

    RecordChecks(Fields fields, RecordRows rows, Users users) {
        this.fields = fields;
        this.rows = rows;
        this.users = users;
    }

    /**
     * The values as they are stored; null for those that become empty.
     *
     * @throws InvalidException listing every problem
     */
    Map<String, Object> values(RecordType type, Map<String, Object> raw, Principal owner, String state) {
        List<Problem> problems = new ArrayList<>();
        Map<String, Object> values = new LinkedHashMap<>();
        FieldCatalogue catalogue = fields.catalogue(type);
        raw.forEach((name, value) -> {
            Optional<Field> field = catalogue.find(name);
            if (field.isEmpty()) {
                problems.add(Problem.error("unknown-field", "There is no field '" + Texts.shorten(name) + "'."));
                return;
            }
            Read read = FieldValues.json(field.get(), value);
            if (read.isRefused()) {
                problems.add(read.problem());
            } else {
                values.put(name, read.value());
            }
        });
        state(type, state).ifPresent(problems::add);
        owner(owner).ifPresent(problems::add);
        problems.addAll(references(values));
        refuse(problems);
        return values;
    }

    /** @throws InvalidException where nothing says who or what the record is */
    void named(CrmRecord record) {
        nameless(record).ifPresent(problem -> refuse(List.of(problem)));
    }

    static Optional<Problem> nameless(CrmRecord record) {
        if (!record.name().isBlank()) {
            return Optional.empty();
        }
        String message =
                switch (record.type()) {
                    case LEAD -> "A lead needs a name, a company or a mail address.";
                    case CONTACT -> "A contact needs a name, a company or a mail address.";
                    case ACCOUNT -> "An account needs a name.";
                    case OPPORTUNITY -> "An opportunity needs a name.";
                };
        return Optional.of(Problem.error("name-required", message));
    }

    static Optional<Problem> state(RecordType type, String state) {
        if (state == null || RecordStates.of(type).contains(state)) {
            return Optional.empty();
        }
        return Optional.of(Problem.error(
                "record-state",
                "'" + Texts.shorten(state) + "' is no state of " + type.plural() + "; choose one of "
                        + String.join(", ", RecordStates.of(type)) + "."));
    }

    private Optional<Problem> owner(Principal owner) {
        if (owner == null || users.unitOf(owner).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(Problem.error("owner", "There is no user or team '" + owner + "' to own the record."));
    }

    private List<Problem> references(Map<String, Object> values) {
        List<RecordId> ids = Stream.of("account", "contact")
                .map(values::get)
                .filter(Objects::nonNull)
                .map(id -> RecordId.of(id.toString()))
                .toList();
        Map<RecordId, CrmRecord> found = new LinkedHashMap<>();
        rows.findAll(ids).forEach(record -> found.put(record.id(), record));
        return Stream.of(RecordType.ACCOUNT, RecordType.CONTACT)
                .flatMap(type -> reference(type, values, found).stream())
                .toList();
    }

    private static Optional<Problem> reference(
            RecordType type, Map<String, Object> values, Map<RecordId, CrmRecord> found) {
        String name = type.name().toLowerCase(Locale.ROOT);
        Object id = values.get(name);
        CrmRecord target = id == null ? null : found.get(RecordId.of(id.toString()));
        if (id == null || target != null && target.type() == type) {
            return Optional.empty();
        }
        return Optional.of(Problem.error("unknown-record", "There is no " + name + " '" + id + "'."));
    }

    private static void refuse(List<Problem> problems) {
        if (problems.size() == 1) {
            throw new InvalidException(problems.get(0).message(), problems);
        }
        if (!problems.isEmpty()) {
            throw new InvalidException(problems.size() + " things are wrong with the record.", problems);
        }
    }
}
