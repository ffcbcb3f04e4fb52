package io.upnext.sequence.check;

import static io.upnext.sequence.check.Design.blank;
import static io.upnext.sequence.check.Design.when;
import static io.upnext.sequence.check.Design.whole;

import io.upnext.sequence.Definition.Assignment;
import io.upnext.sequence.Definition.Reentry;
import io.upnext.sequence.TagPath;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;

/** Rules about the sequence as a whole. */
final class FrameRules {

    static final int NAME_LENGTH = 160;
    private static final int DESCRIPTION_LENGTH = 2_000;
    private static final int ACTIVE_SEQUENCES = 250;

    static final List<Rule> ALL = List.of(
            Rule.error(
                    "name-required",
                    whole(design -> blank(design.definition.name()), "The sequence has no name; give it one.")),
            Rule.error(
                    "name-length",
                    whole(
                            design -> longer(design.definition.name(), NAME_LENGTH),
                            "The name is longer than " + NAME_LENGTH + " characters; shorten it.")),
            Rule.error(
                    "description-length",
                    whole(
                            design -> longer(design.definition.description(), DESCRIPTION_LENGTH),
                            "The description is longer than 2,000 characters; shorten it.")),
            Rule.error(
                    "no-steps",
                    whole(
                            design -> design.steps().findAny().isEmpty(),
                            "The sequence has no steps; add at least one.")),
            Rule.error(
                    "time-zone",
                    whole(
                            design -> unknownZone(design.definition.timeZone()),
                            "The time zone is not known; choose one such as Europe/Berlin.")),
            Rule.error("tag", FrameRules::tags),
            Rule.error("assign-to", FrameRules::assignment),
            Rule.error("reentry", FrameRules::reentry),
            Rule.error("window", FrameRules::window),
            Rule.error(
                    "active-limit",
                    whole(
                            design -> design.facts.activeSequencesBut(design.self) >= ACTIVE_SEQUENCES,
                            "The organisation has 250 active sequences already; deactivate one first.")));

    private FrameRules() {}

    private static boolean longer(String text, int length) {
        return text != null && text.codePointCount(0, text.length()) > length;
    }

    static boolean unknownZone(String zone) {
        if (zone == null) {
            return false;
        }
        try {
            ZoneId.of(zone);
            return false;
        } catch (DateTimeException e) {
            return true;
        }
    }

    private static Stream<Finding> tags(Design design) {
        List<String> tags = design.definition.tags() == null ? List.of() : design.definition.tags();
        return tags.stream()
                .filter(tag -> !TagPath.valid(tag))
                .map(tag -> Finding.of("The tag '" + tag + "' is no path of one to four names, such as"
                        + " outbound/emea; correct it or take it out."));
    }

    private static Stream<Finding> assignment(Design design) {
        Assignment assignment = design.definition.assignTo();
        if (assignment == null) {
            return Stream.empty();
        }
        if (assignment.kind() == null) {
            return when(true, "It is not said to whom manual steps are assigned; choose 'kind' in 'assignTo'.");
        }
        return switch (assignment.kind()) {
            case USER ->
                when(
                        blank(assignment.user()) || !design.facts.userExists(assignment.user()),
                        "The user manual steps are assigned to is not known; choose another in 'assignTo'.");
            case TEAM ->
                when(
                        blank(assignment.team()) || !design.facts.teamExists(assignment.team()),
                        "The team manual steps are assigned to is not known; choose another in 'assignTo'.");
            case RECORD_FIELD ->
                when(
                        blank(assignment.field())
                                || design.facts
                                        .field(design.recordType(), assignment.field())
                                        .isEmpty(),
                        "The field that names whom manual steps are assigned to does not exist; choose another in"
                                + " 'assignTo'.");
            default -> Stream.empty();
        };
    }

    private static Stream<Finding> window(Design design) {
        return Stream.ofNullable(design.saved().window())
                .flatMap(window -> window.written().mistakes().stream())
                .map(Finding::of);
    }

    private static Stream<Finding> reentry(Design design) {
        Reentry reentry = design.saved().reentry();
        if (reentry == null) {
            return Stream.empty();
        }
        boolean afterDays = reentry.kind() == Reentry.Kind.AFTER_DAYS;
        return Stream.concat(
                when(reentry.kind() == null, "It is not said when a record may enter again; choose 'kind'."),
                when(
                        afterDays && (reentry.days() == null || reentry.days() < 1),
                        "Entering again after days needs 'days' of at least 1."));
    }
}
