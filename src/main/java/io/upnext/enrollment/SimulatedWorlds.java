package io.upnext.enrollment;

import io.upnext.messaging.Mailboxes;
import io.upnext.messaging.PaceModel;
import io.upnext.record.CrmRecord;
import io.upnext.record.Processes;
import io.upnext.record.RecordGraph;
import io.upnext.record.Records;
import io.upnext.security.Settings;
import io.upnext.security.User;
import io.upnext.security.Users;
import io.upnext.sequence.Definition;
import io.upnext.sequence.Sequence;
import io.upnext.shared.Principal;
import io.upnext.shared.RecordId;
import io.upnext.shared.RecordType;
import io.upnext.shared.UserId;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Makes the world that a simulation happens in: its records, people and mailboxes as they are now. */
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

    SimulatedWorlds(
            Assignments assignments,
            WaitTimes times,
            Capacity capacity,
            Records records,
            Processes processes,
            Mailboxes mailboxes,
            Users users,
            Settings settings) {
        this.assignments = assignments;
        this.times = times;
        this.capacity = capacity;
        this.records = records;
        this.processes = processes;
        this.mailboxes = mailboxes;
        this.users = users;
        this.settings = settings;
    }

    /** @param graphs none: all are typical records, of which nothing is known */
    SimulatedWorld of(
            Definition definition,
            Sequence sequence,
            UserId by,
            List<RecordGraph> graphs,
            Set<RecordId> refused,
            PaceModel pace) {
        return new SimulatedWorld(this, definition, sequence, by, graphs, refused, pace);
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
