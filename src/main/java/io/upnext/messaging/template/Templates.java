package io.upnext.messaging.template;

import io.upnext.record.CrmRecord;
import io.upnext.record.Fields;
import io.upnext.record.RecordGraph;
import io.upnext.security.Settings;
import io.upnext.shared.UnprocessableException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** Chooses the language of a template and fills it. */
@Component
public class Templates {

    private static final int CACHED = 500;

    private final TemplateRows rows;
    private final Fields fields;
    private final Settings settings;
    private final Map<Key, CompiledTemplate> compiled = new ConcurrentHashMap<>();

    private record Key(UUID id, long version) {}

    Templates(TemplateRows rows, Fields fields, Settings settings) {
        this.rows = rows;
        this.fields = fields;
        this.settings = settings;
    }

    /** All languages of the named templates as they stand now, for many mails at once. */
    public Loaded load(Collection<String> names) {
        Map<String, List<CompiledTemplate>> byName = new HashMap<>();
        for (StoredTemplate stored : rows.named(names)) {
            byName.computeIfAbsent(key(stored.name()), name -> new ArrayList<>())
                    .add(compiled(stored));
        }
        return new Loaded(byName);
    }

    /** Fills a template that need not be stored. */
    public Written fill(StoredTemplate template, RecordGraph graph, Sender sender) {
        return fill(CompiledTemplate.of(template), graph, sender);
    }

    private Written fill(CompiledTemplate template, RecordGraph graph, Sender sender) {
        TemplateValues values = new TemplateValues(graph, sender, fields);
        CompiledTemplate.Filled filled = template.fill(values);
        complete(values);
        Written written = new Written(filled.language(), filled.subject(), filled.html(), filled.text());
        return template.signs() ? written : written.signed(sender);
    }

    /** A piece of HTML with placeholders, filled. */
    public String fillHtml(String html, RecordGraph graph, Sender sender) {
        TemplateValues values = new TemplateValues(graph, sender, fields);
        String filled = TemplateText.parse(html, new ArrayList<>()).fill(values::html);
        complete(values);
        return CleanHtml.of(filled);
    }

    private static void complete(TemplateValues values) {
        if (!values.missing().isEmpty()) {
            throw new UnprocessableException("The mail has no value for "
                    + values.missing().stream()
                            .map(path -> "{{" + path + "}}")
                            .reduce((a, b) -> a + ", " + b)
                            .orElseThrow()
                    + " and the template no fallback; fill the field or write {{field|fallback}}.");
        }
    }

    private CompiledTemplate compiled(StoredTemplate stored) {
        if (compiled.size() > CACHED) {
            compiled.clear();
        }
        return compiled.computeIfAbsent(new Key(stored.id(), stored.version()), k -> CompiledTemplate.of(stored));
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** Templates read at one moment. */
    public final class Loaded {

        private final Map<String, List<CompiledTemplate>> byName;

        private Loaded(Map<String, List<CompiledTemplate>> byName) {
            this.byName = byName;
        }

        /**
         * @param graph null for a sample that shows the names of its placeholders
         * @param language explicit, or null for the recipient's, else the organisation's, else any
         * @throws UnprocessableException where there is no such template or language, or a placeholder has neither
         *     value nor fallback
         */
        public Written fill(String name, String language, RecordGraph graph, Sender sender) {
            List<CompiledTemplate> languages = byName.getOrDefault(key(name), List.of());
            if (languages.isEmpty()) {
                throw new UnprocessableException(
                        "There is no mail template '" + name + "'; create it or change the step.");
            }
            CrmRecord person = graph == null ? null : graph.person();
            return Templates.this.fill(choose(name, languages, language, person), graph, sender);
        }

        private CompiledTemplate choose(
                String name, List<CompiledTemplate> languages, String explicit, CrmRecord person) {
            if (explicit != null) {
                return find(languages, explicit)
                        .orElseThrow(() -> new UnprocessableException("The mail template '" + name
                                + "' does not exist in the language '" + explicit + "'; add it or change the step."));
            }
            return find(languages, person == null ? null : Languages.of(person.text("locale")))
                    .or(() -> find(languages, Languages.of(settings.language())))
                    .orElse(languages.get(0));
        }

        private java.util.Optional<CompiledTemplate> find(List<CompiledTemplate> languages, String language) {
            return languages.stream()
                    .filter(template -> template.language().equals(language))
                    .findFirst();
        }
    }

    /** A filled template. */
    public record Written(String language, String subject, String html, String text) {

        /** With the sender's signature at its end. */
        Written signed(Sender sender) {
            return sender.signature() == null
                    ? this
                    : new Written(
                            language,
                            subject,
                            html + "\n<div>" + sender.signature() + "</div>",
                            text + "\n\n" + PlainText.of(sender.signature()));
        }
    }
}
