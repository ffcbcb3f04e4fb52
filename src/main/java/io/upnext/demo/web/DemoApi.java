package io.upnext.demo.web;

import io.upnext.demo.CaughtMails;
import io.upnext.demo.CaughtMails.Caught;
import io.upnext.demo.FastForward;
import io.upnext.demo.MailAnswers;
import io.upnext.demo.MailAnswers.As;
import io.upnext.shared.InvalidException;
import io.upnext.shared.PageQuery;
import io.upnext.shared.Paged;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.springframework.context.annotation.Profile;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/v1/demo}: the clock and the caught mail, open to everybody who is logged in. */
@RestController
@Profile("demo")
@RequestMapping("/api/v1/demo")
class DemoApi {

    private final FastForward fastForward;
    private final CaughtMails mails;
    private final MailAnswers answers;

    DemoApi(FastForward fastForward, CaughtMails mails, MailAnswers answers) {
        this.fastForward = fastForward;
        this.mails = mails;
        this.answers = answers;
    }

    record Advance(String advance) {}

    record Time(Instant now) {}

    /** @param stuck workers whose work does not move, which were not waited for; mostly none */
    record Advanced(Instant now, int steps, Set<String> stuck) {}

    record Answer(As as, String text) {}

    record Answered(String mail, As as, Set<String> stuck) {}

    @GetMapping("/clock")
    Time clock() {
        return new Time(fastForward.now());
    }

    @PostMapping("/clock")
    Advanced advance(@RequestBody Advance body) {
        Duration by = Advances.read(body.advance());
        FastForward.Outcome outcome = fastForward.advance(by);
        return new Advanced(outcome.now(), outcome.steps(), outcome.stuck());
    }

    @GetMapping("/mails")
    Paged<Caught> mails(@RequestParam(required = false) String to, PageQuery page) {
        if (!page.sort().isEmpty()) {
            throw new InvalidException("Caught mails are listed newest first; leave 'sort' out.");
        }
        return mails.list(to == null || to.isBlank() ? null : to.strip(), page);
    }

    @GetMapping("/mails/{id}")
    Caught mail(@PathVariable String id) {
        return mails.get(id);
    }

    @PostMapping("/mails/{id}/answer")
    Answered answer(@PathVariable String id, @RequestBody Answer body) {
        if (body.as() == null) {
            throw new InvalidException(
                    "'as' is missing: REPLY, OUT_OF_OFFICE, HARD_BOUNCE, UNSUBSCRIBE, OPEN or CLICK.");
        }
        return new Answered(id, body.as(), answers.answer(id, body.as(), body.text()));
    }
}
