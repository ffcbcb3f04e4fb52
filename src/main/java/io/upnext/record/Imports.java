package io.upnext.record;

import io.upnext.operation.Operations;
import io.upnext.record.Field.Kind;
import io.upnext.record.ImportMapping.Target;
import io.upnext.record.ImportOrder.Column;
import io.upnext.security.CurrentUser;
import io.upnext.security.Right;
import io.upnext.shared.InvalidException;
import io.upnext.shared.OperationId;
import io.upnext.shared.Problem;
import io.upnext.shared.RecordId;
import io.upnext.shared.RecordType;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes a file of records in: checks what is asked before anything runs, stores the rows and leaves them to a
 * background operation. Counts and rejected rows stand with the operation.
 */
@Component
public class Imports {

    private static final int MAX_ROWS = 500_000;
    private static final int BATCH = 1_000;
    private static final int MAX_NAME = 200;

    private final Fields fields;
    private final ImportRows rows;
    private final Operations operations;
    private final Clock clock;

    Imports(Fields fields, ImportRows rows, Operations operations, Clock clock) {
        this.fields = fields;
        this.rows = rows;
        this.operations = operations;
        this.clock = clock;
    }

    /** A file that can be opened several times, and what it is called. */
    public interface Upload {
        String name();

        InputStream open() throws IOException;
    }

    /**
     * @param mapping JSON: column to field, or to an object with field, values, create, kind, options, optional
     * @param key the field by which a row is a record known already; null or blank: every row is a new record
     * @param importName null or blank: the file's name and the time
     */
    public record Request(RecordType type, String mapping, String key, boolean dryRun, String importName) {}

    /** The names of a file's columns, for the page that maps them. */
    public List<String> header(Upload upload) {
        return new CsvFile(upload::open).header();
    }

    /**
     * @throws InvalidException listing everything wrong with the mapping, before anything runs
     */
    @Transactional
    public OperationId start(CurrentUser user, Upload upload, Request request) {
        user.require(Right.IMPORT_RECORDS);
        CsvFile file = new CsvFile(upload::open);
        Map<String, Target> mapping = ImportMapping.read(request.mapping());
        ImportOrder order = order(request, upload, file.header(), mapping);
        if (!order.dryRun()) {
            createFields(user, order, mapping);
        }
        rows.begin(order.id());
        Spool spool = new Spool(order);
        file.rows(spool::take);
        spool.flush();
        OperationId operation = operations.submit(ImportRun.KIND, user, spool.order(), spool.items);
        rows.belongsTo(order.id(), operation);
        return operation;
    }

    private ImportOrder order(Request request, Upload upload, List<String> header, Map<String, Target> mapping) {
        List<Problem> problems = new ArrayList<>();
        List<Column> columns = new ArrayList<>();
        Set<String> targets = new HashSet<>();
        mapping.forEach((name, target) -> {
            int index = index(header, name);
            if (index < 0) {
                problems.add(wrong("The file has no column '" + Texts.shorten(name) + "'; it has "
                        + Texts.shorten(String.join(", ", header)) + "."));
                return;
            }
            if (!targets.add(target.field())) {
                problems.add(wrong("Two columns are mapped to '" + target.field() + "'; map one of them."));
            }
            check(request.type(), name, target).ifPresent(problems::add);
            columns.add(column(request.type(), index, header.get(index), target));
        });
        String key = blank(request.key()) ? null : request.key().strip();
        checkKey(key, columns).ifPresent(problems::add);
        String importName = importName(request, upload);
        if (importName.length() > MAX_NAME || !Texts.isStorable(importName)) {
            problems.add(wrong("'importName' has at most " + MAX_NAME + " characters."));
        }
        if (!problems.isEmpty()) {
            throw new InvalidException(problems.get(0).message(), problems);
        }
        UUID id = RecordId.next().value();
        return new ImportOrder(id, request.type(), header, columns, key, request.dryRun(), importName);
    }

    /** As written, else without regard to case. */
    private static int index(List<String> header, String name) {
        int exact = header.indexOf(name.strip());
        for (int i = 0; exact < 0 && i < header.size(); i++) {
            if (header.get(i).equalsIgnoreCase(name.strip())) {
                return i;
            }
        }
        return exact;
    }

    private Optional<Problem> check(RecordType type, String column, Target target) {
        String where = "The column '" + Texts.shorten(column) + "' ";
        if (target.field().equals("state") || target.field().equals("owner")) {
            return Optional.empty();
        }
        Optional<Field> known = fields.catalogue(type).find(target.field());
        if (known.isEmpty() && !target.create()) {
            return Optional.of(wrong(where + "is mapped to '" + Texts.shorten(target.field())
                    + "', which is no field; choose another or add \"create\": true."));
        }
        if (known.isPresent()
                && target.kind() != null
                && target.kind() != known.get().kind()) {
            return Optional.of(wrong(where + "is mapped to '" + target.field() + "', which is a field of kind "
                    + known.get().kind() + " already."));
        }
        if (known.isPresent()) {
            return Optional.empty();
        }
        return NewFieldChecks.check(newField(column, target)).stream()
                .findFirst()
                .or(() -> SystemFields.find(type, target.field())
                        .map(taken ->
                                wrong(where + "is mapped to '" + target.field() + "', which cannot be written.")));
    }

    private Column column(RecordType type, int index, String header, Target target) {
        Kind kind = fields.catalogue(type)
                .find(target.field())
                .map(Field::kind)
                .orElse(target.kind() == null ? Kind.TEXT : target.kind());
        return new Column(
                index,
                header,
                target.field(),
                target.values(),
                target.create(),
                kind,
                target.optional(),
                target.dayFirst());
    }

    private static Field newField(String column, Target target) {
        Kind kind = target.kind() == null ? Kind.TEXT : target.kind();
        String label = column.length() <= 100 ? column.strip() : column.substring(0, 100);
        return new Field(target.field(), label, kind, target.options(), true);
    }

    private static Optional<Problem> checkKey(String key, List<Column> columns) {
        if (key == null) {
            return Optional.empty();
        }
        if (columns.stream().noneMatch(column -> column.field().equals(key))) {
            return Optional.of(wrong("The key '" + Texts.shorten(key) + "' is not mapped; map a column to it."));
        }
        if (key.equals("state") || key.equals("owner")) {
            return Optional.of(wrong("'" + key + "' cannot be the key; choose a field that tells records apart."));
        }
        return Optional.empty();
    }

    /** Fields that are missing, and the options the mapping names. */
    private void createFields(CurrentUser user, ImportOrder order, Map<String, Target> mapping) {
        mapping.forEach((column, target) -> {
            if (!target.create()
                    || target.field().equals("state")
                    || target.field().equals("owner")) {
                return;
            }
            if (fields.fresh(order.type()).find(target.field()).isEmpty()) {
                user.require(Right.MANAGE_FIELDS);
                fields.add(order.type(), newField(column, target));
            } else if (!target.options().isEmpty()) {
                user.require(Right.MANAGE_FIELDS);
                fields.addOptions(order.type(), target.field(), target.options());
            }
        });
    }

    private String importName(Request request, Upload upload) {
        if (!blank(request.importName())) {
            return request.importName().strip();
        }
        String file =
                blank(upload.name()) ? request.type().plural() : upload.name().strip();
        String name = file.length() <= 100 ? file : file.substring(0, 100);
        return name.replace("\0", "") + " " + clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    private static boolean blank(String text) {
        return text == null || text.isBlank();
    }

    private static Problem wrong(String sentence) {
        return Problem.error("import", sentence);
    }

    /** Stores the rows in batches, and looks at dates with slashes on the way. */
    private final class Spool {

        private final ImportOrder order;
        private final List<Column> dates;
        private final Set<Column> dayFirst = new HashSet<>();
        private final List<String> items = new ArrayList<>();
        private final Map<Integer, List<String>> batch = new LinkedHashMap<>();

        Spool(ImportOrder order) {
            this.order = order;
            this.dates = order.columns().stream()
                    .filter(column -> column.kind() == Kind.DATE && !column.dayFirst())
                    .toList();
        }

        void take(int number, List<String> cells) {
            if (number > MAX_ROWS) {
                throw new InvalidException("The file has more than " + MAX_ROWS + " rows; split it.");
            }
            for (Column column : dates) {
                if (column.index() < cells.size() && WrittenDates.isDayFirst(cells.get(column.index()))) {
                    dayFirst.add(column);
                }
            }
            items.add(Integer.toString(number));
            batch.put(number, cells);
            if (batch.size() == BATCH) {
                flush();
            }
        }

        void flush() {
            if (!batch.isEmpty()) {
                rows.add(order.id(), batch);
                batch.clear();
            }
        }

        ImportOrder order() {
            List<Column> columns = order.columns().stream()
                    .map(column -> dayFirst.contains(column) ? column.withDayFirst() : column)
                    .toList();
            return new ImportOrder(
                    order.id(), order.type(), order.header(), columns, order.key(), order.dryRun(), order.importName());
        }
    }
}
