package io.upnext.messaging.receiving;

import io.upnext.security.KnownSetting;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What administrators may set about received mail. */
@Configuration
class ReceivingSettings {

    /** How many days an absence without a date holds the next steps back; 0 does not. */
    static final String HOLD_DAYS = "outOfOfficeDays";

    static final int HOLD_DAYS_BY_DEFAULT = 3;

    @Bean
    KnownSetting softBouncesSetting() {
        return KnownSetting.number(SoftBounces.SETTING, SoftBounces.BY_DEFAULT);
    }

    @Bean
    KnownSetting outOfOfficeDaysSetting() {
        return KnownSetting.number(HOLD_DAYS, HOLD_DAYS_BY_DEFAULT);
    }
}
