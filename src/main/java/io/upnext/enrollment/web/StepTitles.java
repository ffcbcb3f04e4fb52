package io.upnext.enrollment.web;

import io.upnext.enrollment.Awaited;
import io.upnext.enrollment.StepRunView;
import io.upnext.sequence.Step;
import io.upnext.sequence.StepWords;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** What templates ask for as {@code @steps}: how people call a step. The API keeps to the id where there is no name. */
@Component("steps")
class StepTitles {

    private final MessageSource texts;

    StepTitles(MessageSource texts) {
        this.texts = texts;
    }

    public String title(StepRunView.Info info) {
        return info.step() == null ? info.name() : title(info.step());
    }

    public String titles(List<StepRunView.Info> infos) {
        return infos.stream().map(this::title).collect(Collectors.joining(", "));
    }

    /** Of what is waited for; null where that is no step. */
    public String title(Awaited awaited) {
        return awaited.described() == null ? awaited.name() : title(awaited.described());
    }

    public String title(Step step) {
        return new StepWords(texts, LocaleContextHolder.getLocale()).title(step);
    }
}
