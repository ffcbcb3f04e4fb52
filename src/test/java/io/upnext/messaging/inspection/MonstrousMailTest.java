package io.upnext.messaging.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Mail that was made to break its reader: whatever comes, it is read as something, within bounds. */
class MonstrousMailTest {

    private static final int TEN_MB = 10 * 1024 * 1024;
    private static final String BOUNCE = "From: MAILER-DAEMON@mx.example\nSubject: Undelivered Mail\n";

    private static Inspected inspect(byte[] raw) {
        return MailInspection.inspect(raw, Instant.parse("2026-05-04T09:02:00Z"), ZoneOffset.UTC);
    }

    private static Inspected inspect(String raw) {
        return inspect(raw.getBytes(StandardCharsets.UTF_8));
    }

    private static String repeated(String part, int bytes) {
        return part.repeat(bytes / part.length());
    }

    @Test
    void nothingAtAllIsUnrelated() {
        assertThat(inspect("").mailClass()).isEqualTo(MailClass.UNRELATED);
        assertThat(inspect("\r\n\r\n").mailClass()).isEqualTo(MailClass.UNRELATED);
        assertThat(inspect(new byte[100_000]).mailClass()).isEqualTo(MailClass.UNRELATED);
        assertThat(inspect("Content-Type: multipart/mixed\n\n").mailClass()).isEqualTo(MailClass.UNRELATED);
    }

    @Test
    void aLongTextIsReadToItsBound() {
        Inspected mail = inspect("From: a@b.example\nSubject: Re: x\n\n" + repeated("Hello world\n", TEN_MB));

        assertThat(mail.mailClass()).isEqualTo(MailClass.REPLY);
        assertThat(mail.mail().text()).hasSizeLessThanOrEqualTo(TransferText.MAX_TEXT);
    }

    @Test
    void millionsOfHeadersAreBounded() {
        Inspected mail = inspect("From: a@b.example\n" + repeated("x:y\n", TEN_MB / 2) + "\nText");

        assertThat(mail.mail().headers().all("x").size()).isLessThanOrEqualTo(2_000);
        assertThat(mail.mail().text()).isEqualTo("Text");
    }

    @Test
    void headersOfAnyLengthAreRead() {
        Inspected mail = inspect("From: " + "a".repeat(10_000) + " <a@b.example>\nSubject: Re: "
                + "=?utf-8?Q?x?= ".repeat(5_000) + "\nReferences: " + "<a@b> ".repeat(50_000) + "\nTo: "
                + "a@b.example, ".repeat(100_000) + "\n\nText");

        assertThat(mail.mail().from()).isEqualTo("a@b.example");
        assertThat(mail.mail().thread()).hasSizeLessThanOrEqualTo(100);
        assertThat(mail.mail().recipients()).hasSizeLessThanOrEqualTo(200);
    }

    @Test
    void partsWithinPartsAreBounded() {
        StringBuilder nested = new StringBuilder("From: a@b.example\nSubject: Re: x\n");
        for (int i = 0; i < 50_000; i++) {
            nested.append("Content-Type: multipart/mixed; boundary=b")
                    .append(i)
                    .append("\n\n--b")
                    .append(i)
                    .append('\n');
        }

        assertThat(inspect(nested.toString()).mailClass()).isEqualTo(MailClass.REPLY);
        assertThat(inspect("Content-Type: multipart/mixed; boundary=b\n\n" + repeated("--b\n\nx\n", TEN_MB / 2))
                        .mailClass())
                .isEqualTo(MailClass.UNRELATED);
    }

    @Test
    void aHundredThousandRecipientsAreBounded() {
        StringBuilder report = new StringBuilder(BOUNCE
                + "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\nContent-Type:"
                + " message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n");
        for (int i = 0; i < 100_000; i++) {
            report.append("Final-Recipient: rfc822; p")
                    .append(i)
                    .append("@x.example\nAction: failed\nStatus: 5.1.1\n\n");
        }
        StringBuilder words = new StringBuilder(BOUNCE + "\nYour message could not be delivered:\n");
        for (int i = 0; i < 100_000; i++) {
            words.append('<').append("p").append(i).append("@x.example>: 550 User unknown\n");
        }

        assertThat(inspect(report + "--b--\n").recipients()).hasSizeBetween(1, 1_000);
        assertThat(inspect(words.toString()).recipients()).hasSizeBetween(1, 1_000);
    }

    @Test
    void reportsWithinReportsAreOfTheOuterOne() {
        String inner =
                BOUNCE + "Content-Type: multipart/report; report-type=delivery-status; boundary=i\n\n--i\nContent-Type:"
                        + " message/delivery-status\n\nReporting-MTA: dns; x\n\nFinal-Recipient: rfc822; inner@x.example\nAction:"
                        + " failed\nStatus: 5.1.1\n\n--i--\n";
        String outer =
                BOUNCE + "Content-Type: multipart/report; report-type=delivery-status; boundary=o\n\n--o\nContent-Type:"
                        + " message/delivery-status\n\nReporting-MTA: dns; x\n\nFinal-Recipient: rfc822; outer@x.example\nAction:"
                        + " failed\nStatus: 5.2.2\n\n--o\nContent-Type: message/rfc822\n\n" + inner + "--o--\n";

        assertThat(inspect(outer).recipients()).extracting(Reported::address).containsExactly("outer@x.example");
    }

    @Test
    void linesThatTempt() {
        List<String> lines = List.of(
                "On " + "a ".repeat(100_000) + "wrote:",
                "a@".repeat(100_000),
                "<".repeat(200_000),
                "1.".repeat(100_000),
                "12 ".repeat(60_000) + "May",
                "550-".repeat(50_000),
                "From: ".repeat(30_000),
                "-".repeat(200_000),
                " ".repeat(200_000) + "x",
                "\n".repeat(200_000),
                "> ".repeat(100_000),
                "bis ".repeat(50_000));
        for (String line : lines) {
            inspect("From: a@b.example\nAuto-Submitted: auto-replied\nSubject: " + line.replace("\n", "") + "\n\n"
                    + line);
            inspect(BOUNCE + "\nYour message could not be delivered\n" + line);
            inspect("From: a@b.example\nContent-Type: text/html\n\n" + line.replace(" ", "<div>"));
        }
    }

    @Test
    void wrongEncodingsAndCharacterSetsAreReadAsFarAsTheyGo() {
        String[] heads = {
            "Content-Transfer-Encoding: base64\nContent-Type: text/plain; charset=no-such\n\n!!!! not base64 A",
            "Content-Transfer-Encoding: quoted-printable\n\n=ZZ=4=\n=",
            "Content-Type: text/plain; charset=utf-8\n\n\u00e9",
            "Content-Type: text/plain; charset=\"\u0000\"\n\n\u0000",
            "Content-Type: text/plain; charset=ISO-2022-JP\n\n\u001b$B$3",
        };
        for (String head : heads) {
            assertThat(inspect("From: a@b.example\n" + head).mailClass()).isEqualTo(MailClass.UNRELATED);
        }
    }

    @Test
    void damagedMailsOfAllKindsAreReadAsSomething() throws IOException {
        Random random = new Random(20260504);
        List<byte[]> mails = samples();
        for (int i = 0; i < 4_000; i++) {
            byte[] damaged = damaged(mails.get(random.nextInt(mails.size())), mails, random);
            assertThat(inspect(damaged).mailClass()).isNotNull();
        }
    }

    private static byte[] damaged(byte[] mail, List<byte[]> others, Random random) {
        byte[] bytes = mail.clone();
        for (int i = random.nextInt(20); i >= 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int cut = random.nextInt(bytes.length);
        out.write(bytes, 0, cut);
        if (random.nextBoolean()) {
            byte[] other = others.get(random.nextInt(others.size()));
            int from = random.nextInt(other.length);
            out.write(other, from, other.length - from);
        }
        if (random.nextBoolean()) {
            out.write(bytes, cut, bytes.length - cut);
        }
        return out.toByteArray();
    }

    private static List<byte[]> samples() throws IOException {
        List<byte[]> mails = new ArrayList<>();
        for (String line : MailSamplesTest.samples().toList()) {
            try (InputStream stream =
                    MonstrousMailTest.class.getResourceAsStream("/mails/" + line.split("\\|")[0] + ".eml")) {
                mails.add(stream.readAllBytes());
            }
        }
        return mails;
    }
}
