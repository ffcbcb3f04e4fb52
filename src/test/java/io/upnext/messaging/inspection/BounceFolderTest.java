package io.upnext.messaging.inspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Real bounces of many servers, where they lie beside the project; a fresh clone tests by {@link MailSamplesTest}. */
class BounceFolderTest {

    private static final Path FOLDER = Path.of(System.getProperty("shared", "../shared"), "data", "bounces");

    private final Map<String, Inspected> read = new HashMap<>();

    @BeforeEach
    void onlyWhereTheFolderIs() {
        assumeTrue(Files.isReadable(FOLDER.resolve("expected.csv")), "there is no folder " + FOLDER);
    }

    @Test
    void atLeast95OfAHundredRecipientsAgreeOnClassAndOnHardOrSoft() throws IOException {
        List<String> others = new ArrayList<>();
        int rows = 0;
        for (String line : Files.readAllLines(FOLDER.resolve("expected.csv"))) {
            if (!line.startsWith("file,")) {
                rows++;
                String difference = difference(line.split(",", -1));
                if (difference != null) {
                    others.add(difference);
                }
            }
        }
        double agree = 100.0 * (rows - others.size()) / rows;

        System.out.printf("Bounces: %d of %d recipients agree (%.1f %%).%n", rows - others.size(), rows, agree);
        others.forEach(System.out::println);
        assertThat(agree).isGreaterThanOrEqualTo(95);
    }

    private String difference(String[] row) {
        Inspected mail = read.computeIfAbsent(row[0], BounceFolderTest::inspect);
        int number = Integer.parseInt(row[1]);
        Reported said = number < mail.recipients().size() ? mail.recipients().get(number) : null;
        String asked = expectedClass(row[4]);
        boolean sameClass = mail.mailClass().name().equals(asked) || delayed(mail, asked, row);
        boolean sameHardness = said != null && said.hard() == row[5].equals("1")
                || said == null && mail.mailClass() == MailClass.COMPLAINT;
        if (sameClass && sameHardness) {
            return null;
        }
        return "  " + row[0] + " " + number + ": " + asked + " " + row[4] + (row[5].equals("1") ? " hard" : " soft")
                + " is read as " + mail.mailClass() + " "
                + (said == null ? "without this recipient" : said.reason() + (said.hard() ? " hard" : " soft"));
    }

    private static String expectedClass(String reason) {
        return switch (reason) {
            case "feedback" -> "COMPLAINT";
            case "vacation" -> "AUTO_REPLY";
            case "delivered" -> "SUCCESS";
            default -> "BOUNCE";
        };
    }

    /** The table does not tell notices of a delay from bounces: the mail does. */
    private static boolean delayed(Inspected mail, String asked, String[] row) {
        return asked.equals("BOUNCE")
                && mail.mailClass() == MailClass.DELAY
                && (row[2].startsWith("4.") || Set.of("expired", "networkerror").contains(row[4]));
    }

    private static Inspected inspect(String file) {
        try {
            return MailInspection.inspect(
                    Files.readAllBytes(FOLDER.resolve(file)), Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
