package io.upnext.messaging.pacing;

import io.upnext.security.Settings;
import io.upnext.security.User;
import io.upnext.security.Users;
import io.upnext.shared.UserId;
import java.time.ZoneId;
import org.springframework.stereotype.Component;

/** The zone of the sender of mail: the mailbox's owner's if known, else the organisation's; days of caps are the organisation's. */
@Component
public class SenderZones {

    private final Users users;
    private final Settings settings;

    SenderZones(Users users, Settings settings) {
        this.users = users;
        this.settings = settings;
    }

    /** @param owner null for a shared mailbox */
    public ZoneId of(UserId owner) {
        if (owner == null) {
            return settings.timeZone();
        }
        return users.find(owner)
                .map(User::timeZone)
                .filter(zone -> !zone.isBlank())
                .map(ZoneId::of)
                .orElseGet(settings::timeZone);
    }

    public ZoneId organisation() {
        return settings.timeZone();
    }
}
