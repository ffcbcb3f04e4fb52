package io.upnext.record;

import io.upnext.record.Field.Kind;
import io.upnext.record.Field.Option;
import io.upnext.security.Settings;
import io.upnext.shared.ConflictException;
import io.upnext.shared.InvalidException;
import io.upnext.shared.NotFoundException;
import io.upnext.shared.Problem;
import io.upnext.shared.RecordType;
import io.upnext.shared.filter.Filter;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The field catalogue: standard and custom fields per record type, from memory; other nodes' changes are seen within seconds. */
@Component
public class Fields {

    private static final Duration MEMORY = Duration.ofSeconds(5);

    private final FieldRows rows;
    private final Settings settings;
    private final Clock clock;
    private final Map<RecordType, FieldCatalogue> catalogues = new ConcurrentHashMap<>();

    Fields(FieldRows rows, Settings settings, Clock clock) {
        this.rows = rows;
        this.settings = settings;
        this.clock = clock;
    }

    public List<Field> of(RecordType type) {
        return catalogue(type).fields();
    }

    /**
     * @param path a field name, or {@code account.…} / {@code contact.…} where the type has one; also {@code state},
     *     {@code owner}, {@code createdAt} and {@code updatedAt}
     */
    public Optional<Field> find(RecordType type, String path) {
        return FieldPath.of(type, path).flatMap(this::find);
    }

    /** {@code state}, {@code owner}, {@code createdAt} and {@code updatedAt} as fields, for lists that show them. */
    public List<Field> system(RecordType type) {
        return Stream.of("state", "owner", "createdAt", "updatedAt")
                .flatMap(name -> SystemFields.find(type, name).stream())
                .toList();
    }

    /**
     * Everything a filter on the type can ask for, to choose from: its own fields, those of its account and contact, and
     * the sequences it is or was in.
     */
    public List<Field> filterable(RecordType type) {
        List<Field> all = new ArrayList<>(system(type));
        all.addAll(of(type));
        for (String via : List.of("account", "contact")) {
            FieldPath.of(type, via + ".name").map(FieldPath::type).ifPresent(other -> of(other).stream()
                    .filter(field -> !field.isReference())
                    .forEach(field -> all.add(field.via(via))));
        }
        all.addAll(SequenceFields.ALL);
        return all;
    }

    Optional<Field> find(FieldPath path) {
        return SystemFields.find(path.type(), path.name())
                .or(() -> catalogue(path.type()).find(path.name()));
    }

    /** Everything wrong with a filter on that type: unknown fields, operators that do not fit, values that are none of the options. */
    public List<Problem> check(RecordType type, Filter filter, String step) {
        return new FilterChecks(this, type, step).check(filter);
    }

    /** The states of a type, in order, and those in which its sequences can be connected (a setting). */
    public List<String> states(RecordType type) {
        return RecordStates.of(type);
    }

    public Set<String> connectableStates(RecordType type) {
        return settings.words("connectableStates." + type.name(), Set.of(RecordStates.first(type)));
    }

    public boolean isClosed(RecordType type, String state) {
        return RecordStates.isClosed(state);
    }

    /**
     * Makes a custom field.
     *
     * @throws InvalidException listing everything wrong with it
     * @throws ConflictException where the type has a field of that name
     */
    @Transactional
    public Field add(RecordType type, Field field) {
        List<Problem> problems = NewFieldChecks.check(field);
        if (!problems.isEmpty()) {
            throw new InvalidException(
                    "The field cannot be made: " + problems.get(0).message(), problems);
        }
        boolean taken = SystemFields.find(type, field.name()).isPresent()
                || fresh(type).fields().stream().anyMatch(known -> known.name().equalsIgnoreCase(field.name()));
        if (taken || !rows.add(type, field)) {
            throw new ConflictException("There is a field '" + field.name() + "' already; choose another name.");
        }
        if (field.kind() == Kind.OPTION_SET) {
            rows.addOptions(type, field.name(), field.options());
        }
        forgetAfterCommit(type);
        return fresh(type).find(field.name()).orElseThrow();
    }

    /**
     * Adds options to an option set, custom or standard; an option that is there already stays as it is.
     *
     * @throws NotFoundException where there is no such field
     * @throws InvalidException where it is no option set or an option is malformed
     */
    @Transactional
    public Field addOptions(RecordType type, String name, List<Option> options) {
        Field field = fresh(type)
                .find(name)
                .orElseThrow(() -> new NotFoundException("There is no field '" + Texts.shorten(name) + "'."));
        if (field.kind() != Kind.OPTION_SET) {
            throw new InvalidException("'" + name + "' is no option set, so it takes no options.");
        }
        List<Problem> problems = NewFieldChecks.checkOptions(options);
        if (!problems.isEmpty()) {
            throw new InvalidException(problems.get(0).message(), problems);
        }
        List<Option> added = options.stream()
                .filter(option ->
                        field.options().stream().noneMatch(known -> known.code().equalsIgnoreCase(option.code())))
                .toList();
        rows.addOptions(type, name, added);
        forgetAfterCommit(type);
        return fresh(type).find(name).orElseThrow();
    }

    FieldCatalogue catalogue(RecordType type) {
        FieldCatalogue known = catalogues.get(type);
        if (known != null
                && Duration.between(known.readAt(), clock.instant()).abs().compareTo(MEMORY) <= 0) {
            return known;
        }
        FieldCatalogue read = fresh(type);
        catalogues.put(type, read);
        return read;
    }

    /** As the current transaction sees it; never remembered, since the transaction may be rolled back. */
    FieldCatalogue fresh(RecordType type) {
        return FieldCatalogue.of(type, rows.load(type), clock.instant());
    }

    private void forgetAfterCommit(RecordType type) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            catalogues.remove(type);
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                catalogues.remove(type);
            }
        });
    }
}
