package io.upnext.sequence.web;

import io.upnext.sequence.Definition;
import io.upnext.sequence.Definition.Assignment;
import io.upnext.sequence.Definition.Options;
import io.upnext.sequence.Definition.Reentry;
import io.upnext.sequence.json.DefinitionJson;
import io.upnext.shared.InvalidException;
import io.upnext.shared.filter.Filter;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is chosen about a sequence as a whole, as its form shows it: everything text, nothing chosen is empty. */
record FrameForm(
        String name,
        String description,
        String timeZone,
        String tags,
        String assignKind,
        String assignWho,
        Boolean exitOnReply,
        Boolean exitOnUnsubscribe,
        Boolean exitOnBounce,
        Boolean exitOnAccountReply,
        Boolean skipDuplicateAddresses,
        String exitWhen,
        String reentryKind,
        Integer reentryDays,
        WindowForm window,
        ScheduleForm schedule,
        Boolean exitWhenDone) {

    static FrameForm of(Definition definition) {
        Options options = definition.options() == null ? Options.NONE : definition.options();
        Assignment to = Optional.ofNullable(definition.assignTo()).orElse(new Assignment(null, null, null, null));
        Reentry reentry = Optional.ofNullable(options.reentry()).orElse(new Reentry(null, null));
        return new FrameForm(
                definition.name(),
                definition.description(),
                definition.timeZone(),
                definition.tags() == null ? "" : String.join("\n", definition.tags()),
                to.kind() == null ? "" : to.kind().name(),
                Optional.ofNullable(to.user())
                        .or(() -> Optional.ofNullable(to.team()))
                        .orElse(to.field()),
                options.exitOnReply(),
                options.exitOnUnsubscribe(),
                options.exitOnBounce(),
                options.exitOnAccountReply(),
                options.skipDuplicateAddresses(),
                options.exitWhen() == null ? "" : exitWhen(definition),
                reentry.kind() == null ? "" : reentry.kind().name(),
                reentry.days(),
                WindowForm.of(options.window()),
                ScheduleForm.of(definition.schedule()),
                options.exitWhenDone());
    }

    private static String exitWhen(Definition definition) {
        return DefinitionJson.write(definition).at("/options/exitWhen").toPrettyString();
    }

    /**
     * The definition with what was entered; what the form does not show stays.
     *
     * @throws InvalidException where something entered cannot be read
     */
    static Definition read(Definition before, Map<String, String[]> entered) {
        String tags = text(entered, "tags");
        return new Definition(
                text(entered, "name"),
                text(entered, "description"),
                before.recordType(),
                before.mode(),
                text(entered, "timeZone"),
                tags == null
                        ? null
                        : tags.lines()
                                .map(String::strip)
                                .filter(tag -> !tag.isEmpty())
                                .toList(),
                assignment(entered),
                options(before.options() == null ? Options.NONE : before.options(), entered),
                ScheduleForm.read(before.schedule(), entered),
                before.steps());
    }

    private static Assignment assignment(Map<String, String[]> entered) {
        Assignment.Kind kind = FormValues.oneOf(Assignment.Kind.class, text(entered, "assignKind"));
        if (kind == null) {
            return null;
        }
        String who = text(entered, "assignWho");
        return switch (kind) {
            case USER -> new Assignment(kind, who, null, null);
            case TEAM -> new Assignment(kind, null, who, null);
            case RECORD_FIELD -> new Assignment(kind, null, null, who);
            default -> new Assignment(kind, null, null, null);
        };
    }

    private static Options options(Options before, Map<String, String[]> entered) {
        String filter = text(entered, "exitWhen");
        return new Options(
                FormValues.truth(text(entered, "exitOnReply")),
                FormValues.truth(text(entered, "exitOnUnsubscribe")),
                FormValues.truth(text(entered, "exitOnBounce")),
                FormValues.truth(text(entered, "exitOnAccountReply")),
                entered.containsKey("exitWhenDone")
                        ? FormValues.truth(text(entered, "exitWhenDone"))
                        : before.exitWhenDone(),
                FormValues.truth(text(entered, "skipDuplicateAddresses")),
                filter == null ? null : Filter.parse(filter),
                reentry(entered),
                WindowForm.read(before.window(), entered));
    }

    private static Reentry reentry(Map<String, String[]> entered) {
        Reentry.Kind kind = FormValues.oneOf(Reentry.Kind.class, text(entered, "reentryKind"));
        String days = text(entered, "reentryDays");
        if (kind == null) {
            return null;
        }
        try {
            boolean counted = kind == Reentry.Kind.AFTER_DAYS && days != null;
            return new Reentry(kind, counted ? Integer.valueOf(days) : null);
        } catch (NumberFormatException noNumber) {
            throw new InvalidException("'" + days + "' is no number of days.");
        }
    }

    private static String text(Map<String, String[]> entered, String name) {
        List<String> values = List.of(entered.getOrDefault(name, new String[0]));
        return values.isEmpty() ? null : FormValues.given(values.get(0).replace("\r\n", "\n"));
    }
}
