package io.upnext.messaging.pacing;

import io.upnext.messaging.MailLimits;
import io.upnext.messaging.Mailbox;
import io.upnext.security.KnownSetting;
import io.upnext.security.Settings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;

/** The daily caps of the organisation and of each user, and whether a mailbox has any limit at all. */
@Component
public class Caps {

    static final String ORGANISATION = "dailyMailCap";
    static final String USER = "userDailyMailCap";

    private final Settings settings;

    Caps(Settings settings) {
        this.settings = settings;
    }

    @Configuration(proxyBeanMethods = false)
    static class Known {

        @Bean
        KnownSetting dailyMailCap() {
            return KnownSetting.number(ORGANISATION, 0);
        }

        @Bean
        KnownSetting userDailyMailCap() {
            return KnownSetting.number(USER, 0);
        }
    }

    /** Most mails the organisation sends on one of its days; 0: any number. */
    int organisation() {
        return settings.number(ORGANISATION, 0);
    }

    /** Most mails all mailboxes of one user send on one of the user's days; 0: any number. */
    int user() {
        return settings.number(USER, 0);
    }

    /** Is there a cap that may concern a mailbox without limits? */
    public boolean any() {
        return organisation() > 0 || user() > 0;
    }

    /** Must its mails be planned? */
    public boolean limit(Mailbox mailbox) {
        return !mailbox.limits().isNone() || organisation() > 0 || (user() > 0 && mailbox.owner() != null);
    }

    /** What is in force for one mailbox. */
    InForce of(Mailbox mailbox) {
        return new InForce(mailbox.limits(), mailbox.owner() == null ? 0 : user(), organisation());
    }

    /** @param user 0: none @param organisation 0: none */
    record InForce(MailLimits mailbox, int user, int organisation) {

        int gapMillis() {
            return mailbox.minGapSeconds() == null ? 0 : mailbox.minGapSeconds() * 1000;
        }

        /** Is anything counted by the days of the mailbox's owner? */
        boolean byDay() {
            return user > 0 || mailbox.dailyCap() != null || mailbox.ramp() != null;
        }
    }
}
