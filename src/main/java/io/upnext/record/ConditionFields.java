package io.upnext.record;

import io.upnext.record.Field.Kind;
import io.upnext.security.CurrentUser;
import io.upnext.security.User;
import io.upnext.security.Users;
import io.upnext.shared.RecordType;
import io.upnext.shared.filter.Filter.Op;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** What conditions can ask for: fields, their operators, and what there is to choose from. */
@Component
class ConditionFields {

    /** Dates have words of their own for these. */
    private static final Set<Op> SAID_OTHERWISE = EnumSet.of(Op.GREATER_THAN, Op.LESS_THAN);

    private static final List<Field> LAST_EMAIL = List.of(
            lastEmail("lastEmail.opened", "Last mail: opened", "Letzte E-Mail: geöffnet"),
            lastEmail("lastEmail.clicked", "Last mail: link clicked", "Letzte E-Mail: Link geklickt"),
            lastEmail("lastEmail.replied", "Last mail: replied", "Letzte E-Mail: beantwortet"));

    private final Fields fields;
    private final Users users;
    private final MessageSource texts;
    private final ObjectProvider<SequenceNames> sequences;

    ConditionFields(Fields fields, Users users, MessageSource texts, ObjectProvider<SequenceNames> sequences) {
        this.fields = fields;
        this.users = users;
        this.texts = texts;
        this.sequences = sequences;
    }

    Optional<Field> find(RecordType type, String name) {
        return Stream.concat(LAST_EMAIL.stream(), SequenceFields.ALL.stream())
                .filter(field -> field.name().equals(name))
                .findFirst()
                .or(() -> name.isBlank() ? Optional.empty() : fields.find(type, name));
    }

    /** @param lastMail may it ask about the last mail of an enrollment? */
    List<FilterEditor.FieldGroup> groups(RecordType type, boolean lastMail) {
        Map<String, List<Field>> groups = new LinkedHashMap<>();
        if (lastMail) {
            groups.put("lastMail", LAST_EMAIL);
        }
        for (Field field : fields.filterable(type)) {
            int dot = field.name().indexOf('.');
            String group = SequenceFields.known(field.name())
                    ? "sequence"
                    : dot < 0 ? "record" : field.name().substring(0, dot);
            groups.computeIfAbsent(group, name -> new ArrayList<>()).add(field);
        }
        return groups.entrySet().stream()
                .map(group ->
                        new FilterEditor.FieldGroup(text("filters.group." + group.getKey()), labels(group.getValue())))
                .toList();
    }

    private static Map<String, String> labels(List<Field> fields) {
        Map<String, String> labels = new LinkedHashMap<>();
        fields.forEach(field -> labels.put(field.name(), field.label(language())));
        return labels;
    }

    /** In the order people look for them; {@code current} is among them even where another would say the same. */
    Map<String, String> operators(Field field, Op current) {
        Kind kind = SequenceFields.known(field.name()) ? Kind.OPTION_SET : field.kind();
        Map<String, String> operators = new LinkedHashMap<>();
        for (Op op : Op.values()) {
            boolean usual = FilterChecks.operators(kind).contains(op)
                    && !(kind == Kind.DATE && SAID_OTHERWISE.contains(op))
                    && !(kind == Kind.TWO_OPTION && (op == Op.IN || op == Op.NOT_IN));
            if (usual || op == current) {
                operators.put(op.name(), text("filters.op." + op));
            }
        }
        return operators;
    }

    boolean hasChoices(Field field) {
        return field.kind() == Kind.TWO_OPTION
                || field.options() != null
                || isOwner(field)
                || SequenceFields.asksForSequence(field.name());
    }

    Map<String, String> choices(CurrentUser user, RecordType type, Field field) {
        Map<String, String> choices = new LinkedHashMap<>();
        if (field.kind() == Kind.TWO_OPTION) {
            choices.put("true", text("record.yes"));
            choices.put("false", text("record.no"));
        } else if (field.options() != null) {
            field.options().forEach(option -> choices.put(option.code(), option.label(language())));
        } else if (isOwner(field)) {
            users.all().stream()
                    .filter(User::active)
                    .forEach(one -> choices.put(one.id().toString(), one.name()));
            users.teams().forEach(team -> choices.put(team.id().toString(), team.name()));
        } else if (SequenceFields.asksForSequence(field.name())) {
            choices.putAll(sequences(user, type));
        }
        return choices;
    }

    Map<String, String> sequences(CurrentUser user, RecordType type) {
        SequenceNames names = sequences.getIfAvailable();
        return names == null ? Map.of() : names.of(user, type);
    }

    /** @param sequence id or name; of any other nothing is offered */
    Map<String, String> steps(CurrentUser user, RecordType type, String sequence) {
        SequenceNames names = sequences.getIfAvailable();
        return names == null || sequence.isBlank() ? Map.of() : names.steps(user, type, sequence);
    }

    private static boolean isOwner(Field field) {
        return !field.custom() && (field.name().equals("owner") || field.name().endsWith(".owner"));
    }

    /** With that of the account or contact before it, where the field is theirs. */
    String label(RecordType type, String path, Field field) {
        return fields.filterable(type).stream()
                .filter(offered -> offered.name().equals(path))
                .findFirst()
                .orElse(field)
                .label(language());
    }

    String text(String key) {
        return texts.getMessage(key, null, key, locale());
    }

    private static Field lastEmail(String name, String english, String german) {
        return new Field(name, english, Kind.TWO_OPTION, null, false, Map.of("en", english, "de", german));
    }

    private static String language() {
        return locale().getLanguage();
    }

    private static Locale locale() {
        return LocaleContextHolder.getLocale();
    }
}
