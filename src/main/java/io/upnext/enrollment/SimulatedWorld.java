package io.upnext.enrollment;

import io.upnext.enrollment.simulation.World;
import io.upnext.messaging.PaceModel.Leaving;
import io.upnext.messaging.SequenceWindow;
import io.upnext.record.CrmRecord;
import io.upnext.record.RecordGraph;
import io.upnext.sequence.Definition;
import io.upnext.sequence.EffectiveOptions;
import io.upnext.sequence.Sequence;
import io.upnext.sequence.Span;
import io.upnext.sequence.Step;
import io.upnext.shared.MailboxId;
import io.upnext.shared.Principal;
import io.upnext.shared.UserId;
import io.upnext.shared.filter.Filter;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The records of a simulation in one of its sequences. */
final class SimulatedWorld implements World {

    private final SimulatedLoads loads;
    private final SimulatedWorlds world;
    private final Definition definition;
    private final Sequence sequence;
    private final UserId by;
    private final SequenceWindow window;
    private final Filter exitWhen;
    private final Map<Integer, Principal> assignees = new HashMap<>();
    private final Map<Integer, MailboxId> leaving = new HashMap<>();
    private final Map<Integer, Met> met = new HashMap<>();

    /** @param changed what the steps had changed when it was looked at */
    private record Met(Map<String, Object> changed, boolean met) {}

    SimulatedWorld(SimulatedLoads loads, Definition definition, Sequence sequence, UserId by) {
        this.loads = loads;
        this.world = loads.world;
        this.definition = definition;
        this.sequence = sequence;
        this.by = by;
        this.window = MailSteps.window(definition);
        this.exitWhen = EffectiveOptions.of(definition).exitWhen();
    }

    /** Null for a typical record. */
    private RecordGraph graph(int traveller) {
        return loads.graph(traveller);
    }

    private ZoneId zone(int traveller) {
        return world.times.zone(graph(traveller), definition);
    }

    @Override
    public Instant endOf(int traveller, Step.Wait wait, Instant at) {
        return world.times.endOf(wait, zone(traveller), at);
    }

    @Override
    public Instant after(int traveller, Span span, Instant at) {
        return world.times.after(span, zone(traveller), at);
    }

    @Override
    public boolean refused(int traveller, Step mail) {
        return loads.refused(traveller);
    }

    @Override
    public Optional<Instant> mailLeaves(int traveller, Step mail, Instant at) {
        String from = from(mail);
        boolean named = !from.equals("ASSIGNEE") && !from.equals("SEQUENCE_OWNER");
        Principal assignee = assignee(traveller);
        UserId sender = assignee.isUser() && from.equals("ASSIGNEE") ? new UserId(assignee.id()) : sequence.owner();
        RecordGraph graph = graph(traveller);
        CrmRecord person = graph == null ? loads.typical : graph.person();
        Leaving place = loads.pace.leaves(sender, named ? MailboxId.of(from) : null, window, person, at);
        leaving.put(traveller, place.mailbox());
        return place.mailbox() == null ? Optional.empty() : Optional.of(place.at());
    }

    private static String from(Step step) {
        Step.MailOptions options =
                step instanceof Step.Email mail ? mail.mail() : step instanceof Step.AbTest test ? test.mail() : null;
        return options == null || options.from() == null ? "ASSIGNEE" : options.from();
    }

    @Override
    public void sent(int traveller, Instant at) {
        loads.sent(leaving.get(traveller), at);
    }

    @Override
    public Instant taskDue(int traveller, Step task, Instant due) {
        return loads.task(world.assignments.working(assignee(traveller), graph(traveller), due), due);
    }

    private Principal assignee(int traveller) {
        return assignees.computeIfAbsent(
                traveller, n -> world.assignments.of(definition.assignTo(), sequence.owner(), by, graph(n)));
    }

    @Override
    public void updated(int traveller, Step.UpdateField step) {
        loads.changed(traveller, step.field(), step.value());
    }

    /** Asked anew only where a step has changed the record. */
    @Override
    public boolean exits(int traveller) {
        RecordGraph graph = graph(traveller);
        if (exitWhen == null || graph == null) {
            return false;
        }
        Map<String, Object> changed = loads.changed(traveller);
        Met known = met.get(traveller);
        if (known == null || !known.changed().equals(changed)) {
            known = new Met(Map.copyOf(changed), world.records.matches(exitWhen, graph, changed));
            met.put(traveller, known);
        }
        return known.met();
    }

    @Override
    public Optional<Boolean> holds(int traveller, Step.Test test) {
        RecordGraph graph = graph(traveller);
        if (graph == null) {
            return Optional.empty();
        }
        if (test instanceof Step.Test.Stage stage) {
            return Optional.of(world.processes.isAt(graph.record(), stage.process(), stage.in()));
        }
        return test instanceof Step.Test.Field field
                ? Optional.of(world.records.matches(field.filter(), graph, loads.changed(traveller)))
                : Optional.empty();
    }

    @Override
    public Optional<Boolean> holds(int traveller, Filter when, Map<String, Object> lastMail) {
        RecordGraph graph = graph(traveller);
        boolean ofTheMail = when.leaves().stream().allMatch(leaf -> lastMail.containsKey(leaf.field()));
        if (graph == null && !ofTheMail) {
            return Optional.empty();
        }
        RecordGraph asked = graph == null ? new RecordGraph(loads.typical, null, null, null) : graph;
        Map<String, Object> instead = new HashMap<>(loads.changed(traveller));
        instead.putAll(lastMail);
        return Optional.of(world.records.matches(when, asked, instead));
    }
}
