package io.upnext.messaging.mailbox;

import java.time.Duration;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * How long a mail server, or a token endpoint, is waited for.
 *
 * @param connect for the connection; {@code upnext.mail.connect-timeout}
 * @param answer for each complete answer, however slowly it drips in; {@code upnext.mail.answer-timeout}. RFC 5321
 *     §4.5.3.2 would have minutes; a server that slow is a server that is broken
 */
@Component
public record MailTimeouts(Duration connect, Duration answer) {

    @Autowired
    public MailTimeouts(
            @Value("${upnext.mail.connect-timeout:10s}") Duration connect,
            @Value("${upnext.mail.answer-timeout:60s}") Duration answer) {
        this.connect = connect;
        this.answer = answer;
    }
}
