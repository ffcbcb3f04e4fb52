package io.upnext.operation.web;

import io.upnext.operation.Operations;
import io.upnext.operation.Operations.Numbered;
import io.upnext.operation.Operations.Progress;
import io.upnext.operation.Operations.Result;
import io.upnext.security.Access;
import io.upnext.security.CurrentUser;
import io.upnext.shared.OperationId;
import io.upnext.shared.PageQuery;
import io.upnext.shared.Paged;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

@RestController
@RequestMapping("/api/v1/operations/{id}")
class OperationController {

    private static final int PAGE = 1000;

    private final Operations operations;
    private final Access access;

    OperationController(Operations operations, Access access) {
        this.operations = operations;
        this.access = access;
    }

    @GetMapping
    Progress progress(@PathVariable OperationId id) {
        return operations.progress(access.current(), id);
    }

    @GetMapping("/results")
    Paged<Result> results(@PathVariable OperationId id, PageQuery page) {
        return operations.results(access.current(), id, page);
    }

    @GetMapping("/rejected.csv")
    ResponseEntity<StreamingResponseBody> rejected(@PathVariable OperationId id) {
        CurrentUser user = access.current();
        List<Numbered> first = operations.rejected(user, id, 0, PAGE);
        ContentDisposition file =
                ContentDisposition.attachment().filename("rejected.csv").build();
        return ResponseEntity.ok()
                .contentType(new MediaType("text", "csv", StandardCharsets.UTF_8))
                .header(HttpHeaders.CONTENT_DISPOSITION, file.toString())
                .body(out -> write(user, id, first, new OutputStreamWriter(out, StandardCharsets.UTF_8)));
    }

    private void write(CurrentUser user, OperationId id, List<Numbered> first, Writer out) throws IOException {
        Set<String> columns = columns(first);
        CSVPrinter csv = CSVFormat.RFC4180.print(out);
        csv.printRecord(header(columns));
        List<Numbered> page = first;
        while (!page.isEmpty()) {
            for (Numbered rejected : page) {
                csv.printRecord(line(columns, rejected.result()));
            }
            page = operations.rejected(user, id, page.get(page.size() - 1).n(), PAGE);
        }
        csv.flush();
    }

    private static Set<String> columns(List<Numbered> rejected) {
        Set<String> columns = new LinkedHashSet<>();
        rejected.stream()
                .map(numbered -> numbered.result().row())
                .filter(row -> row != null)
                .forEach(row -> columns.addAll(row.keySet()));
        return columns;
    }

    private static List<String> header(Set<String> columns) {
        List<String> header = new ArrayList<>(columns.isEmpty() ? Set.of("item") : columns);
        header.add("reason");
        return header;
    }

    private static List<String> line(Set<String> columns, Result result) {
        List<String> line = new ArrayList<>();
        Map<String, String> row = result.row() == null ? Map.of() : result.row();
        if (columns.isEmpty()) {
            line.add(result.item());
        }
        columns.forEach(column -> line.add(harmless(row.get(column))));
        line.add(result.problem() == null ? "" : result.problem().message());
        return line;
    }

    /** A spreadsheet would run a cell that begins like a formula; a leading apostrophe keeps it text (OWASP, CSV injection). */
    private static String harmless(String cell) {
        boolean formula = cell != null && !cell.isEmpty() && "=+-@\t\r".indexOf(cell.charAt(0)) >= 0;
        return formula ? "'" + cell : cell;
    }
}
