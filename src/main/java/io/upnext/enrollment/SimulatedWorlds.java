package io.upnext.enrollment;

import io.upnext.messaging.Mailboxes;
import io.upnext.record.CrmRecord;
import io.upnext.record.Processes;
import io.upnext.record.Records;
import io.upnext.security.CompanyCalendar;
import io.upnext.security.Settings;
import io.upnext.security.User;
import io.upnext.security.Users;
import io.upnext.sequence.Sequences;
import io.upnext.sequence.Versions;
import io.upnext.shared.Principal;
import io.upnext.shared.RecordId;
import io.upnext.shared.RecordType;
import io.upnext.shared.UserId;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import org.springframework.stereotype.Component;

/** What the world of a simulation is made of: records, people and mailboxes as they are now. */
@Component
class SimulatedWorlds {

    final Assignments assignments;
    final WaitTimes times;
    final Capacity capacity;
    final Records records;
    final Processes processes;
    final Mailboxes mailboxes;
    final Users users;
    final Settings settings;
    final ModeTimes modes;
    final Sequences sequences;
    final Versions versions;
    final CompanyCalendar calendar;

    SimulatedWorlds(
            Assignments assignments,
            WaitTimes times,
            Capacity capacity,
            Records records,
            Processes processes,
            Mailboxes mailboxes,
            Users users,
            Settings settings,
            ModeTimes modes,
            Sequences sequences,
            Versions versions,
            CompanyCalendar calendar) {
        this.assignments = assignments;
        this.times = times;
        this.capacity = capacity;
        this.records = records;
        this.processes = processes;
        this.mailboxes = mailboxes;
        this.users = users;
        this.settings = settings;
        this.modes = modes;
        this.sequences = sequences;
        this.versions = versions;
        this.calendar = calendar;
    }

    /** Nothing is known of it. */
    static CrmRecord typical(RecordType type) {
        return new CrmRecord(RecordId.next(), type, null, null, null, "", Map.of(), Instant.EPOCH, Instant.EPOCH, 0);
    }

    /** In whose days a seller's tasks fall. */
    ZoneId zone(Principal seller) {
        return !seller.isUser()
                ? settings.timeZone()
                : users.find(new UserId(seller.id()))
                        .map(User::timeZone)
                        .filter(zone -> !zone.isBlank())
                        .map(ZoneId::of)
                        .orElseGet(settings::timeZone);
    }
}
