package io.upnext.messaging.web;

import io.upnext.messaging.texting.UncertainTexts;
import io.upnext.messaging.texting.UncertainTexts.Decision;
import io.upnext.messaging.texting.UncertainTexts.Uncertain;
import io.upnext.security.Access;
import io.upnext.shared.InvalidException;
import io.upnext.shared.PageQuery;
import io.upnext.shared.Paged;
import io.upnext.shared.TextMessageId;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/v1/uncertain-texts}: texts of which nobody knows whether they were sent. */
@RestController
@RequestMapping("/api/v1/uncertain-texts")
class UncertainTextApi {

    private final UncertainTexts texts;
    private final Access access;

    UncertainTextApi(UncertainTexts texts, Access access) {
        this.texts = texts;
        this.access = access;
    }

    record Body(Decision decision) {}

    @GetMapping
    Paged<Uncertain> list(PageQuery page) {
        if (!page.sort().isEmpty()) {
            throw new InvalidException("Uncertain texts are listed newest first; leave 'sort' out.");
        }
        return texts.list(access.current(), page);
    }

    @GetMapping("/{id}")
    Uncertain one(@PathVariable TextMessageId id) {
        return texts.get(access.current(), id);
    }

    @PostMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void decide(@PathVariable TextMessageId id, @RequestBody Body body) {
        if (body.decision() == null) {
            throw new InvalidException(
                    "'decision' must be SENT (it was sent), RESEND (send it again) or GIVE_UP (go on without).");
        }
        texts.decide(access.current(), id, body.decision());
    }
}
