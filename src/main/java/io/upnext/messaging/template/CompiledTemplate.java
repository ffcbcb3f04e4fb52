package io.upnext.messaging.template;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A template taken apart, ready to be filled. */
final class CompiledTemplate {

    private final StoredTemplate stored;
    private final TemplateText subject;
    private final TemplateText html;
    private final TemplateText text;

    private CompiledTemplate(StoredTemplate stored, List<String> problems) {
        this.stored = stored;
        this.subject = TemplateText.parse(stored.subject(), problems);
        this.html = TemplateText.parse(stored.html(), problems);
        this.text = stored.text() == null ? null : TemplateText.parse(stored.text(), problems);
    }

    static CompiledTemplate of(StoredTemplate stored) {
        return new CompiledTemplate(stored, new ArrayList<>());
    }

    /** A sentence for everything between braces that is no placeholder. */
    static List<String> problems(StoredTemplate stored) {
        List<String> problems = new ArrayList<>();
        CompiledTemplate template = new CompiledTemplate(stored, problems);
        if (template.subject.placeholders().anyMatch(Placeholder::isSignature)) {
            problems.add("{{sender.signature}} cannot stand in the subject; put it into the text.");
        }
        return problems;
    }

    /** Does the text say itself where the sender's signature stands? */
    boolean signs() {
        return html.placeholders().anyMatch(Placeholder::isSignature);
    }

    String language() {
        return stored.language();
    }

    Stream<Placeholder> placeholders() {
        Stream<Placeholder> both = Stream.concat(subject.placeholders(), html.placeholders());
        return text == null ? both : Stream.concat(both, text.placeholders());
    }

    Filled fill(TemplateValues values) {
        String filledHtml = html.fill(values::html);
        if (html.fillsUrls()) {
            filledHtml = CleanHtml.of(filledHtml);
        }
        String filledText = text == null ? PlainText.of(filledHtml) : text.fill(values::plain);
        return new Filled(stored.language(), values.line(subject), filledHtml, filledText);
    }

    /** A template with every placeholder replaced. */
    record Filled(String language, String subject, String html, String text) {}
}
