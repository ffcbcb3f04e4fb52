package io.upnext.sequence.web;

import io.upnext.record.Field;
import io.upnext.record.Fields;
import io.upnext.record.Processes;
import io.upnext.security.CurrentUser;
import io.upnext.security.Settings;
import io.upnext.sequence.MailFacts;
import io.upnext.sequence.Sequence;
import io.upnext.sequence.SequenceQuery;
import io.upnext.sequence.Sequences;
import io.upnext.shared.PageQuery;
import io.upnext.shared.RecordType;
import io.upnext.web.Page;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** What the forms of steps offer to choose from, for one user and one type of record. */
final class StepChoices {

    private final Source source;
    private final CurrentUser user;
    private final RecordType type;

    private StepChoices(Source source, CurrentUser user, RecordType type) {
        this.source = source;
        this.user = user;
        this.type = type;
    }

    /** Where the choices come from. */
    @Component
    static class Source {
        private final Fields fields;
        private final Processes processes;
        private final Sequences sequences;
        private final Settings settings;
        private final MessageSource texts;
        private final ObjectProvider<MailFacts> mail;
        private final Page page;

        Source(
                Fields fields,
                Processes processes,
                Sequences sequences,
                Settings settings,
                MessageSource texts,
                ObjectProvider<MailFacts> mail,
                Page page) {
            this.fields = fields;
            this.processes = processes;
            this.sequences = sequences;
            this.settings = settings;
            this.texts = texts;
            this.mail = mail;
            this.page = page;
        }

        StepChoices choices(CurrentUser user, RecordType type) {
            return new StepChoices(this, user, type);
        }
    }

    /** The zone in which the user enters times. */
    ZoneId zone() {
        return source.page.zone();
    }

    Map<String, String> templates() {
        return names(MailFacts::templateNames);
    }

    Map<String, String> textTemplates() {
        return names(MailFacts::textTemplateNames);
    }

    private Map<String, String> names(Function<MailFacts, List<String>> which) {
        List<String> names =
                Optional.ofNullable(source.mail.getIfAvailable()).map(which).orElse(List.of());
        Map<String, String> choices = new LinkedHashMap<>();
        names.forEach(name -> choices.put(name, name));
        return choices;
    }

    /** Whose mailbox a mail leaves by: the one assigned, the sequence's owner, or a mailbox's id. */
    Map<String, String> senders() {
        Map<String, String> choices = new LinkedHashMap<>(texts("choices.sender.", "ASSIGNEE", "SEQUENCE_OWNER"));
        Optional.ofNullable(source.mail.getIfAvailable())
                .map(MailFacts::mailboxes)
                .ifPresent(choices::putAll);
        return choices;
    }

    Map<String, String> attachments() {
        Map<String, String> choices = new LinkedHashMap<>();
        Optional.ofNullable(source.mail.getIfAvailable())
                .map(MailFacts::attachmentNames)
                .orElse(List.of())
                .forEach(name -> choices.put(name, name));
        return choices;
    }

    /** Active sequences for the same type of record that the user may see. */
    Map<String, String> sequences() {
        Map<String, String> choices = new LinkedHashMap<>();
        source.sequences
                .list(user, new SequenceQuery(Sequence.State.ACTIVE, type, null, null), PageQuery.first(250))
                .items()
                .forEach(view ->
                        choices.put(view.id().toString(), view.definition().name()));
        return choices;
    }

    /** Every value a field can be set to, as {@code field=code}. */
    Map<String, String> updates() {
        Map<String, String> choices = new LinkedHashMap<>();
        String language = LocaleContextHolder.getLocale().getLanguage();
        for (Field field : source.fields.of(type)) {
            if (field.kind() == Field.Kind.TWO_OPTION) {
                Stream.of("true", "false")
                        .forEach(value -> choices.put(
                                field.name() + "=" + value,
                                field.label(language) + ": " + text("sequence.truth." + value)));
            } else if (field.kind() == Field.Kind.OPTION_SET) {
                field.options()
                        .forEach(option -> choices.put(
                                field.name() + "=" + option.code(),
                                field.label(language) + ": " + option.label(language)));
            }
        }
        return choices;
    }

    /** The stages of every process of the record type, as {@code process=stage}. */
    Map<String, String> stages() {
        Map<String, String> choices = new LinkedHashMap<>();
        source.processes.of(type).forEach(process -> process.stages()
                .forEach(stage ->
                        choices.put(process.name() + "=" + stage.code(), process.name() + ": " + stage.label())));
        return choices;
    }

    boolean isTwoOption(String field) {
        return source.fields
                .find(type, field)
                .filter(found -> found.kind() == Field.Kind.TWO_OPTION)
                .isPresent();
    }

    Map<String, String> outcomes() {
        Set<String> codes = new TreeSet<>(source.settings.words(
                "callOutcomes",
                Set.of("CONNECTED", "LEFT_VOICEMAIL", "NO_ANSWER", "BUSY", "WRONG_NUMBER", "DO_NOT_CALL")));
        return texts("sequence.outcome.", codes.toArray());
    }

    /** Each value with the text {@code <prefix><value>}, or itself where there is none. */
    Map<String, String> texts(String prefix, Object... values) {
        Map<String, String> choices = new LinkedHashMap<>();
        for (Object value : values) {
            choices.put(value.toString(), text(prefix + value, value.toString()));
        }
        return choices;
    }

    private String text(String key) {
        return text(key, key);
    }

    private String text(String key, String otherwise) {
        Locale locale = LocaleContextHolder.getLocale();
        return source.texts.getMessage(key, null, otherwise, locale);
    }
}
