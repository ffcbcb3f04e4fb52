package io.upnext.record;

import io.upnext.record.Field.Kind;
import io.upnext.record.ImportMapping.Target;
import io.upnext.record.ImportOrder.Column;
import io.upnext.record.Imports.Request;
import io.upnext.record.Imports.Upload;
import io.upnext.shared.InvalidException;
import io.upnext.shared.Problem;
import io.upnext.shared.RecordId;
import io.upnext.shared.RecordType;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Makes an order of what is asked of an import, or says everything that is wrong with it before anything runs. */
@Component
class ImportOrders {

    private static final int MAX_NAME = 200;

    private final Fields fields;
    private final Clock clock;

    ImportOrders(Fields fields, Clock clock) {
        this.fields = fields;
        this.clock = clock;
    }

    /** @throws InvalidException listing everything wrong with the mapping */
    ImportOrder read(Request request, Upload upload, List<String> header, Map<String, Target> mapping) {
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

    /** The field that a column becomes where there is none yet. */
    static Field newField(String column, Target target) {
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
}
