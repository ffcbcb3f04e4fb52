package io.upnext.enrollment;

import io.upnext.record.CrmRecord;
import io.upnext.record.Records;
import io.upnext.security.User;
import io.upnext.security.Users;
import io.upnext.shared.Principal;
import io.upnext.shared.TeamId;
import io.upnext.shared.UserId;
import org.springframework.stereotype.Component;

/** Who could work the steps of a record: whoever is active and may see it; a team where one of its members does. */
@Component
public class StepEligibility {

    private final Users users;
    private final Records records;

    StepEligibility(Users users, Records records) {
        this.users = users;
        this.records = records;
    }

    /** Is it an active user, or a team with an active member? */
    public boolean active(Principal somebody) {
        return somebody.isUser()
                ? active(new UserId(somebody.id()))
                : users.members(new TeamId(somebody.id())).stream().anyMatch(this::active);
    }

    public boolean sees(Principal somebody, CrmRecord record) {
        return somebody.isUser()
                ? sees(new UserId(somebody.id()), record)
                : users.members(new TeamId(somebody.id())).stream()
                        .anyMatch(member -> active(member) && sees(member, record));
    }

    private boolean active(UserId user) {
        return users.find(user).map(User::active).orElse(false);
    }

    private boolean sees(UserId user, CrmRecord record) {
        return records.visible(users.asCaller(user), record);
    }
}
