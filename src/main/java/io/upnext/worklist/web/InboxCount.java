package io.upnext.worklist.web;

import io.upnext.messaging.Inbox;
import io.upnext.security.CurrentUser;
import io.upnext.web.NavigationCount;
import org.springframework.stereotype.Component;

/** How many conversations hold something unread, beside the inbox in the navigation. */
@Component
class InboxCount implements NavigationCount {

    private final Inbox inbox;

    InboxCount(Inbox inbox) {
        this.inbox = inbox;
    }

    @Override
    public String path() {
        return "/inbox";
    }

    @Override
    public long of(CurrentUser user) {
        return inbox.unread(user);
    }
}
