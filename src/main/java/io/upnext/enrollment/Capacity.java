package io.upnext.enrollment;

import io.upnext.operation.Workers;
import io.upnext.security.KnownSetting;
import io.upnext.security.Settings;
import io.upnext.security.User;
import io.upnext.security.Users;
import io.upnext.shared.Principal;
import io.upnext.shared.UserId;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;

/**
 * How many manual steps fall due for a seller on one day. A step that opens is noted here and gets its place right after,
 * in a transaction of its own ({@link CapacityWorker}): so thousands that open at once wait for nobody, and no two nodes
 * fill the same place.
 */
@Component
class Capacity {

    static final String SETTING = "dailyCapacity";

    private final CapacityRows rows;
    private final Users users;
    private final Settings settings;
    private final Workers workers;

    Capacity(CapacityRows rows, Users users, Settings settings, Workers workers) {
        this.rows = rows;
        this.users = users;
        this.settings = settings;
        this.workers = workers;
    }

    @Configuration(proxyBeanMethods = false)
    static class Known {

        @Bean
        KnownSetting dailyCapacity() {
            return KnownSetting.number(SETTING, 0);
        }
    }

    /** Steps a day; empty where any number is, as for teams. */
    Optional<Integer> of(Principal assignee) {
        if (assignee == null || !assignee.isUser()) {
            return Optional.empty();
        }
        return users.find(new UserId(assignee.id()))
                .map(User::dailyCapacity)
                .or(() -> Optional.of(settings.number(SETTING, 0)))
                .filter(capacity -> capacity > 0);
    }

    /** Costs nothing where the seller's days are not bounded. */
    void opened(StepRun run) {
        if (of(run.assignee()).isPresent()) {
            rows.note(run);
            workers.wake(CapacityWorker.NAME);
        }
    }
}
