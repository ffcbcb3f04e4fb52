package io.upnext.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What the table beside the folder of reports says of each recipient, and what therefore is to happen. */
final class ReportRows {

    /** Reports that nobody complains in: what failed is authentication, or it was no spam after all. */
    private static final Pattern NO_COMPLAINT =
            Pattern.compile("(?im)^feedback-type[ \\t]*:\\s*(auth-failure|dmarc|not-spam)");

    private ReportRows() {}

    /** @param number which of the recipients the report names */
    record Row(String file, int number, String kind) {

        static Row answer(int number) {
            return new Row("answer", number, "REPLY");
        }

        static Row silence(int number) {
            return new Row("silence", number, "SILENCE");
        }

        boolean isAnswer() {
            return kind.equals("REPLY");
        }

        boolean isSilence() {
            return kind.equals("SILENCE");
        }

        boolean isReport() {
            return !isAnswer() && !isSilence();
        }

        String name() {
            return file + " " + number;
        }
    }

    /**
     * What came of it.
     *
     * @param ours whether the report could be made to concern the mail
     * @param events what was noted of the mail since it left
     * @param reason why the enrollment ended, or null
     */
    record Played(Row row, boolean ours, Set<String> events, String reason, boolean suppressed) {

        /** Whether the product takes it for what the table says it is. */
        boolean agrees() {
            return ours && meant().contains(events);
        }

        private List<Set<String>> meant() {
            return switch (row.kind()) {
                case "HARD" -> List.of(Set.of("BOUNCED_HARD"));
                case "SOFT" -> List.of(Set.of("BOUNCED_SOFT"), Set.of("DELAYED"));
                case "COMPLAINT" -> List.of(Set.of("COMPLAINED"));
                case "SUCCESS" -> List.of(Set.of("DELIVERED"));
                case "AUTO_REPLY" -> List.of(Set.of("AUTO_REPLIED"));
                case "REPLY" -> List.of(Set.of("REPLIED"));
                default -> List.of(Set.of());
            };
        }

        String expected() {
            if (!ours) {
                return null;
            }
            return switch (row.kind()) {
                case "HARD" -> "BOUNCED";
                case "COMPLAINT" -> "UNSUBSCRIBED";
                case "REPLY" -> "REPLIED";
                default -> null;
            };
        }

        boolean right() {
            boolean forGood = Set.of("HARD", "COMPLAINT").contains(row.kind());
            return String.valueOf(expected()).equals(String.valueOf(reason)) && suppressed == (ours && forGood);
        }

        boolean untouched() {
            return events.isEmpty() && reason == null && !suppressed;
        }

        @Override
        public String toString() {
            return row.name() + (ours ? ": " : " (not ours): ") + events + (reason == null ? "" : " ended " + reason);
        }
    }

    static List<Row> read(Path table) throws IOException {
        return Files.readAllLines(table).stream()
                .filter(line -> !line.startsWith("file,"))
                .map(line -> row(table.getParent(), line.split(",", -1)))
                .toList();
    }

    private static Row row(Path folder, String[] cells) {
        String kind =
                switch (cells[4]) {
                    case "feedback" -> nobodyComplains(folder.resolve(cells[0])) ? "REPORT" : "COMPLAINT";
                    case "vacation" -> "AUTO_REPLY";
                    case "delivered" -> "SUCCESS";
                    default -> cells[5].equals("1") ? "HARD" : "SOFT";
                };
        return new Row(cells[0], Integer.parseInt(cells[1]), kind);
    }

    private static boolean nobodyComplains(Path file) {
        try {
            return NO_COMPLAINT
                    .matcher(Files.readString(file, StandardCharsets.ISO_8859_1))
                    .find();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
