package io.upnext.messaging.web;

import io.upnext.messaging.receiving.UnmatchedMails;
import io.upnext.messaging.receiving.UnmatchedMails.Unmatched;
import io.upnext.security.Access;
import io.upnext.shared.PageQuery;
import io.upnext.shared.Paged;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/v1/unmatched-mails}. */
@RestController
class UnmatchedMailApi {

    private final UnmatchedMails mails;
    private final Access access;

    UnmatchedMailApi(UnmatchedMails mails, Access access) {
        this.mails = mails;
        this.access = access;
    }

    @GetMapping("/api/v1/unmatched-mails")
    Paged<Unmatched> list(PageQuery page) {
        return mails.list(access.current(), page);
    }
}
