package io.upnext.demo.web;

import io.upnext.demo.CaughtTexts;
import io.upnext.demo.CaughtTexts.CaughtText;
import io.upnext.demo.TextAnswers;
import io.upnext.demo.TextAnswers.As;
import io.upnext.shared.InvalidException;
import io.upnext.shared.PageQuery;
import io.upnext.shared.Paged;
import io.upnext.shared.TextMessageId;
import java.util.Set;
import org.springframework.context.annotation.Profile;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/v1/demo/texts}: the caught text messages, open to everybody who is logged in. */
@RestController
@Profile("demo")
@RequestMapping("/api/v1/demo/texts")
class DemoTextApi {

    private final CaughtTexts texts;
    private final TextAnswers answers;

    DemoTextApi(CaughtTexts texts, TextAnswers answers) {
        this.texts = texts;
        this.answers = answers;
    }

    record Answer(As as, String text) {}

    record Answered(TextMessageId textMessage, As as, Set<String> stuck) {}

    @GetMapping
    Paged<CaughtText> list(@RequestParam(required = false) String to, PageQuery page) {
        if (!page.sort().isEmpty()) {
            throw new InvalidException("Caught texts are listed newest first; leave 'sort' out.");
        }
        return texts.list(to, page);
    }

    @GetMapping("/{id}")
    CaughtText one(@PathVariable TextMessageId id) {
        return texts.get(id);
    }

    @PostMapping("/{id}/answer")
    Answered answer(@PathVariable TextMessageId id, @RequestBody Answer body) {
        if (body.as() == null) {
            throw new InvalidException("'as' is missing: DELIVERED, UNDELIVERED, REPLY, STOP or START.");
        }
        return new Answered(id, body.as(), answers.answer(id, body.as(), body.text()));
    }
}
