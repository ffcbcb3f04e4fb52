package io.upnext.sequence.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upnext.sequence.Span;
import io.upnext.sequence.Step;
import java.util.List;

/** Writes a step as the API has it; what is absent stays absent. */
final class StepWriter {

    private StepWriter() {}

    static ArrayNode steps(List<Step> steps) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        steps.forEach(step -> array.add(step(step)));
        return array;
    }

    static ObjectNode step(Step step) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        if (step instanceof Step.GoTo goTo) {
            return node.put("goTo", goTo.target());
        }
        text(node, "id", step.id());
        node.put("type", step.type().name());
        text(node, "name", step.name());
        text(node, "description", step.description());
        timing(node, step.timing());
        details(node, step);
        return node;
    }

    private static void timing(ObjectNode node, Step.Timing timing) {
        number(node, "day", timing.day());
        if (timing.when() != null) {
            node.set("when", FilterJson.write(timing.when()));
        }
        truth(node, "repeat", timing.repeat());
    }

    private static void details(ObjectNode node, Step step) {
        if (step instanceof Step.Email email) {
            text(node, "template", email.template());
            mail(node, email.mail());
        } else if (step instanceof Step.Instructed instructed) {
            text(node, "script", instructed.script());
            span(node, "dueIn", instructed.dueIn());
            texts(node, "checklist", instructed.checklist());
        } else if (step instanceof Step.Text message) {
            text(node, "template", message.template());
            text(node, "language", message.language());
        } else if (step instanceof Step.Wait wait) {
            number(node, "days", wait.days());
            number(node, "hours", wait.hours());
            name(node, "counting", wait.counting());
        } else if (step instanceof Step.UpdateField update) {
            text(node, "field", update.field());
            if (update.value() != null) {
                node.set("value", FilterJson.scalar(update.value()));
            }
        } else if (step instanceof Step.Advance advance) {
            text(node, "sequence", advance.sequence());
        } else if (step instanceof Step.Condition condition) {
            condition(node, condition);
        } else if (step instanceof Step.AbTest test) {
            abTest(node, test);
        }
    }

    private static void condition(ObjectNode node, Step.Condition condition) {
        if (condition.test() != null) {
            node.set("test", test(condition.test()));
        }
        span(node, "within", condition.within());
        name(node, "decide", condition.decide());
        if (condition.yes() != null) {
            node.set("yes", steps(condition.yes()));
        }
        if (condition.no() != null) {
            node.set("no", steps(condition.no()));
        }
    }

    private static ObjectNode test(Step.Test test) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        if (test instanceof Step.Test.Mail mail) {
            ObjectNode asked = node.putObject("email");
            events(asked, "any", mail.any());
            events(asked, "all", mail.all());
        } else if (test instanceof Step.Test.CallOutcome call) {
            texts(node, "call", call.outcomes());
        } else if (test instanceof Step.Test.Field field) {
            node.set("field", FilterJson.write(field.filter()));
        } else if (test instanceof Step.Test.Stage stage) {
            ObjectNode asked = node.putObject("stage");
            text(asked, "process", stage.process());
            texts(asked, "in", stage.in());
        }
        return node;
    }

    private static void events(ObjectNode node, String name, List<Step.MailEvent> events) {
        texts(
                node,
                name,
                events == null ? null : events.stream().map(Enum::name).toList());
    }

    private static void abTest(ObjectNode node, Step.AbTest test) {
        if (test.templateA() != null) {
            node.putObject("a").put("template", test.templateA());
        }
        if (test.templateB() != null) {
            node.putObject("b").put("template", test.templateB());
        }
        number(node, "split", test.split());
        name(node, "winner", test.winner());
        text(node, "until", test.until() == null ? null : test.until().toString());
        text(node, "default", test.byDefault());
        mail(node, test.mail());
    }

    private static void mail(ObjectNode node, Step.MailOptions mail) {
        text(node, "language", mail.language());
        name(node, "thread", mail.thread());
        text(node, "from", mail.from());
        text(node, "replyTo", mail.replyTo());
        texts(node, "cc", mail.cc());
        texts(node, "bcc", mail.bcc());
        texts(node, "attachments", mail.attachments());
        truth(node, "trackOpens", mail.trackOpens());
        truth(node, "trackClicks", mail.trackClicks());
        truth(node, "unsubscribeLink", mail.unsubscribeLink());
    }

    static void span(ObjectNode node, String name, Span span) {
        if (span != null) {
            ObjectNode written = node.putObject(name);
            number(written, "days", span.days());
            number(written, "hours", span.hours());
        }
    }

    static void text(ObjectNode node, String name, String value) {
        if (value != null) {
            node.put(name, value);
        }
    }

    static void texts(ObjectNode node, String name, List<String> values) {
        if (values != null) {
            ArrayNode array = node.putArray(name);
            values.forEach(array::add);
        }
    }

    static void number(ObjectNode node, String name, Integer value) {
        if (value != null) {
            node.put(name, value);
        }
    }

    static void truth(ObjectNode node, String name, Boolean value) {
        if (value != null) {
            node.put(name, value);
        }
    }

    static void name(ObjectNode node, String name, Enum<?> value) {
        if (value != null) {
            node.put(name, value.name());
        }
    }
}
