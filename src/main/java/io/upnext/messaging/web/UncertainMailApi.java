package io.upnext.messaging.web;

import io.upnext.messaging.sending.UncertainMails;
import io.upnext.messaging.sending.UncertainMails.Decision;
import io.upnext.messaging.sending.UncertainMails.Uncertain;
import io.upnext.security.Access;
import io.upnext.shared.InvalidException;
import io.upnext.shared.MailId;
import io.upnext.shared.PageQuery;
import io.upnext.shared.Paged;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/v1/uncertain-mails}: a person who can ask the mail server decides what became of them. */
@RestController
@RequestMapping("/api/v1/uncertain-mails")
class UncertainMailApi {

    private final UncertainMails mails;
    private final Access access;

    UncertainMailApi(UncertainMails mails, Access access) {
        this.mails = mails;
        this.access = access;
    }

    record Body(Decision decision) {}

    @GetMapping
    Paged<Uncertain> list(PageQuery page) {
        if (!page.sort().isEmpty()) {
            throw new InvalidException("Uncertain mails are listed newest first; leave 'sort' out.");
        }
        return mails.list(access.current(), page);
    }

    @GetMapping("/{id}")
    Uncertain one(@PathVariable MailId id) {
        return mails.get(access.current(), id);
    }

    @PostMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void decide(@PathVariable MailId id, @RequestBody Body body) {
        if (body.decision() == null) {
            throw new InvalidException(
                    "'decision' must be SENT (it arrived), RESEND (send it again) or GIVE_UP (go on without).");
        }
        mails.decide(access.current(), id, body.decision());
    }
}
