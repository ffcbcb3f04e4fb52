package io.upnext.bench;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;

/** A file of comma-separated values with a header; columns can be added before it is imported. */
record Sheet(List<String> header, List<Map<String, String>> rows) {

    static Sheet read(Path file) {
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (Reader reader = Files.newBufferedReader(file);
                CSVParser parser = format.parse(reader)) {
            return new Sheet(
                    parser.getHeaderNames(),
                    parser.stream().map(CSVRecord::toMap).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Sheet of(List<Map<String, String>> rows) {
        return new Sheet(List.copyOf(rows.get(0).keySet()), rows);
    }

    /** One of so many rows; 1 is all of them. */
    Sheet oneOf(int many) {
        return new Sheet(
                header,
                IntStream.range(0, rows.size())
                        .filter(i -> i % many == 0)
                        .mapToObj(rows::get)
                        .toList());
    }

    Sheet with(String column, Function<Map<String, String>, String> value) {
        List<String> more = new ArrayList<>(header);
        more.add(column);
        List<Map<String, String>> filled = new ArrayList<>();
        for (Map<String, String> row : rows) {
            Map<String, String> copy = new LinkedHashMap<>(row);
            copy.put(column, value.apply(row));
            filled.add(copy);
        }
        return new Sheet(more, filled);
    }

    byte[] bytes() {
        StringBuilder text = new StringBuilder();
        try (CSVPrinter printer = CSVFormat.RFC4180.print(text)) {
            printer.printRecord(header);
            for (Map<String, String> row : rows) {
                printer.printRecord(header.stream().map(row::get).toList());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
