package io.upnext.record.web;

import io.upnext.record.CrmRecord;
import io.upnext.record.Field;
import io.upnext.record.Fields;
import io.upnext.record.Records;
import io.upnext.record.SequenceMembership;
import io.upnext.record.Views;
import io.upnext.security.CurrentUser;
import io.upnext.security.Users;
import io.upnext.shared.RecordId;
import io.upnext.shared.RecordType;
import io.upnext.web.Page;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** Turns records into what people read in a grid: chosen columns, labels instead of codes, names instead of ids. */
@Component
class Grid {

    private static final Map<RecordType, List<String>> USUAL = Map.of(
            RecordType.LEAD, List.of("company", "email", "phone", "rating", "state", "owner", "updatedAt"),
            RecordType.CONTACT, List.of("account", "jobTitle", "email", "phone", "state", "owner", "updatedAt"),
            RecordType.ACCOUNT, List.of("sector", "city", "phone", "email", "state", "owner", "updatedAt"),
            RecordType.OPPORTUNITY,
                    List.of("account", "contact", "stage", "estimatedValue", "estimatedCloseDate", "state", "owner"));

    private static final Map<String, String> ICONS = Map.ofEntries(
            Map.entry("EMAIL", "envelope"),
            Map.entry("AUTOMATED_EMAIL", "send"),
            Map.entry("AB_TEST", "send-check"),
            Map.entry("PHONE_CALL", "telephone"),
            Map.entry("TASK", "check2-square"),
            Map.entry("TEXT_MESSAGE", "chat-dots"),
            Map.entry("AUTOMATED_TEXT", "chat-right-text"),
            Map.entry("WAIT", "hourglass-split"),
            Map.entry("UPDATE_FIELD", "pencil-square"),
            Map.entry("ADVANCE", "arrow-right-circle"),
            Map.entry("CONDITION", "signpost-split"),
            Map.entry("SCHEDULED", "calendar3"));

    private final Fields fields;
    private final Records records;
    private final Views views;
    private final Users users;
    private final Page page;
    private final MessageSource texts;
    private final ObjectProvider<SequenceMembership> membership;

    Grid(
            Fields fields,
            Records records,
            Views views,
            Users users,
            Page page,
            MessageSource texts,
            ObjectProvider<SequenceMembership> membership) {
        this.fields = fields;
        this.records = records;
        this.views = views;
        this.users = users;
        this.page = page;
        this.texts = texts;
        this.membership = membership;
    }

    /** @param icon of the current step, or null where the record is in no sequence */
    record Row(RecordId id, String name, String state, String step, String icon, List<Cell> cells) {}

    record Cell(String text, boolean number, boolean isState) {}

    /** Shown and hidden columns of a grid, each as pairs of name and field. */
    List<Field> shown(CurrentUser user, RecordType type, List<String> ofView) {
        List<String> names = ofView.isEmpty() ? views.gridColumns(user, type) : ofView;
        return (names.isEmpty() ? USUAL.get(type) : names)
                .stream()
                        .filter(name -> !name.equals("name"))
                        .map(name -> fields.find(type, name))
                        .flatMap(Optional::stream)
                        .toList();
    }

    List<Field> all(RecordType type) {
        List<Field> all = new ArrayList<>(fields.system(type));
        all.addAll(fields.of(type));
        return all;
    }

    List<Field> hidden(RecordType type, List<Field> shown) {
        Set<String> names = new LinkedHashSet<>();
        shown.forEach(field -> names.add(field.name()));
        return all(type).stream()
                .filter(field -> !field.name().equals("name") && !names.contains(field.name()))
                .toList();
    }

    List<Row> rows(List<CrmRecord> items, List<Field> columns) {
        Map<RecordId, CrmRecord> references = references(items, columns);
        Map<RecordId, String> steps = steps(items);
        return items.stream()
                .map(record -> row(record, columns, references, steps))
                .toList();
    }

    private Row row(
            CrmRecord record, List<Field> columns, Map<RecordId, CrmRecord> references, Map<RecordId, String> steps) {
        List<Cell> cells = columns.stream()
                .map(field -> new Cell(
                        text(record, field, references),
                        field.kind() == Field.Kind.NUMBER,
                        field.name().equals("state")))
                .toList();
        String step = steps.get(record.id());
        return new Row(record.id(), record.name(), record.state(), step, icon(step), cells);
    }

    private Map<RecordId, String> steps(List<CrmRecord> items) {
        SequenceMembership known = membership.getIfAvailable();
        return known == null || items.isEmpty()
                ? Map.of()
                : known.currentStepTypes(items.stream().map(CrmRecord::id).toList());
    }

    private static String icon(String step) {
        if (step == null) {
            return null;
        }
        return step.startsWith("LINKEDIN") ? "linkedin" : ICONS.getOrDefault(step, "diagram-3");
    }

    /** The accounts and contacts that the columns name, in one statement. */
    Map<RecordId, CrmRecord> references(List<CrmRecord> items, List<Field> columns) {
        Set<RecordId> ids = new LinkedHashSet<>();
        for (Field field : columns) {
            if (field.isReference()) {
                items.stream()
                        .map(record -> record.text(field.name()))
                        .filter(Objects::nonNull)
                        .map(RecordId::of)
                        .forEach(ids::add);
            }
        }
        return ids.isEmpty() ? Map.of() : records.findAll(ids);
    }

    String text(CrmRecord record, Field field, Map<RecordId, CrmRecord> references) {
        switch (field.name()) {
            case "owner":
                return users.nameOf(record.owner());
            case "state":
                return label(field, record.state());
            case "createdAt":
                return page.time(record.createdAt());
            case "updatedAt":
                return page.time(record.updatedAt());
            default:
                return ofField(record, field, references);
        }
    }

    private String ofField(CrmRecord record, Field field, Map<RecordId, CrmRecord> references) {
        String value = record.text(field.name());
        if (value == null) {
            return "";
        }
        if (field.isReference()) {
            CrmRecord other = references.get(RecordId.of(value));
            return other == null ? "" : other.name();
        }
        return switch (field.kind()) {
            case OPTION_SET -> label(field, value);
            case TWO_OPTION -> texts.getMessage("record." + (value.equals("true") ? "yes" : "no"), null, locale());
            case DATE ->
                LocalDate.parse(value)
                        .format(DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM)
                                .withLocale(locale()));
            default -> value;
        };
    }

    static String label(Field field, String code) {
        return field.option(code)
                .map(option -> option.label(locale().getLanguage()))
                .orElse(code);
    }

    private static Locale locale() {
        return LocaleContextHolder.getLocale();
    }
}
