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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;

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
    private final PriorityQueue<Move> agenda = new PriorityQueue<>(Move.ORDER);
    private final Map<Ending, Integer> endings = new LinkedHashMap<>();
    private final Map<String, Integer> entered = new LinkedHashMap<>();
    private Onward onward = (traveller, step, at) -> true;
    private long turns;
    private Instant last;

    private record Move(Instant at, long turn, Traveller traveller, Node node) {

        static final Comparator<Move> ORDER = Comparator.comparing(Move::at).thenComparing(Move::turn);
    }

    /** @param entered how many entered each step, by its id @param end when the last one ended */
    public record Outcome(Map<Ending, Integer> endings, Map<String, Integer> entered, Instant end, boolean truncated) {}

    public Walk(Definition definition, World world) {
        this.outline = Outline.of(definition);
        this.options = EffectiveOptions.of(definition);
        this.world = world;
        this.doing = new Doing(world);
        outline.nodes().stream()
                .filter(node -> node.parent() != null && node.index() == 0)
                .forEach(node -> (node.answer() ? yes : no).put(node.parent(), node));
        outline.nodes().stream()
                .map(node -> node.step().id())
                .filter(Objects::nonNull)
                .forEach(id -> entered.put(id, 0));
    }

    /** Without what follows an advance. @param starts when each of them is connected */
    Outcome run(List<Instant> starts, Rates rates, long seed) {
        new Travels(this, null, 0).run(starts, rates, seed);
        return outcome();
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
        return agenda.isEmpty() ? null : agenda.peek().at();
    }

    @Override
    public void move() {
        move(agenda.poll());
    }

    @Override
    public void onward(Onward other) {
        onward = other;
    }

    @Override
    public Outcome outcome() {
        return new Outcome(endings, entered, last, !agenda.isEmpty());
    }

    private void plan(Instant at, Traveller traveller, Node node) {
        agenda.add(new Move(at, turns++, traveller, target(node)));
    }

    private void move(Move move) {
        Traveller traveller = move.traveller();
        if (traveller.goneBy(move.at())) {
            end(traveller.leavesFor(), traveller.leavesAt());
            return;
        }
        if (move.node() == null) {
            end(Ending.COMPLETED, move.at());
            return;
        }
        if (world.exits(traveller.number)) {
            end(Ending.CRITERIA_MET, move.at());
            return;
        }
        Step step = move.node().step();
        entered.merge(step.id(), 1, Integer::sum);
        if (step instanceof Condition condition) {
            decide(traveller, move.node(), condition, move.at());
        } else if (step instanceof Step.Advance advance) {
            boolean goesOn = onward.advance(traveller, advance, move.at());
            end(goesOn ? Ending.ADVANCED : Ending.BLOCKED, move.at());
        } else {
            doing.done(traveller, step, move.at())
                    .ifPresentOrElse(at -> plan(at, traveller, move.node().next()), () -> end(Ending.STUCK, move.at()));
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

    private void end(Ending reason, Instant at) {
        endings.merge(reason, 1, Integer::sum);
        last = last == null || at.isAfter(last) ? at : last;
    }
}
