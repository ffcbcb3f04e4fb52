package io.upnext.record;

import com.fasterxml.jackson.databind.JsonNode;
import io.upnext.operation.OperationKind;
import io.upnext.operation.Operations.Result;
import io.upnext.security.CurrentUser;
import io.upnext.security.Users;
import io.upnext.shared.OperationId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Imports the rows of a file in order, some hundred in a transaction. */
@Component
class ImportRun implements OperationKind {

    static final String KIND = "record.import";

    private final ImportRows rows;
    private final ImportLookUp lookUp;
    private final RecordWriter writer;
    private final Fields fields;
    private final Users users;

    ImportRun(ImportRows rows, ImportLookUp lookUp, RecordWriter writer, Fields fields, Users users) {
        this.rows = rows;
        this.lookUp = lookUp;
        this.writer = writer;
        this.fields = fields;
        this.users = users;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public int chunkSize() {
        return 500;
    }

    /** Later rows update what earlier ones made. */
    @Override
    public boolean inOrder() {
        return true;
    }

    @Override
    public void finished(OperationId operation) {
        rows.end(operation);
    }

    @Override
    public List<Result> run(Chunk chunk, Map<String, Long> counts) {
        ImportOrder order = order(chunk.argument());
        CurrentUser user = users.asCaller(chunk.by());
        if (!order.dryRun()) {
            rows.queueUp(order.type());
        }
        ImportCells cells = new ImportCells(order, fields.fresh(order.type()), users);
        Map<Integer, List<String>> stored = rows.take(order.id(), chunk.items());
        List<ImportCells.Row> read = new ArrayList<>();
        chunk.items().forEach(item -> read.add(cells.read(stored.get(Integer.valueOf(item)))));
        ImportMerge merge = new ImportMerge(order, user, writer, lookUp.find(order, user, read));
        List<Result> results = new ArrayList<>();
        for (int i = 0; i < read.size(); i++) {
            results.add(result(chunk.items().get(i), read.get(i), order, merge));
        }
        keep(order, user, cells, merge);
        merge.count(counts);
        return results;
    }

    private static Result result(String item, ImportCells.Row row, ImportOrder order, ImportMerge merge) {
        return merge.take(row)
                .map(problem -> new Result(item, false, null, problem, source(order, row.cells())))
                .orElseGet(() -> Result.ok(item));
    }

    private void keep(ImportOrder order, CurrentUser user, ImportCells cells, ImportMerge merge) {
        if (order.dryRun()) {
            rows.keepDrafts(order.id(), merge.drafts());
            return;
        }
        cells.newOptions().forEach((field, options) -> fields.addOptions(order.type(), field, options));
        writer.write(merge.changes(), user.actor());
    }

    /** The row as it came, for the file of rejected ones; cells beyond the header get numbered columns. */
    private static Map<String, String> source(ImportOrder order, List<String> cells) {
        Map<String, String> row = new LinkedHashMap<>();
        for (int i = 0; i < Math.max(order.header().size(), cells.size()); i++) {
            String name = i < order.header().size() ? order.header().get(i) : "Column " + (i + 1);
            row.put(name, i < cells.size() ? cells.get(i) : "");
        }
        return row;
    }

    private static ImportOrder order(JsonNode argument) {
        return Json.convert(argument, ImportOrder.class);
    }
}
