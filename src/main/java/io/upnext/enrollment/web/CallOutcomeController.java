package io.upnext.enrollment.web;

import io.upnext.enrollment.CallOutcomes;
import io.upnext.shared.InvalidException;
import io.upnext.shared.PageQuery;
import io.upnext.shared.Paged;
import java.util.List;
import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/call-outcomes")
class CallOutcomeController {

    private final CallOutcomes outcomes;
    private final MessageSource texts;

    CallOutcomeController(CallOutcomes outcomes, MessageSource texts) {
        this.outcomes = outcomes;
        this.texts = texts;
    }

    record CallOutcome(String code, String label) {}

    @GetMapping
    Paged<CallOutcome> all(Locale locale, PageQuery page) {
        if (!page.sort().isEmpty()) {
            throw new InvalidException("Call outcomes cannot be sorted; leave 'sort' out.");
        }
        List<CallOutcome> all = outcomes.codes().stream()
                .map(code -> new CallOutcome(code, texts.getMessage("call.outcome." + code, null, code, locale)))
                .toList();
        List<CallOutcome> items =
                all.stream().skip(page.offset()).limit(page.size()).toList();
        return Paged.of(items, page, all.size());
    }
}
