package io.upnext.messaging.template;

import io.upnext.record.Fields;
import io.upnext.record.RecordGraph;
import io.upnext.security.Settings;
import io.upnext.security.User;
import io.upnext.shared.UnprocessableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Chooses the language of a text template and fills it; nothing is escaped, since a text message has no markup. */
@Component
public class TextFilling {

    private final TextTemplateRows rows;
    private final Fields fields;
    private final Settings settings;

    TextFilling(TextTemplateRows rows, Fields fields, Settings settings) {
        this.rows = rows;
        this.fields = fields;
        this.settings = settings;
    }

    /**
     * @param language explicit, or null for the recipient's, else the organisation's, else any
     * @param sender null where nobody in particular sends
     * @throws UnprocessableException where there is no such template or language, or a placeholder has neither value
     *     nor fallback
     */
    public String fill(String name, String language, RecordGraph graph, User sender) {
        List<StoredTextTemplate> languages = rows.named(name);
        if (languages.isEmpty()) {
            throw new UnprocessableException("There is no text template '" + name + "'; create it or change the step.");
        }
        return fill(choose(languages, language, graph.person().text("locale")), graph, sender);
    }

    private StoredTextTemplate choose(List<StoredTextTemplate> languages, String explicit, String locale) {
        if (explicit != null) {
            return find(languages, Languages.of(explicit))
                    .orElseThrow(() -> new UnprocessableException(
                            "The text template '" + languages.get(0).name() + "' does not exist in the language '"
                                    + explicit + "'; add it or change the step."));
        }
        return Stream.of(Optional.ofNullable(locale), Optional.of(settings.language()))
                .flatMap(Optional::stream)
                .map(Languages::of)
                .filter(Objects::nonNull)
                .flatMap(language -> find(languages, language).stream())
                .findFirst()
                .orElse(languages.get(0));
    }

    private static Optional<StoredTextTemplate> find(List<StoredTextTemplate> languages, String language) {
        return languages.stream()
                .filter(template -> template.language().equals(language))
                .findFirst();
    }

    /** Fills a template that need not be stored. */
    String fill(StoredTextTemplate template, RecordGraph graph, User sender) {
        TemplateValues values = new TemplateValues(graph, new Sender(sender, null), fields);
        String text = TemplateText.parse(template.text(), new ArrayList<>()).fill(values::plain);
        if (!values.missing().isEmpty()) {
            throw new UnprocessableException("The text has no value for "
                    + values.missing().stream().map(path -> "{{" + path + "}}").collect(Collectors.joining(", "))
                    + " and the template no fallback; fill the field or write {{field|fallback}}.");
        }
        return text.strip();
    }
}
