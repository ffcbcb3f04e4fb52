package io.upnext.enrollment.web;

import io.upnext.enrollment.audience.AudienceDraft;
import io.upnext.enrollment.audience.AudienceView;
import io.upnext.enrollment.audience.When;
import io.upnext.record.FieldForms;
import io.upnext.shared.InvalidException;
import io.upnext.shared.RecordType;
import io.upnext.shared.SequenceId;
import io.upnext.shared.UserId;
import io.upnext.shared.filter.Filter;
import io.upnext.shared.filter.Filter.All;
import io.upnext.shared.filter.Filter.Any;
import io.upnext.shared.filter.Filter.Leaf;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.util.MultiValueMap;

/**
 * An audience as its form shows and sends it; conditions as three lists of the same length.
 *
 * @param kept the filter as JSON where it is nested, which the lines of the form cannot show
 */
record AudienceForm(
        String name,
        SequenceId sequence,
        RecordType recordType,
        String who,
        List<UUID> view,
        String match,
        List<String> field,
        List<String> op,
        List<String> value,
        String kept,
        When.Kind when,
        String at,
        String timeZone,
        Integer priority,
        Boolean disconnectOnLeave,
        UserId owner) {

    static final String VIEWS = "views";

    /** A condition as its line shows it. */
    record Line(String field, String op, String value) {}

    static AudienceForm blank(SequenceId sequence, RecordType type, String timeZone) {
        return new AudienceForm(
                "",
                sequence,
                type,
                "filter",
                List.of(),
                "all",
                List.of(),
                List.of(),
                List.of(),
                null,
                When.Kind.DAILY,
                "09:00",
                timeZone,
                100,
                false,
                null);
    }

    /** @throws InvalidException where something that is chosen, not typed, makes no sense */
    static AudienceForm read(MultiValueMap<String, String> sent) {
        return new AudienceForm(
                sent.getFirst("name"),
                chosen(SequenceId::of, sent.getFirst("sequence")),
                chosen(RecordType::valueOf, sent.getFirst("recordType")),
                sent.getFirst("who"),
                sent.getOrDefault("view", List.of()).stream()
                        .map(id -> chosen(UUID::fromString, id))
                        .toList(),
                sent.getFirst("match"),
                sent.get("field"),
                sent.get("op"),
                sent.get("value"),
                sent.getFirst("kept"),
                chosen(When.Kind::valueOf, sent.getFirst("when")),
                sent.getFirst("at"),
                sent.getFirst("timeZone"),
                number(sent.getFirst("priority")),
                sent.containsKey("disconnectOnLeave"),
                chosen(UserId::of, sent.getFirst("owner")));
    }

    private static <T> T chosen(Function<String, T> reading, String text) {
        try {
            return blank(text) ? null : reading.apply(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidException("'" + text + "' is none of the choices.");
        }
    }

    /** What is no number becomes one that the checks refuse. */
    private static Integer number(String text) {
        try {
            return blank(text) ? null : Integer.valueOf(text.strip());
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    static AudienceForm of(AudienceView audience) {
        List<Filter> parts = parts(audience.filter());
        boolean flat = parts.stream().allMatch(Leaf.class::isInstance);
        List<Leaf> leaves = flat ? parts.stream().map(Leaf.class::cast).toList() : List.of();
        When when = audience.when();
        return new AudienceForm(
                audience.name(),
                audience.sequence(),
                audience.recordType(),
                audience.filter() == null ? VIEWS : "filter",
                audience.views(),
                audience.filter() instanceof Any ? "any" : "all",
                leaves.stream().map(Leaf::field).toList(),
                leaves.stream().map(leaf -> leaf.op().name()).toList(),
                leaves.stream().map(AudienceForm::text).toList(),
                flat ? null : audience.id().toString(),
                when == null ? null : when.kind(),
                when == null ? null : when.at(),
                when == null ? null : when.timeZone(),
                audience.priority(),
                audience.disconnectOnLeave(),
                audience.owner());
    }

    private static List<Filter> parts(Filter filter) {
        if (filter instanceof All all) {
            return all.parts();
        }
        return filter instanceof Any any ? any.parts() : List.of();
    }

    private static String text(Leaf leaf) {
        return leaf.values().stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    public List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        for (int i = 0; field != null && i < field.size(); i++) {
            if (!blank(field.get(i))) {
                lines.add(new Line(field.get(i), at(op, i, "EQUALS"), at(value, i, "")));
            }
        }
        return lines;
    }

    public boolean chosen(UUID id) {
        return view != null && view.contains(id);
    }

    /**
     * @param before the audience so far, or null
     * @param scheduled does the sequence itself say when?
     * @throws InvalidException where a condition cannot be read
     */
    AudienceDraft draft(FieldForms forms, AudienceView before, boolean scheduled) {
        boolean byView = VIEWS.equals(who);
        Filter nested = blank(kept) || before == null ? null : before.filter();
        return new AudienceDraft(
                name,
                sequence,
                recordType,
                byView ? null : nested != null ? nested : filter(forms),
                byView ? view : null,
                scheduled ? null : written(),
                priority,
                before != null && before.enabled(),
                disconnectOnLeave,
                owner);
    }

    private Filter filter(FieldForms forms) {
        List<Filter> leaves = new ArrayList<>();
        for (Line line : lines()) {
            forms.condition(recordType, line.field(), line.op(), line.value()).ifPresent(leaves::add);
        }
        return "any".equals(match) ? new Any(leaves) : new All(leaves);
    }

    private When written() {
        boolean daily = when == When.Kind.DAILY;
        return when == null ? null : new When(when, daily ? at : null, daily && !blank(timeZone) ? timeZone : null);
    }

    private static String at(List<String> list, int index, String byDefault) {
        return list == null || index >= list.size() ? byDefault : list.get(index);
    }

    private static boolean blank(String text) {
        return text == null || text.isBlank();
    }

    static List<When.Kind> kinds() {
        return Arrays.asList(When.Kind.values());
    }
}
