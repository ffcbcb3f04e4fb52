package io.upnext.testing;

import io.upnext.messaging.Mailboxes;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

@TestConfiguration(proxyBeanMethods = false)
class MailSupport {

    @Bean
    TestMail testMail(Mailboxes mailboxes) {
        return new TestMail(mailboxes);
    }

    @Bean
    @Primary
    FakeDns fakeDns() {
        return new FakeDns();
    }
}
