package io.upnext.record;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A field of a record type, standard or custom. Option codes are stored, labels are shown.
 *
 * @param label the English (or only) label
 * @param labels by language, where there is more than one
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Field(
        String name, String label, Kind kind, List<Option> options, boolean custom, Map<String, String> labels) {

    public Field {
        options = options == null ? null : List.copyOf(options);
        labels = labels == null ? Map.of() : Map.copyOf(labels);
    }

    public Field(String name, String label, Kind kind, List<Option> options, boolean custom) {
        this(name, label, kind, options, custom, Map.of());
    }

    public enum Kind {
        TEXT,
        NUMBER,
        DATE,
        TWO_OPTION,
        OPTION_SET
    }

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Option(String code, String label, Map<String, String> labels) {

        public Option {
            labels = labels == null ? Map.of() : Map.copyOf(labels);
        }

        public Option(String code, String label) {
            this(code, label, Map.of());
        }

        /** As somebody wrote it, the code or the label left out: each stands in for the other. */
        public static Option written(String code, String label) {
            return new Option(code == null && label != null ? codeOf(label) : code, label == null ? code : label);
        }

        /** {@code Olark Chat} becomes {@code OLARK_CHAT}; a label without any letter or digit, {@code OPTION}. */
        static String codeOf(String label) {
            String plain = Normalizer.normalize(label, Normalizer.Form.NFKD).toUpperCase(Locale.ROOT);
            String code =
                    plain.replaceAll("\\p{M}", "").replaceAll("[^A-Z0-9]+", "_").replaceAll("^_+|_+$", "");
            String cut = code.length() <= 50 ? code : code.substring(0, 50);
            return cut.isEmpty() ? "OPTION" : cut;
        }

        public String label(String language) {
            return labels.getOrDefault(language, label);
        }

        private boolean is(String codeOrLabel) {
            return code.equalsIgnoreCase(codeOrLabel)
                    || label.equalsIgnoreCase(codeOrLabel)
                    || labels.values().stream().anyMatch(codeOrLabel::equalsIgnoreCase);
        }
    }

    /** @param language such as {@code de}; the plain label where there is none for it */
    public String label(String language) {
        return labels.getOrDefault(language, label);
    }

    /** The field as a filter reaches it from another record. @param via {@code account} or {@code contact} */
    Field via(String via) {
        Map<String, String> prefixes = via.equals("account")
                ? Map.of("en", "Account: ", "de", "Firma: ")
                : Map.of("en", "Contact: ", "de", "Kontakt: ");
        Map<String, String> reached = new HashMap<>();
        prefixes.forEach((language, prefix) -> reached.put(language, prefix + label(language)));
        return new Field(via + "." + name, prefixes.get("en") + label, kind, options, custom, reached);
    }

    /** Does the field hold the id of an account or a contact? */
    @JsonIgnore
    public boolean isReference() {
        return !custom && (name.equals("account") || name.equals("contact"));
    }

    /** The option with that code or label, without regard to case; a code goes before a label. */
    public Optional<Option> option(String codeOrLabel) {
        if (options == null) {
            return Optional.empty();
        }
        return options.stream()
                .filter(option -> option.code().equalsIgnoreCase(codeOrLabel))
                .findFirst()
                .or(() -> options.stream()
                        .filter(option -> option.is(codeOrLabel))
                        .findFirst());
    }
}
