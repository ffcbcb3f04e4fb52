package io.upnext.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;

/** A field of a record type, standard or custom. Option codes are stored, labels are shown. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Field(String name, String label, Kind kind, List<Option> options, boolean custom) {

    public enum Kind {
        TEXT,
        NUMBER,
        DATE,
        TWO_OPTION,
        OPTION_SET
    }

    public record Option(String code, String label) {}

    /** The option with that code or label, without regard to case. */
    public Optional<Option> option(String codeOrLabel) {
        return options == null
                ? Optional.empty()
                : options.stream()
                        .filter(o -> o.code().equalsIgnoreCase(codeOrLabel)
                                || o.label().equalsIgnoreCase(codeOrLabel))
                        .findFirst();
    }
}
