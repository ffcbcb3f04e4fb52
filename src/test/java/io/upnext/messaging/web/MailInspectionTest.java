package io.upnext.messaging.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.upnext.testing.Api;
import io.upnext.testing.TestUsers;
import io.upnext.testing.UpnextTest;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@UpnextTest
class MailInspectionTest {

    private static final String BOUNCE = String.join(
            "\r\n",
            "From: Mail Delivery System <mailer-daemon@mail.example>",
            "Subject: Undelivered Mail Returned to Sender",
            "MIME-Version: 1.0",
            "Content-Type: multipart/report; report-type=delivery-status; boundary=b",
            "",
            "--b",
            "Content-Type: message/delivery-status",
            "",
            "Reporting-MTA: dns; mail.example",
            "",
            "Final-Recipient: rfc822; nobody@prospect.example",
            "Action: failed",
            "Status: 5.1.1",
            "Diagnostic-Code: smtp; 550 5.1.1 no such user",
            "",
            "--b--",
            "");

    @Autowired
    private Api api;

    @Autowired
    private TestUsers users;

    private Api.Caller administrator;

    @BeforeEach
    void anAdministrator() {
        administrator = api.as(users.administrator());
    }

    private Api.Answer inspected(byte[] message) {
        return administrator.send("POST", "/mail/inspect", "message/rfc822", message);
    }

    private Api.Answer inspected(String message) {
        return inspected(message.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void administratorsAreToldWhatABounceSays() {
        Api.Answer answer = inspected(BOUNCE);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("class").asText()).isEqualTo("BOUNCE");
        assertThat(answer.body().at("/recipients/0/address").asText()).isEqualTo("nobody@prospect.example");
        assertThat(answer.body().at("/recipients/0/status").asText()).isEqualTo("5.1.1");
        assertThat(answer.body().at("/recipients/0/smtpCode").asText()).isEqualTo("550");
        assertThat(answer.body().at("/recipients/0/hard").asBoolean()).isTrue();
        assertThat(answer.body().at("/recipients/0/reason").asText()).isEqualTo("userunknown");
    }

    @Test
    void nobodyElseIsTold() {
        assertThat(api.as(users.seller())
                        .send("POST", "/mail/inspect", "message/rfc822", BOUNCE)
                        .status())
                .isEqualTo(403);
        assertThat(api.anonymous()
                        .send("POST", "/mail/inspect", "message/rfc822", BOUNCE)
                        .status())
                .isEqualTo(401);
    }

    @Test
    void whatIsNoMessageIsRefusedInASentence() {
        Api.Answer otherType = administrator.send("POST", "/mail/inspect", "application/json", "{}");
        Api.Answer form = administrator.send("POST", "/mail/inspect", "application/x-www-form-urlencoded", "a=b");
        Api.Answer empty = inspected("");

        assertThat(otherType.status()).isEqualTo(415);
        assertThat(otherType.detail()).isNotBlank();
        assertThat(form.status()).isEqualTo(415);
        assertThat(empty.status()).isEqualTo(400);
        assertThat(empty.detail()).contains("empty");
    }

    @Test
    void elevenMegabytesAreTooMany() {
        Api.Answer answer = inspected("Subject: long\r\n\r\n" + "x".repeat(11 * 1024 * 1024));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.detail()).contains("10 MB");
    }

    @Test
    void bytesWithoutAnySenseConcernNobody() {
        byte[] garbage = new byte[100_000];
        new Random(1).nextBytes(garbage);

        Api.Answer answer = inspected(garbage);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("class").asText()).isEqualTo("UNRELATED");
    }
}
