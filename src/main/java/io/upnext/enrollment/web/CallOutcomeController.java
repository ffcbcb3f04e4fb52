package io.upnext.enrollment.web;

import io.upnext.enrollment.CallOutcomes;
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

    /** Few by nature: always all of them on one page. */
    @GetMapping
    Paged<CallOutcome> all(Locale locale) {
        List<CallOutcome> all = outcomes.codes().stream()
                .map(code -> new CallOutcome(code, texts.getMessage("call.outcome." + code, null, code, locale)))
                .toList();
        return Paged.of(all, PageQuery.first(PageQuery.MAX_SIZE), all.size());
    }
}
