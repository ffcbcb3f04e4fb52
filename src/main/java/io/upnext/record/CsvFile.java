package io.upnext.record;

import io.upnext.shared.InvalidException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * A file of rows as spreadsheets write it: UTF-8 with or without a mark, UTF-16 with one, else windows-1252; comma,
 * semicolon or tab; any line ends. Read as a stream, twice: once for the encoding, once for the rows.
 */
final class CsvFile {

    private static final int MAX_COLUMNS = 500;
    private static final int HEADER_LENGTH = 64 * 1024;
    private static final char MARK = '\uFEFF';

    private final Source source;
    private final Charset charset;
    private final char separator;
    private final boolean namesItsSeparator;

    /** Opens the file anew each time. */
    interface Source {
        InputStream open() throws IOException;
    }

    CsvFile(Source source) {
        this.source = source;
        try {
            this.charset = charset(source);
            String first = firstLine();
            this.namesItsSeparator = first.toLowerCase(Locale.ROOT).matches("sep=.");
            this.separator = namesItsSeparator ? first.charAt(4) : separator(first);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names of the columns; empty ones are numbered, repeated ones get a number behind. */
    List<String> header() {
        try (CSVParser parser = parser()) {
            for (CSVRecord row : parser) {
                return names(row);
            }
        } catch (IOException | UncheckedIOException | IllegalStateException e) {
            throw unreadable(e);
        }
        throw new InvalidException("The file is empty; its first line must name the columns.");
    }

    /** Hands over every row that is not blank, with its number from 1. */
    void rows(BiConsumer<Integer, List<String>> taker) {
        try (CSVParser parser = parser()) {
            boolean header = true;
            int number = 0;
            for (CSVRecord row : parser) {
                if (header) {
                    header = false;
                    continue;
                }
                List<String> cells = cells(row);
                if (cells.stream().anyMatch(cell -> !cell.isBlank())) {
                    taker.accept(++number, cells);
                }
            }
        } catch (IOException | UncheckedIOException | IllegalStateException e) {
            throw unreadable(e);
        }
    }

    private CSVParser parser() throws IOException {
        Reader reader = reader();
        if (namesItsSeparator) {
            ((BufferedReader) reader).readLine();
        }
        return CSVParser.builder()
                .setReader(reader)
                .setFormat(CSVFormat.DEFAULT
                        .builder()
                        .setDelimiter(separator)
                        .setIgnoreEmptyLines(true)
                        .setTrailingData(true)
                        .setLenientEof(true)
                        .get())
                .get();
    }

    private static List<String> cells(CSVRecord row) {
        List<String> cells = new ArrayList<>(row.size());
        // No database stores NUL, and no spreadsheet means it
        row.forEach(cell -> cells.add(cell.replace("\0", "")));
        return cells;
    }

    private static List<String> names(CSVRecord row) {
        if (row.size() > MAX_COLUMNS) {
            throw new InvalidException(
                    "The file has " + row.size() + " columns; at most " + MAX_COLUMNS + " are taken.");
        }
        List<String> names = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (String cell : cells(row)) {
            String plain = cell.strip().isEmpty() ? "Column " + (names.size() + 1) : cell.strip();
            String name = plain;
            for (int i = 2; !taken.add(name); i++) {
                name = plain + " (" + i + ")";
            }
            names.add(name);
        }
        return names;
    }

    private BufferedReader reader() throws IOException {
        BufferedReader reader = new BufferedReader(new InputStreamReader(source.open(), charset));
        reader.mark(1);
        if (reader.read() != MARK) {
            reader.reset();
        }
        return reader;
    }

    /** At most the first 64 K characters: what is longer is no header. */
    private String firstLine() throws IOException {
        StringBuilder line = new StringBuilder();
        try (Reader reader = reader()) {
            boolean quoted = false;
            for (int c = reader.read(); c >= 0 && line.length() < HEADER_LENGTH; c = reader.read()) {
                quoted = quoted ^ c == '"';
                if (!quoted && (c == '\n' || c == '\r')) {
                    break;
                }
                line.append((char) c);
            }
        }
        return line.toString();
    }

    /** The one that stands most often outside of quotes in the header. */
    private static char separator(String header) {
        String bare = header.replaceAll("\"[^\"]*\"", "");
        char best = ',';
        long most = 0;
        for (char candidate : new char[] {',', ';', '\t', '|'}) {
            long count = bare.chars().filter(c -> c == candidate).count();
            if (count > most) {
                most = count;
                best = candidate;
            }
        }
        return best;
    }

    private static Charset charset(Source source) throws IOException {
        try (InputStream in = source.open()) {
            byte[] first = in.readNBytes(2);
            if (first.length == 2 && (first[0] & 0xff) == 0xff && (first[1] & 0xff) == 0xfe) {
                return StandardCharsets.UTF_16LE;
            }
            if (first.length == 2 && (first[0] & 0xff) == 0xfe && (first[1] & 0xff) == 0xff) {
                return StandardCharsets.UTF_16BE;
            }
        }
        return isUtf8(source) ? StandardCharsets.UTF_8 : Charset.forName("windows-1252");
    }

    private static boolean isUtf8(Source source) throws IOException {
        var strict = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        try (Reader reader = new InputStreamReader(source.open(), strict)) {
            char[] some = new char[8192];
            while (reader.read(some) >= 0) {
                // only whether it can be read
            }
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static InvalidException unreadable(Exception e) {
        return new InvalidException("The file cannot be read as CSV: " + e.getMessage());
    }
}
