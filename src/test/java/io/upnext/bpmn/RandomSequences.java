package io.upnext.bpmn;

import io.upnext.sequence.Definition;
import io.upnext.sequence.Span;
import io.upnext.sequence.Step;
import io.upnext.sequence.Step.Condition.Decide;
import io.upnext.sequence.Step.MailEvent;
import io.upnext.sequence.Step.Timing;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes sequences of any shape that can be compiled; the same seed makes the same one. */
public final class RandomSequences {

    private static final String[] WORDS = {
        "Ask", "about", "the", "budget", "and", "Donaudampfschifffahrtsgesellschaft", "次の電話", "${x}", "ok"
    };

    private final Random random;
    private final boolean goTos;
    /** The steps a go-to made now could lead to: made before, since lists are made from their ends. */
    private final List<String> targets = new ArrayList<>();

    private int made;

    private RandomSequences(long seed, boolean goTos) {
        this.random = new Random(seed);
        this.goTos = goTos;
    }

    public static Definition tree(long seed) {
        return new RandomSequences(seed, false).make();
    }

    /** Of any of the three modes; in Adaptive mode without go-tos, whose lines may cross others. */
    public static Definition uncrossed(long seed) {
        return scheduled(seed, tree(seed));
    }

    public static Definition any(long seed) {
        return scheduled(seed, withGoTos(seed));
    }

    private static Definition scheduled(long seed, Definition adaptive) {
        int mode = Math.floorMod(seed, 4);
        return mode < 2 ? adaptive : new RandomSequences(seed, false).days(mode == 2);
    }

    private Definition days(boolean classic) {
        List<Step> steps = new ArrayList<>();
        for (int i = random.nextInt(7); i >= 0; i--) {
            steps.add(plain());
        }
        steps.removeIf(Step.Wait.class::isInstance);
        if (random.nextBoolean()) {
            steps.add(new Step.Advance(id(), words(2), null, Timing.NONE, "elsewhere"));
        }
        return Examples.scheduled(classic, words(4), random.nextBoolean(), steps, step -> random.nextBoolean());
    }

    public static Definition withGoTos(long seed) {
        return new RandomSequences(seed, true).make();
    }

    private Definition make() {
        return Examples.sequence(words(4), steps(4).toArray(Step[]::new));
    }

    /** From the last step to the first, and No before Yes: so everything made already stands further on. */
    private List<Step> steps(int depth) {
        List<Step> steps = new ArrayList<>();
        List<String> before = List.copyOf(targets);
        int kind = random.nextInt(10);
        if (depth > 0 && kind < 6) {
            steps.add(condition(depth));
        } else if (goTos && kind < 8 && !before.isEmpty()) {
            steps.add(new Step.GoTo(before.get(random.nextInt(before.size()))));
        } else if (kind == 9) {
            steps.add(new Step.Advance(id(), words(2), null, Timing.NONE, "elsewhere"));
        }
        int more = random.nextInt(4);
        for (int i = 0; i < more; i++) {
            Step step = plain();
            steps.add(0, step);
            targets.add(step.id());
        }
        return steps;
    }

    private Step condition(int depth) {
        List<Step> no = steps(depth - 1);
        List<Step> yes = steps(depth - 1);
        String id = id();
        String name = random.nextBoolean() ? null : words(random.nextInt(12));
        Span within = new Span(random.nextInt(30), 1 + random.nextInt(23));
        List<MailEvent> events = List.of(MailEvent.OPENED, MailEvent.REPLIED).subList(0, 1 + random.nextInt(2));
        return switch (random.nextInt(5)) {
            case 0 -> Examples.mail(id, name, events, within, Decide.AT_ONCE, yes, no);
            case 1 -> Examples.mail(id, name, events, within, Decide.AT_LIMIT, yes, no);
            case 2 -> Examples.connected(id, yes, no);
            case 3 -> stage(id, yes, no);
            default -> field(id, yes, no);
        };
    }

    private Step field(String id, List<Step> yes, List<Step> no) {
        targets.add(id);
        return Examples.budget(id, yes, no);
    }

    private Step stage(String id, List<Step> yes, List<Step> no) {
        targets.add(id);
        Step.Test test = new Step.Test.Stage("sales", List.of("ENGAGING"));
        return new Step.Condition(id, null, null, Timing.NONE, test, null, null, yes, no);
    }

    private Step plain() {
        String id = id();
        String name = words(1 + random.nextInt(8));
        return switch (random.nextInt(7)) {
            case 5 -> Examples.text(id, name);
            case 6 -> new Step.Text(Step.Type.TEXT_MESSAGE, id, name, words(4), Timing.NONE, null, null);
            case 0 -> Examples.task(id, name);
            case 1 -> Examples.call(id, name);
            case 2 -> random.nextInt(3) > 0 ? Examples.automated(id, name) : Examples.twoMails(id, name);
            case 3 -> Examples.wait(id, name);
            default -> new Step.UpdateField(id, name, words(9), Timing.NONE, "budget", "CAN_BUY");
        };
    }

    private String id() {
        return "s" + made++;
    }

    private String words(int count) {
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < count; i++) {
            words.append(i == 0 ? "" : " ").append(WORDS[random.nextInt(WORDS.length)]);
        }
        return words.toString();
    }
}
