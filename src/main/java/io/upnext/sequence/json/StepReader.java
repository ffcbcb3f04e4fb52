package io.upnext.sequence.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.upnext.sequence.Span;
import io.upnext.sequence.Step;
import io.upnext.shared.InvalidException;
import io.upnext.shared.filter.Filter;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads one step with the fields of its type, and its branches. */
final class StepReader {

    /** How many steps and levels of conditions are read at all; the checks draw their own, lower line. */
    static final int MAX_STEPS = 2_000;

    static final int MAX_DEPTH = 60;

    private static final Set<String> COMMON = Set.of("id", "type", "name", "description", "day", "when", "repeat");
    private static final Set<String> MAIL = Set.of(
            "language",
            "thread",
            "from",
            "replyTo",
            "cc",
            "bcc",
            "attachments",
            "trackOpens",
            "trackClicks",
            "unsubscribeLink");
    private static final Set<String> INSTRUCTED = Set.of("script", "dueIn", "checklist");
    private static final Set<String> SPAN = Set.of("days", "hours");
    private static final Map<Step.Type, Set<String>> KNOWN = Map.ofEntries(
            known(Step.Type.EMAIL, MAIL, Set.of("template")),
            known(Step.Type.AUTOMATED_EMAIL, MAIL, Set.of("template")),
            known(Step.Type.AB_TEST, MAIL, Set.of("a", "b", "split", "winner", "until", "default")),
            known(Step.Type.PHONE_CALL, INSTRUCTED),
            known(Step.Type.TASK, INSTRUCTED),
            known(Step.Type.TEXT_MESSAGE, Set.of("template", "language")),
            known(Step.Type.AUTOMATED_TEXT, Set.of("template", "language")),
            known(Step.Type.LINKEDIN_RESEARCH),
            known(Step.Type.LINKEDIN_INTRODUCTION),
            known(Step.Type.LINKEDIN_CONNECT),
            known(Step.Type.LINKEDIN_INMAIL),
            known(Step.Type.WAIT, SPAN, Set.of("counting")),
            known(Step.Type.UPDATE_FIELD, Set.of("field", "value")),
            known(Step.Type.ADVANCE, Set.of("sequence")),
            known(Step.Type.CONDITION, Set.of("test", "within", "decide", "yes", "no")));

    private enum Version {
        A,
        B
    }

    private int steps;

    @SafeVarargs
    private static Map.Entry<Step.Type, Set<String>> known(Step.Type type, Set<String>... more) {
        Set<String> all = new HashSet<>(COMMON);
        for (Set<String> names : more) {
            all.addAll(names);
        }
        return Map.entry(type, Set.copyOf(all));
    }

    Step one(JsonNode node) {
        return step(JsonPlace.root(node), 0);
    }

    List<Step> steps(JsonPlace place) {
        return steps(place, 0);
    }

    private List<Step> steps(JsonPlace place, int depth) {
        if (depth > MAX_DEPTH) {
            throw new InvalidException("Conditions are nested more than " + MAX_DEPTH + " deep; use fewer levels.");
        }
        return place.list(item -> step(item, depth));
    }

    private Step step(JsonPlace place, int depth) {
        if (++steps > MAX_STEPS) {
            throw new InvalidException(
                    "The sequence has more than " + MAX_STEPS + " steps; split it and use ADVANCE to go on.");
        }
        if (place.has("goTo")) {
            return new Step.GoTo(place.object(Set.of("goTo")).text("goTo"));
        }
        if (!place.isObject()) {
            throw place.wrong("a step");
        }
        if (!place.has("type")) {
            throw place.refused("has no 'type'; a step needs one.");
        }
        Step.Type type = place.oneOf("type", Step.Type.class);
        return ofType(type, place.object(KNOWN.get(type)), depth);
    }

    private Step ofType(Step.Type type, JsonPlace p, int depth) {
        String id = p.text("id");
        String name = p.text("name");
        String description = p.text("description");
        Step.Timing timing = timing(p);
        return switch (type) {
            case EMAIL, AUTOMATED_EMAIL ->
                new Step.Email(type, id, name, description, timing, p.text("template"), mail(p));
            case PHONE_CALL ->
                new Step.Call(
                        id,
                        name,
                        description,
                        timing,
                        p.text("script"),
                        p.at("dueIn", StepReader::span),
                        p.texts("checklist"));
            case TASK ->
                new Step.Task(
                        id,
                        name,
                        description,
                        timing,
                        p.text("script"),
                        p.at("dueIn", StepReader::span),
                        p.texts("checklist"));
            case TEXT_MESSAGE, AUTOMATED_TEXT ->
                new Step.Text(type, id, name, description, timing, p.text("template"), p.text("language"));
            case LINKEDIN_RESEARCH, LINKEDIN_INTRODUCTION, LINKEDIN_CONNECT, LINKEDIN_INMAIL ->
                new Step.LinkedIn(type, id, name, description, timing);
            case WAIT ->
                new Step.Wait(
                        id,
                        name,
                        description,
                        timing,
                        p.integer("days"),
                        p.integer("hours"),
                        p.oneOf("counting", Step.Wait.Counting.class));
            case UPDATE_FIELD ->
                new Step.UpdateField(id, name, description, timing, p.text("field"), p.at("value", StepReader::code));
            case ADVANCE -> new Step.Advance(id, name, description, timing, p.text("sequence"));
            case CONDITION ->
                new Step.Condition(
                        id,
                        name,
                        description,
                        timing,
                        p.at("test", StepReader::test),
                        p.at("within", StepReader::span),
                        p.oneOf("decide", Step.Condition.Decide.class),
                        p.at("yes", branch -> steps(branch, depth + 1)),
                        p.at("no", branch -> steps(branch, depth + 1)));
            case AB_TEST ->
                new Step.AbTest(
                        id,
                        name,
                        description,
                        timing,
                        p.at("a", StepReader::template),
                        p.at("b", StepReader::template),
                        p.integer("split"),
                        p.oneOf("winner", Step.AbTest.Winner.class),
                        p.at("until", StepReader::instant),
                        p.at("default", place -> place.oneOf(Version.class).name()),
                        mail(p));
        };
    }

    private static Step.Timing timing(JsonPlace p) {
        Integer day = p.integer("day");
        Filter when = p.at("when", FilterJson::read);
        Boolean repeat = p.truth("repeat");
        return new Step.Timing(day, when, repeat);
    }

    private static Step.MailOptions mail(JsonPlace p) {
        return new Step.MailOptions(
                p.text("language"),
                p.oneOf("thread", Step.MailOptions.Thread.class),
                p.text("from"),
                p.text("replyTo"),
                p.texts("cc"),
                p.texts("bcc"),
                p.texts("attachments"),
                p.truth("trackOpens"),
                p.truth("trackClicks"),
                p.truth("unsubscribeLink"));
    }

    static Span span(JsonPlace place) {
        place.object(SPAN);
        return new Span(place.integer("days"), place.integer("hours"));
    }

    private static Object code(JsonPlace place) {
        if (place.node().isBoolean()) {
            return place.truth();
        }
        if (!place.node().isTextual()) {
            throw place.wrong("an option's code, true or false");
        }
        return place.text();
    }

    private static String template(JsonPlace place) {
        return place.object(Set.of("template")).text("template");
    }

    private static Instant instant(JsonPlace place) {
        String text = place.text();
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw place.refused("must be an instant with an offset, such as 2026-03-01T09:00:00Z.");
        }
    }

    private static Step.Test test(JsonPlace place) {
        place.object(Set.of("email", "call", "field", "stage"));
        List<String> named = List.of("email", "call", "field", "stage").stream()
                .filter(place::has)
                .toList();
        if (named.size() != 1) {
            throw place.refused("must have exactly one of 'email', 'call', 'field' and 'stage'.");
        }
        return switch (named.get(0)) {
            case "email" -> place.at("email", StepReader::mailTest);
            case "call" -> new Step.Test.CallOutcome(place.texts("call"));
            case "field" -> new Step.Test.Field(place.at("field", FilterJson::read));
            default -> place.at("stage", StepReader::stageTest);
        };
    }

    private static Step.Test mailTest(JsonPlace place) {
        place.object(Set.of("any", "all"));
        return new Step.Test.Mail(place.list("any", StepReader::event), place.list("all", StepReader::event));
    }

    private static Step.MailEvent event(JsonPlace place) {
        return place.oneOf(Step.MailEvent.class);
    }

    private static Step.Test stageTest(JsonPlace place) {
        place.object(Set.of("process", "in"));
        return new Step.Test.Stage(place.text("process"), place.texts("in"));
    }
}
