package io.upnext.enrollment;

import io.upnext.enrollment.abtest.Lots;
import io.upnext.enrollment.abtest.Variant;
import io.upnext.record.Field;
import io.upnext.record.Field.Option;
import io.upnext.record.Fields;
import io.upnext.sequence.Sequence;
import io.upnext.sequence.Sequences;
import io.upnext.sequence.Step;
import io.upnext.sequence.Step.Type;
import io.upnext.shared.RecordType;
import io.upnext.shared.SequenceId;
import io.upnext.shared.StepRunId;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What an automated step asks of the person who does it instead. */
@Component
public class ByHand {

    private final Fields fields;
    private final Sequences sequences;
    private final Lots lots;

    ByHand(Fields fields, Sequences sequences, Lots lots) {
        this.fields = fields;
        this.sequences = sequences;
        this.lots = lots;
    }

    /** The manual step that stands for it; empty for what is none that the product does by itself. */
    static Optional<Type> typeOf(Type automated) {
        return Optional.ofNullable(
                switch (automated) {
                    case AUTOMATED_EMAIL, AB_TEST -> Type.EMAIL;
                    case AUTOMATED_TEXT -> Type.TEXT_MESSAGE;
                    case UPDATE_FIELD, ADVANCE -> Type.TASK;
                    default -> null;
                });
    }

    /** The mail of a seller's step; of an A/B test the version that was drawn, else its default. */
    public Step.Email mail(StepRunId run, Step step) {
        if (!(step instanceof Step.AbTest test)) {
            return (Step.Email) step;
        }
        Variant drawn = lots.variants(List.of(run)).get(run);
        return test.asMail(drawn == null ? test.defaultsToA() : drawn == Variant.A);
    }

    /** The field and its value, or where to advance, as a line to put under the description; else null. */
    String task(RecordType type, Step step) {
        if (step instanceof Step.UpdateField update) {
            return fields.find(type, update.field())
                    .map(field -> field.label() + ": " + value(field, update.value()))
                    .orElseGet(() -> update.field() + ": " + update.value());
        }
        if (step instanceof Step.Advance advance) {
            return "→ " + name(advance.sequence());
        }
        return null;
    }

    private static String value(Field field, Object value) {
        return field.options() == null
                ? String.valueOf(value)
                : field.options().stream()
                        .filter(option -> option.code().equals(String.valueOf(value)))
                        .findFirst()
                        .map(Option::label)
                        .orElseGet(() -> String.valueOf(value));
    }

    private String name(String sequence) {
        try {
            return sequences.find(SequenceId.of(sequence)).map(Sequence::name).orElse(sequence);
        } catch (IllegalArgumentException noId) {
            return sequence;
        }
    }
}
