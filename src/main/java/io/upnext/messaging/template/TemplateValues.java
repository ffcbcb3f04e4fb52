package io.upnext.messaging.template;

import io.upnext.messaging.template.TemplateText.Place;
import io.upnext.record.CrmRecord;
import io.upnext.record.Field;
import io.upnext.record.Fields;
import io.upnext.record.RecordGraph;
import io.upnext.security.User;
import io.upnext.shared.UnprocessableException;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/** The values of placeholders for one mail; notes which of them are missing. */
final class TemplateValues {

    private final RecordGraph graph;
    private final Sender sender;
    private final Fields fields;
    private final Set<String> missing = new TreeSet<>();

    /** @param graph null for a sample without a record */
    TemplateValues(RecordGraph graph, Sender sender, Fields fields) {
        this.graph = graph;
        this.sender = sender;
        this.fields = fields;
    }

    /** Placeholders that had neither value nor fallback so far. */
    Set<String> missing() {
        return Collections.unmodifiableSet(missing);
    }

    String plain(Placeholder placeholder, Place place) {
        String value = value(placeholder);
        if (value != null && !value.isBlank()) {
            return value;
        }
        if (placeholder.required()) {
            missing.add(placeholder.path());
            return "";
        }
        return placeholder.fallback() == null ? "" : placeholder.fallback();
    }

    String html(Placeholder placeholder, Place place) {
        if (placeholder.isSignature() && place == Place.TEXT && sender.signature() != null) {
            // Sanitised when it was saved: the only value that is HTML itself
            return sender.signature();
        }
        String value = plain(placeholder, place);
        String whole = place == Place.PART_OF_URL
                ? URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20")
                : value;
        return CleanHtml.escape(whole);
    }

    /**
     * For a header.
     *
     * @throws UnprocessableException where a value holds a line break: it could start another header
     */
    String line(TemplateText text) {
        String line = text.fill(this::plain).strip();
        if (line.indexOf('\n') >= 0 || line.indexOf('\r') >= 0) {
            throw new UnprocessableException("A value in the subject '" + line.replaceAll("\\R.*", "…")
                    + "' holds a line break; take it out of the record's field.");
        }
        return line;
    }

    private String value(Placeholder placeholder) {
        if (graph == null && !placeholder.scope().equals("sender")) {
            // A sample: what nobody has filled shows its name
            return placeholder.fallback() == null ? "[" + placeholder.path() + "]" : null;
        }
        return switch (placeholder.scope()) {
            case "record" -> of(graph.record(), placeholder.field());
            case "account" -> of(graph.account(), placeholder.field());
            case "contact" -> of(graph.contact(), placeholder.field());
            case "owner" -> text(graph.owner() == null ? null : graph.owner().get(placeholder.field()));
            case "sender" -> ofSender(placeholder.field());
            default -> null;
        };
    }

    private String of(CrmRecord record, String name) {
        if (record == null) {
            return null;
        }
        Object value = record.fields().get(name);
        if (value == null) {
            return name.equals("name") ? record.name() : null;
        }
        return fields.find(record.type(), name)
                .map(field -> shown(field, value))
                .orElseGet(() -> text(value));
    }

    /** People read labels, not codes. */
    private static String shown(Field field, Object value) {
        if (value instanceof String code && field.kind() == Field.Kind.OPTION_SET) {
            return field.option(code).map(Field.Option::label).orElse(code);
        }
        if (value instanceof Boolean yes && field.options() != null) {
            return field.option(yes.toString()).map(Field.Option::label).orElse(yes.toString());
        }
        return text(value);
    }

    private String ofSender(String field) {
        if (field.equals("signature")) {
            return sender.signature() == null ? null : PlainText.of(sender.signature());
        }
        User user = sender.user();
        if (user == null) {
            return null;
        }
        int space = user.name().indexOf(' ');
        return switch (field) {
            case "name" -> user.name();
            case "email" -> user.email();
            case "firstName" -> space < 0 ? user.name() : user.name().substring(0, space);
            case "lastName" -> space < 0 ? "" : user.name().substring(space + 1);
            default -> null;
        };
    }

    private static String text(Object value) {
        if (value instanceof BigDecimal number) {
            return number.stripTrailingZeros().toPlainString();
        }
        return value == null ? null : value.toString();
    }
}
