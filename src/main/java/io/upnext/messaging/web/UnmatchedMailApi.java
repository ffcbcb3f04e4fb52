package io.upnext.messaging.web;

import io.upnext.messaging.inbox.UnmatchedDecisions;
import io.upnext.messaging.inbox.UnmatchedDecisions.As;
import io.upnext.messaging.inbox.UnmatchedDecisions.Kept;
import io.upnext.messaging.receiving.UnmatchedMails;
import io.upnext.messaging.receiving.UnmatchedMails.Unmatched;
import io.upnext.security.Access;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.MailId;
import io.upnext.shared.PageQuery;
import io.upnext.shared.Paged;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/v1/unmatched-mails}. */
@RestController
class UnmatchedMailApi {

    private final UnmatchedMails mails;
    private final UnmatchedDecisions decisions;
    private final Access access;

    UnmatchedMailApi(UnmatchedMails mails, UnmatchedDecisions decisions, Access access) {
        this.mails = mails;
        this.decisions = decisions;
        this.access = access;
    }

    @GetMapping("/api/v1/unmatched-mails")
    Paged<Unmatched> list(PageQuery page) {
        return mails.list(access.current(), page);
    }

    @GetMapping("/api/v1/unmatched-mails/{id}")
    Kept one(@PathVariable UUID id) {
        return decisions.get(access.current(), id);
    }

    /** @param as null: what it looks like */
    record Assign(MailId mail, EnrollmentId enrollment, As as) {}

    @PostMapping("/api/v1/unmatched-mails/{id}/assign")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void assign(@PathVariable UUID id, @RequestBody Assign assign) {
        decisions.assign(access.current(), id, assign.mail(), assign.enrollment(), assign.as());
    }

    @PostMapping("/api/v1/unmatched-mails/{id}/dismiss")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void dismiss(@PathVariable UUID id) {
        decisions.dismiss(access.current(), id);
    }
}
