package io.upnext.enrollment.web;

import io.upnext.enrollment.audience.AudienceDraft;
import io.upnext.enrollment.audience.AudienceView;
import io.upnext.enrollment.audience.When;
import io.upnext.record.FilterEditor;
import io.upnext.record.FilterEditors;
import io.upnext.record.FilterEditors.Place;
import io.upnext.shared.InvalidException;
import io.upnext.shared.RecordType;
import io.upnext.shared.SequenceId;
import io.upnext.shared.TimeZones;
import io.upnext.shared.UserId;
import io.upnext.shared.filter.Filter;
import io.upnext.shared.filter.Filter.All;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.util.MultiValueMap;

/**
 * An audience as its form shows and sends it.
 *
 * @param filter as saved, or null
 * @param sent the conditions as they were sent, or null where nothing was
 */
record AudienceForm(
        String name,
        SequenceId sequence,
        RecordType recordType,
        String who,
        List<UUID> view,
        Filter filter,
        Map<String, String[]> sent,
        When.Kind when,
        String at,
        String timeZone,
        Integer priority,
        Boolean disconnectOnLeave,
        UserId owner) {

    static final String VIEWS = "views";

    static AudienceForm blank(SequenceId sequence, RecordType type, String timeZone) {
        return new AudienceForm(
                "",
                sequence,
                type,
                "filter",
                List.of(),
                null,
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
                null,
                arrays(sent),
                chosen(When.Kind::valueOf, sent.getFirst("when")),
                sent.getFirst("at"),
                sent.getFirst("timeZone"),
                number(sent.getFirst("priority")),
                sent.containsKey("disconnectOnLeave"),
                chosen(UserId::of, sent.getFirst("owner")));
    }

    private static Map<String, String[]> arrays(MultiValueMap<String, String> sent) {
        Map<String, String[]> arrays = new HashMap<>();
        sent.forEach((name, values) -> arrays.put(name, values.toArray(String[]::new)));
        return arrays;
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
        When when = audience.when();
        return new AudienceForm(
                audience.name(),
                audience.sequence(),
                audience.recordType(),
                audience.filter() == null ? VIEWS : "filter",
                audience.views(),
                audience.filter(),
                null,
                when == null ? null : when.kind(),
                when == null ? null : when.at(),
                when == null ? null : TimeZones.name(when.timeZone()),
                audience.priority(),
                audience.disconnectOnLeave(),
                audience.owner());
    }

    private Place place() {
        return Place.of("filter", recordType == null ? RecordType.LEAD : recordType);
    }

    FilterEditor editor(FilterEditors editors) {
        return sent == null ? editors.of(place(), filter) : editors.sent(place(), sent);
    }

    public boolean chosen(UUID id) {
        return view != null && view.contains(id);
    }

    /**
     * @param before the audience so far, or null
     * @param scheduled does the sequence itself say when?
     * @throws InvalidException where a condition cannot be read
     */
    AudienceDraft draft(FilterEditors editors, AudienceView before, boolean scheduled) {
        boolean byView = VIEWS.equals(who);
        return new AudienceDraft(
                name,
                sequence,
                recordType,
                byView ? null : editors.filter(place(), sent).orElse(new All(List.of())),
                byView ? view : null,
                scheduled ? null : written(),
                priority,
                before != null && before.enabled(),
                disconnectOnLeave,
                owner);
    }

    private When written() {
        boolean daily = when == When.Kind.DAILY;
        return when == null ? null : new When(when, daily ? at : null, daily && !blank(timeZone) ? timeZone : null);
    }

    private static boolean blank(String text) {
        return text == null || text.isBlank();
    }

    static List<When.Kind> kinds() {
        return Arrays.asList(When.Kind.values());
    }
}
