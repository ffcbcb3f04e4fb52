package io.upnext.enrollment;

import io.upnext.security.KnownSetting;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How often a record may be advanced from sequence to sequence before a person has to look. */
@Configuration(proxyBeanMethods = false)
class AdvanceSettings {

    static final String HOPS = "advanceHops";
    static final int HOPS_BY_DEFAULT = 20;

    @Bean
    KnownSetting advanceHopsSetting() {
        return KnownSetting.number(HOPS, HOPS_BY_DEFAULT);
    }
}
