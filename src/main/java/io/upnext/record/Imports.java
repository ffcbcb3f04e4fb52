package io.upnext.record;

import io.upnext.operation.Operations;
import io.upnext.record.Field.Kind;
import io.upnext.record.ImportMapping.Target;
import io.upnext.record.ImportOrder.Column;
import io.upnext.security.CurrentUser;
import io.upnext.security.Right;
import io.upnext.shared.InvalidException;
import io.upnext.shared.OperationId;
import io.upnext.shared.RecordType;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    private final ImportOrders orders;
    private final Fields fields;
    private final ImportRows rows;
    private final Operations operations;

    Imports(ImportOrders orders, Fields fields, ImportRows rows, Operations operations) {
        this.orders = orders;
        this.fields = fields;
        this.rows = rows;
        this.operations = operations;
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
        ImportOrder order = orders.read(request, upload, file.header(), mapping);
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
                fields.add(order.type(), ImportOrders.newField(column, target));
            } else if (!target.options().isEmpty()) {
                user.require(Right.MANAGE_FIELDS);
                fields.addOptions(order.type(), target.field(), target.options());
            }
        });
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
