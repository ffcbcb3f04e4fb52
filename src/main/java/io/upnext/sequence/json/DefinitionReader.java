package io.upnext.sequence.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.upnext.sequence.Definition;
import io.upnext.sequence.Definition.Assignment;
import io.upnext.sequence.Definition.Options;
import io.upnext.sequence.Definition.Reentry;
import io.upnext.sequence.Definition.Schedule;
import io.upnext.sequence.Definition.Window;
import io.upnext.shared.RecordType;
import java.util.Set;

/** Reads a definition; refuses what is not known, and leaves what merely does not work to the checks. */
final class DefinitionReader {

    private static final Set<String> KNOWN = Set.of(
            "name",
            "description",
            "recordType",
            "mode",
            "timeZone",
            "tags",
            "assignTo",
            "options",
            "schedule",
            "steps",
            // what answers carry besides and requests may send back: ignored
            "id",
            "state",
            "version",
            "owner",
            "activeEnrollments",
            "hasRevision",
            "createdAt",
            "updatedAt");

    private DefinitionReader() {}

    static Definition read(JsonNode node) {
        JsonPlace p = JsonPlace.root(node).object(KNOWN);
        return new Definition(
                p.text("name"),
                p.text("description"),
                p.oneOf("recordType", RecordType.class),
                p.oneOf("mode", Definition.Mode.class),
                p.text("timeZone"),
                p.texts("tags"),
                p.at("assignTo", DefinitionReader::assignment),
                p.at("options", DefinitionReader::options),
                p.at("schedule", DefinitionReader::schedule),
                p.at("steps", steps -> new StepReader().steps(steps)));
    }

    private static Assignment assignment(JsonPlace p) {
        p.object(Set.of("kind", "user", "team", "field"));
        return new Assignment(p.oneOf("kind", Assignment.Kind.class), p.text("user"), p.text("team"), p.text("field"));
    }

    private static Options options(JsonPlace p) {
        p.object(Set.of(
                "exitOnReply",
                "exitOnUnsubscribe",
                "exitOnBounce",
                "exitOnAccountReply",
                "exitWhenDone",
                "skipDuplicateAddresses",
                "exitWhen",
                "reentry",
                "window"));
        return new Options(
                p.truth("exitOnReply"),
                p.truth("exitOnUnsubscribe"),
                p.truth("exitOnBounce"),
                p.truth("exitOnAccountReply"),
                p.truth("exitWhenDone"),
                p.truth("skipDuplicateAddresses"),
                p.at("exitWhen", FilterJson::read),
                p.at("reentry", DefinitionReader::reentry),
                p.at("window", DefinitionReader::window));
    }

    private static Reentry reentry(JsonPlace p) {
        p.object(Set.of("kind", "days"));
        return new Reentry(p.oneOf("kind", Reentry.Kind.class), p.integer("days"));
    }

    private static Window window(JsonPlace p) {
        p.object(Set.of("days", "from", "to", "zone"));
        return new Window(
                p.list("days", DefinitionReader::day),
                p.text("from"),
                p.text("to"),
                p.oneOf("zone", Window.Zone.class));
    }

    /** Days are names or the ISO numbers 1 (Monday) to 7; a number is kept as its text. */
    private static String day(JsonPlace p) {
        return p.node().isIntegralNumber() ? p.integer().toString() : p.text();
    }

    private static Schedule schedule(JsonPlace p) {
        p.object(Set.of("at", "timeZone", "skipWeekends", "every"));
        return new Schedule(p.text("at"), p.text("timeZone"), p.truth("skipWeekends"), p.at("every", StepReader::span));
    }
}
