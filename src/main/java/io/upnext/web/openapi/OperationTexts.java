package io.upnext.web.openapi;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What each operation does, for people: {@code openapi.txt}. One file, so that the API reads as one. */
final class OperationTexts {

    private static final String FILE = "/openapi.txt";

    private final Map<String, Text> texts = new LinkedHashMap<>();

    /** @param description null where the summary says it all */
    record Text(String summary, String description) {

        Text and(String more) {
            return new Text(summary, description == null ? more : description + ' ' + more);
        }
    }

    OperationTexts() {
        try (InputStream file = OperationTexts.class.getResourceAsStream(FILE);
                BufferedReader lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            String last = null;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                last = read(line, last);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String read(String line, String last) {
        if (line.isBlank() || line.startsWith("#")) {
            return null;
        }
        if (line.startsWith(" ")) {
            texts.computeIfPresent(last, (key, text) -> text.and(line.strip()));
            return last;
        }
        int colon = line.indexOf(": ");
        String key = line.substring(0, colon);
        texts.put(key, new Text(line.substring(colon + 2).strip(), null));
        return key;
    }

    /** @param path below {@code /api/v1} */
    Optional<Text> of(String method, String path) {
        return Optional.ofNullable(texts.get(method + " " + path));
    }
}
