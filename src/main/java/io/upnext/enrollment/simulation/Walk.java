package io.upnext.enrollment.simulation;

import io.upnext.sequence.Definition;
import io.upnext.sequence.EffectiveOptions;
import io.upnext.sequence.Outline;
import io.upnext.sequence.Outline.Node;
import io.upnext.sequence.Step;
import io.upnext.sequence.Step.Condition;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Many records going through an Adaptive sequence at once, event by event: a pure function of definition, rates and seed, with the
 * arithmetic of preview and engine behind {@link World}. People finish a step when it is due; whoever reacts to a mail does
 * so at a time drawn from the two days after it.
 */
public final class Walk implements Way {

    private final Outline outline;
    private final World world;
    private final Doing doing;
    private final EffectiveOptions options;
    private final Map<Node, Node> yes = new HashMap<>();
    private final Map<Node, Node> no = new HashMap<>();
    private final Agenda<Node> agenda = new Agenda<>();
    private final Tally tally;
    private Onward onward = (traveller, step, at) -> true;

    public Walk(Definition definition, World world) {
        this.outline = Outline.of(definition);
        this.options = EffectiveOptions.of(definition);
        this.world = world;
        this.doing = new Doing(world);
        outline.nodes().stream()
                .filter(node -> node.parent() != null && node.index() == 0)
                .forEach(node -> (node.answer() ? yes : no).put(node.parent(), node));
        this.tally =
                new Tally(outline.nodes().stream().map(node -> node.step().id()).filter(Objects::nonNull));
    }

    @Override
    public EffectiveOptions options() {
        return options;
    }

    @Override
    public void enter(Traveller traveller, Instant at) {
        plan(at, traveller, outline.nodes().isEmpty() ? null : outline.nodes().get(0));
    }

    @Override
    public Instant next() {
        return agenda.next();
    }

    @Override
    public void move() {
        move(agenda.take());
    }

    @Override
    public void onward(Onward other) {
        onward = other;
    }

    @Override
    public Outcome outcome() {
        return tally.outcome(agenda.next() != null);
    }

    private void plan(Instant at, Traveller traveller, Node node) {
        agenda.plan(at, traveller, target(node));
    }

    private void move(Agenda.Move<Node> move) {
        Traveller traveller = move.traveller();
        if (traveller.goneBy(move.at())) {
            tally.ended(traveller.leavesFor(), traveller.leavesAt());
            return;
        }
        if (move.place() == null) {
            tally.ended(Ending.COMPLETED, move.at());
            return;
        }
        if (world.exits(traveller.number)) {
            tally.ended(Ending.CRITERIA_MET, move.at());
            return;
        }
        Step step = move.place().step();
        tally.entered(step.id());
        if (step instanceof Condition condition) {
            decide(traveller, move.place(), condition, move.at());
        } else if (step instanceof Step.Advance advance) {
            boolean goesOn = onward.advance(traveller, advance, move.at());
            tally.ended(goesOn ? Ending.ADVANCED : Ending.BLOCKED, move.at());
        } else {
            doing.done(traveller, step, move.at())
                    .ifPresentOrElse(
                            at -> plan(at, traveller, move.place().next()), () -> tally.ended(Ending.STUCK, move.at()));
        }
    }

    private void decide(Traveller traveller, Node node, Condition condition, Instant at) {
        if (!condition.onMail()) {
            plan(at, traveller, holds(traveller, node, condition) ? yes.get(node) : no.get(node));
            return;
        }
        String subject = outline.subjectOf(node).map(asked -> asked.step().id()).orElse("");
        Instant limit = world.after(traveller.number, condition.within(), at);
        if (!traveller.delivered(subject)) {
            plan(at, traveller, no.get(node));
            return;
        }
        Instant happened = happened(traveller, subject, (Step.Test.Mail) condition.test());
        boolean inTime = happened != null && !happened.isAfter(limit);
        boolean atLimit = condition.decide() == Condition.Decide.AT_LIMIT;
        Instant when = !inTime || atLimit ? limit : happened.isAfter(at) ? happened : at;
        plan(when, traveller, inTime ? yes.get(node) : no.get(node));
    }

    /** When all that is asked for has happened; null where it never does. */
    private static Instant happened(Traveller traveller, String subject, Step.Test.Mail test) {
        boolean all = test.all() != null && !test.all().isEmpty();
        List<Instant> times = (all ? test.all() : test.any() == null ? List.<Step.MailEvent>of() : test.any())
                .stream().map(event -> traveller.reaction(subject, event)).toList();
        if (all && times.contains(null)) {
            return null;
        }
        Comparator<Instant> order = Comparator.naturalOrder();
        var known = times.stream().filter(Objects::nonNull);
        return (all ? known.max(order) : known.min(order)).orElse(null);
    }

    private boolean holds(Traveller traveller, Node node, Condition condition) {
        boolean drawn = traveller.condition();
        if (condition.test() instanceof Step.Test.CallOutcome call) {
            return outline.subjectOf(node)
                    .map(asked -> call.outcomes()
                            .contains(String.valueOf(
                                    traveller.outcome(asked.step().id()))))
                    .orElse(false);
        }
        return world.holds(traveller.number, condition.test()).orElse(drawn);
    }

    /** A go-to stands for the step it leads to. */
    private Node target(Node node) {
        return node != null && node.step() instanceof Step.GoTo goTo
                ? outline.find(goTo.target()).orElse(null)
                : node;
    }
}
