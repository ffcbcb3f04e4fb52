package io.upnext.testing;

import io.upnext.messaging.Mailboxes;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

@TestConfiguration(proxyBeanMethods = false)
class MailSupport {

    @Bean
    TestMail testMail(Mailboxes mailboxes) {
        return new TestMail(mailboxes);
    }
}
