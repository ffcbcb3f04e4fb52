package io.upnext.rights;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Reads {@code rights/matrix.txt}, which explains itself. */
final class Matrix {

    private Matrix() {}

    /** @param grid a sign for each role, or three for each: on what is one's own, the own unit's, foreign */
    record Line(String method, String path, String target, String grid, String body) {

        String operation() {
            return method + " " + path;
        }

        boolean isOpen() {
            return grid.equals("open");
        }

        boolean hasRelations() {
            return grid.length() > 4 && !isOpen();
        }

        /** A dot stands for a call that is not made. */
        boolean agrees(String seen) {
            if (isOpen()) {
                return true;
            }
            if (seen.length() != grid.length()) {
                return false;
            }
            for (int i = 0; i < grid.length(); i++) {
                if (grid.charAt(i) != '.' && grid.charAt(i) != seen.charAt(i)) {
                    return false;
                }
            }
            return true;
        }

        static Line of(String text) {
            String[] parts = text.split("\\|", 4);
            String[] operation = parts[0].strip().split("\\s+");
            return new Line(
                    operation[0],
                    operation[1],
                    parts[1].strip(),
                    parts[2].replace(" ", ""),
                    parts.length > 3 ? parts[3].strip() : "{}");
        }
    }

    /** A path without what its variables have to look like. */
    static String plain(String path) {
        return path.replaceAll("\\{([a-z]+):[^}]*}", "{$1}");
    }

    static List<Line> read() {
        try (var file = Matrix.class.getResourceAsStream("/rights/matrix.txt")) {
            return Arrays.stream(new String(file.readAllBytes(), StandardCharsets.UTF_8).split("\n"))
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(Line::of)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
