package io.upnext.messaging.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Mails of many kinds, written for this project after the standards and the habits of well-known servers. */
class MailSamplesTest {

    static Stream<String> samples() throws IOException {
        return new String(bytes("expected.csv"), StandardCharsets.UTF_8).lines().filter(line -> !line.startsWith("#"));
    }

    private static byte[] bytes(String file) throws IOException {
        try (InputStream stream = MailSamplesTest.class.getResourceAsStream("/mails/" + file)) {
            return stream.readAllBytes();
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void whatAMailIsIsSeen(String sample) throws IOException {
        String[] columns = sample.split("\\|", -1);

        Inspected mail = MailInspection.inspect(
                bytes(columns[0] + ".eml"), Instant.parse("2026-05-04T09:02:00Z"), ZoneOffset.UTC);

        assertThat(mail.mailClass() + "|" + recipients(mail)).isEqualTo(columns[1] + "|" + columns[2]);
    }

    private static String recipients(Inspected mail) {
        return mail.recipients().stream()
                .map(recipient -> recipient.address() + " " + recipient.reason()
                        + (recipient.hard() ? " hard" : " soft")
                        + (mail.backOn() == null ? "" : " " + mail.backOn()))
                .collect(Collectors.joining("; "));
    }
}
