package io.upnext.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.upnext.security.Organisation;
import io.upnext.security.Users;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

@TestConfiguration(proxyBeanMethods = false)
class HttpSupport {

    @Bean
    TestUsers testUsers(Users users, Organisation organisation) {
        return new TestUsers(users, organisation);
    }

    @Bean
    Api api(Environment environment, ObjectMapper json) {
        return new Api(environment, json);
    }
}
