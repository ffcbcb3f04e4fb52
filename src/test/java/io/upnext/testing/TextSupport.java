package io.upnext.testing;

import io.upnext.messaging.TextTemplates;
import io.upnext.messaging.texting.GatewayAdministration;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

@TestConfiguration(proxyBeanMethods = false)
class TextSupport {

    @Bean
    TestTexts testTexts(GatewayAdministration gateway, TextTemplates templates, TestUsers users, Api api) {
        return new TestTexts(gateway, templates, users, api);
    }
}
