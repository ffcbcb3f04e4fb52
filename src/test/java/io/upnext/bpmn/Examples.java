package io.upnext.bpmn;

import io.upnext.sequence.Definition;
import io.upnext.sequence.SequenceVersion;
import io.upnext.sequence.Span;
import io.upnext.sequence.Step;
import io.upnext.sequence.Step.Condition.Decide;
import io.upnext.sequence.Step.MailEvent;
import io.upnext.sequence.Step.Timing;
import io.upnext.sequence.Step.Type;
import io.upnext.shared.RecordType;
import io.upnext.shared.SequenceId;
import io.upnext.shared.UserId;
import io.upnext.shared.VersionId;
import io.upnext.shared.filter.Filter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;

/** Sequences for the tests of this package, written the way one speaks of them. */
final class Examples {

    static final SequenceId SEQUENCE = new SequenceId(UUID.fromString("0192f0c4-7b5a-7c3d-9e21-4f6a8b0c1d2e"));

    private static final Step.MailOptions PLAIN =
            new Step.MailOptions(null, null, null, null, null, null, null, null, null, null);

    private Examples() {}

    /** The representative ones, by the name of their golden file. */
    static Map<String, Definition> all() {
        Map<String, Definition> all = new LinkedHashMap<>();
        all.put("one-task", sequence("One task", task("call-back", "Call back")));
        all.put("high-volume-outbound", outbound());
        all.put("every-step-type", everyStepType());
        all.put("decides-at-the-limit", decidesAtTheLimit());
        all.put("nested-conditions", nested());
        all.put("empty-branches", emptyBranches());
        all.put("go-tos", goTos());
        all.put("begins-with-a-wait-and-a-field-condition", beginsWithAField());
        all.put("hostile-names", hostile());
        all.put("classic", classic());
        all.put("smart", smart());
        return all;
    }

    /** The example of the REST contract. */
    static Definition outbound() {
        return sequence(
                "High volume outbound prospecting",
                automated("intro", "Introduction"),
                atOnce(
                        "replied",
                        "Replied within two days?",
                        List.of(MailEvent.REPLIED),
                        List.of(task("meet", "Arrange the meeting")),
                        List.of(
                                call("call1", "First call"),
                                connected(
                                        "answered",
                                        List.of(goTo("meet2")),
                                        List.of(wait("pause", null), task("meet2", "Last try"))))));
    }

    static Definition everyStepType() {
        return sequence(
                "Every step type",
                new Step.LinkedIn(Type.LINKEDIN_RESEARCH, "research", "Read the profile", null, Timing.NONE),
                new Step.LinkedIn(Type.LINKEDIN_CONNECT, "link", "Connect", null, Timing.NONE),
                new Step.LinkedIn(
                        Type.LINKEDIN_INTRODUCTION, "introduce", "Ask for an introduction", null, Timing.NONE),
                new Step.LinkedIn(Type.LINKEDIN_INMAIL, "inmail", "Write an InMail", null, Timing.NONE),
                new Step.Email(Type.EMAIL, "mail", "Write", "Two lines,\nno more", Timing.NONE, "intro-en", PLAIN),
                new Step.UpdateField("rate", "Rate as warm", null, Timing.NONE, "rating", "WARM"),
                wait("pause", "Two days"),
                automated("remind", "Remind"),
                new Step.Text(Type.TEXT_MESSAGE, "ask", "Ask by text", null, Timing.NONE, null, null),
                text("hint", "Hint by text"),
                call("ring", "Ring"),
                connected(
                        "spoken",
                        List.of(task("meet", "Meet")),
                        List.of(new Step.Advance(
                                "nurture", "Nurture", null, Timing.NONE, "0192f0c4-7b5a-7c3d-9e21-000000000001"))));
    }

    static Definition decidesAtTheLimit() {
        return sequence(
                "Decides at the limit",
                automated("intro", "Introduction"),
                mail(
                        "opened",
                        null,
                        List.of(MailEvent.OPENED, MailEvent.LINK_CLICKED),
                        new Span(1, 12),
                        Decide.AT_LIMIT,
                        List.of(call("ring", "Ring at once")),
                        List.of(automated("again", "Send again"), task("look", "Look for another address"))));
    }

    static Definition nested() {
        return sequence(
                "Nested conditions",
                automated("intro", "Introduction"),
                atOnce(
                        "opened",
                        null,
                        List.of(MailEvent.OPENED),
                        List.of(atOnce(
                                "clicked",
                                "Did they follow a link in the introduction within two days?",
                                List.of(MailEvent.LINK_CLICKED),
                                List.of(
                                        call("ring", "Ring"),
                                        connected("spoken", List.of(task("meet", "Meet")), List.of())),
                                List.of(automated("more", "Tell more")))),
                        List.of(
                                wait("pause", "Pause"),
                                automated("again", "Send again"),
                                mail(
                                        "read",
                                        null,
                                        List.of(MailEvent.OPENED),
                                        new Span(3, null),
                                        Decide.AT_LIMIT,
                                        List.of(task("follow", "Follow up")),
                                        List.of(budget("rich", List.of(task("visit", "Visit")), List.of()))))));
    }

    static Definition emptyBranches() {
        return sequence(
                "Empty branches",
                automated("intro", "Introduction"),
                atOnce("replied", null, List.of(MailEvent.REPLIED), List.of(), List.of()));
    }

    static Definition goTos() {
        return sequence(
                "Go-tos",
                automated("intro", "Introduction"),
                atOnce(
                        "replied",
                        null,
                        List.of(MailEvent.REPLIED),
                        List.of(goTo("close")),
                        List.of(
                                call("ring", "Ring"),
                                connected(
                                        "spoken",
                                        List.of(
                                                task("meet", "Meet"),
                                                budget("rich", List.of(goTo("poor")), List.of(goTo("thank")))),
                                        List.of(
                                                wait("pause", "Pause"),
                                                budget(
                                                        "poor",
                                                        List.of(goTo("close")),
                                                        List.of(
                                                                automated("thank", "Thank"),
                                                                task("close", "Close"))))))));
    }

    static Definition beginsWithAField() {
        return sequence(
                "Begins with a wait and a field condition",
                wait("later", "Next week"),
                budget("rich", List.of(task("visit", "Visit")), List.of(automated("offer", "Offer"))));
    }

    static Definition classic() {
        return scheduled(
                true,
                "Qualify in a week",
                true,
                List.of(
                        automated("intro", "Introduction"),
                        call("ring", "First call"),
                        text("hint", "Hint by text"),
                        task("look", "Look them up"),
                        new Step.Advance(
                                "nurture", "Nurture", null, Timing.NONE, "0192f0c4-7b5a-7c3d-9e21-000000000001")),
                step -> List.of("look", "hint", "nurture").contains(step.id()));
    }

    static Definition smart() {
        return scheduled(
                false,
                "Welcome aboard",
                false,
                List.of(
                        automated("welcome", "Welcome"),
                        call("ring", "How is it going?"),
                        new Step.UpdateField("rate", "Rate as warm", null, Timing.NONE, "rating", "WARM"),
                        task("look", "Look after them")),
                step -> step.id().equals("rate"));
    }

    /** In Classic mode on every second day, else every two days; some of the steps have a condition. */
    static Definition scheduled(
            boolean classic, String name, boolean exitWhenDone, List<Step> steps, Predicate<Step> conditional) {
        Filter when = new Filter.All(List.of(new Filter.Leaf("budget", Filter.Op.EQUALS, "CAN_BUY")));
        List<Step> timed = new ArrayList<>();
        for (Step step : steps) {
            Integer day = classic ? 1 + 2 * timed.size() : null;
            timed.add(step.at(new Timing(day, conditional.test(step) ? when : null, null)));
        }
        return new Definition(
                name,
                null,
                RecordType.LEAD,
                classic ? Definition.Mode.CLASSIC : Definition.Mode.SMART,
                "Europe/Berlin",
                List.of(),
                null,
                new Definition.Options(null, null, null, null, exitWhenDone, null, null, null, null),
                new Definition.Schedule("09:30", null, true, classic ? null : new Span(2, null)),
                timed);
    }

    static Definition hostile() {
        return sequence(
                "${runtimeService} <b>&amp;\u0000\u000b\ud800 #{x}",
                new Step.Task(
                        "evil",
                        "${execution.setVariable('a', 1)} #{''.getClass()} $${x} \"quoted\" <tag> \u0001 ]]>",
                        "#{1+1} ${ unclosed \uffff",
                        Timing.NONE,
                        null,
                        List.of()),
                automated("emoji", "Grüße 👋 日本語"),
                atOnce("asked", "${true}?", List.of(MailEvent.REPLIED), List.of(task("a-limit", "A")), List.of()));
    }

    static Definition sequence(String name, Step... steps) {
        return new Definition(
                name,
                null,
                RecordType.LEAD,
                Definition.Mode.ADAPTIVE,
                "Europe/Berlin",
                List.of(),
                null,
                null,
                null,
                List.of(steps));
    }

    static SequenceVersion version(Definition definition) {
        return new SequenceVersion(
                new VersionId(UUID.fromString("0192f0c4-7b5a-7c3d-9e21-4f6a8b0c1d2f")),
                SEQUENCE,
                1,
                definition,
                "First",
                new UserId(UUID.fromString("0192f0c4-7b5a-7c3d-9e21-4f6a8b0c1d30")),
                Instant.parse("2026-01-05T09:00:00Z"));
    }

    static Step task(String id, String name) {
        return new Step.Task(id, name, null, Timing.NONE, null, List.of());
    }

    static Step call(String id, String name) {
        return new Step.Call(id, name, null, Timing.NONE, "Say hello");
    }

    static Step automated(String id, String name) {
        return new Step.Email(Type.AUTOMATED_EMAIL, id, name, null, Timing.NONE, "intro-en", PLAIN);
    }

    static Step twoMails(String id, String name) {
        return new Step.AbTest(
                id,
                name,
                null,
                Timing.NONE,
                "intro-en",
                "intro-short",
                50,
                Step.AbTest.Winner.CLICKS,
                null,
                null,
                PLAIN);
    }

    static Step text(String id, String name) {
        return new Step.Text(Type.AUTOMATED_TEXT, id, name, null, Timing.NONE, "hello", null);
    }

    static Step wait(String id, String name) {
        return new Step.Wait(id, name, null, Timing.NONE, 2, 0, Step.Wait.Counting.WORKING_DAYS);
    }

    static Step goTo(String target) {
        return new Step.GoTo(target);
    }

    static Step atOnce(String id, String name, List<MailEvent> events, List<Step> yes, List<Step> no) {
        return mail(id, name, events, new Span(2, null), Decide.AT_ONCE, yes, no);
    }

    static Step mail(
            String id, String name, List<MailEvent> events, Span within, Decide decide, List<Step> yes, List<Step> no) {
        return new Step.Condition(
                id, name, null, Timing.NONE, new Step.Test.Mail(events, null), within, decide, yes, no);
    }

    static Step connected(String id, List<Step> yes, List<Step> no) {
        return new Step.Condition(
                id, null, null, Timing.NONE, new Step.Test.CallOutcome(List.of("CONNECTED")), null, null, yes, no);
    }

    static Step budget(String id, List<Step> yes, List<Step> no) {
        Filter filter = new Filter.All(List.of(new Filter.Leaf("budget", Filter.Op.EQUALS, "CAN_BUY")));
        return new Step.Condition(
                id, "Can they buy?", null, Timing.NONE, new Step.Test.Field(filter), null, null, yes, no);
    }
}
