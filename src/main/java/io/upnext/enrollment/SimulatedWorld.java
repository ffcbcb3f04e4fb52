package io.upnext.enrollment;

import io.upnext.enrollment.simulation.Ending;
import io.upnext.enrollment.simulation.Load;
import io.upnext.enrollment.simulation.Rates;
import io.upnext.enrollment.simulation.Walk;
import io.upnext.enrollment.simulation.World;
import io.upnext.messaging.Mailbox;
import io.upnext.messaging.PaceModel;
import io.upnext.messaging.PaceModel.Leaving;
import io.upnext.messaging.SequenceWindow;
import io.upnext.record.CrmRecord;
import io.upnext.record.RecordGraph;
import io.upnext.sequence.Definition;
import io.upnext.sequence.Outline;
import io.upnext.sequence.Sequence;
import io.upnext.sequence.Span;
import io.upnext.sequence.Step;
import io.upnext.shared.MailboxId;
import io.upnext.shared.Principal;
import io.upnext.shared.RecordId;
import io.upnext.shared.UserId;
import io.upnext.shared.WorkingTime;
import io.upnext.shared.filter.Filter;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The records of one simulation, and what it loads on people and mailboxes. */
final class SimulatedWorld implements World {

    private final SimulatedWorlds world;
    private final Definition definition;
    private final Sequence sequence;
    private final UserId by;
    private final List<RecordGraph> graphs;
    private final Set<RecordId> refused;
    private final PaceModel pace;
    private final SequenceWindow window;
    private final CrmRecord typical;
    private final ZoneId days;
    private final Map<Integer, Principal> assignees = new HashMap<>();
    private final Map<Integer, MailboxId> leaving = new HashMap<>();
    private final Map<Principal, ZoneId> zones = new HashMap<>();
    private final Map<Principal, Optional<DayPlan>> plans = new HashMap<>();
    private final Map<Principal, SortedMap<LocalDate, Integer>> tasks = new HashMap<>();
    private final Map<MailboxId, SortedMap<LocalDate, Integer>> mails = new HashMap<>();
    private final SortedMap<LocalDate, Integer> tasksByDay = new TreeMap<>();
    private final SortedMap<LocalDate, Integer> mailsByDay = new TreeMap<>();

    SimulatedWorld(
            SimulatedWorlds world,
            Definition definition,
            Sequence sequence,
            UserId by,
            List<RecordGraph> graphs,
            Set<RecordId> refused,
            PaceModel pace) {
        this.world = world;
        this.definition = definition;
        this.sequence = sequence;
        this.by = by;
        this.graphs = graphs;
        this.refused = refused;
        this.pace = pace;
        this.window = MailSteps.window(definition);
        this.typical = SimulatedWorlds.typical(sequence.recordType());
        this.days = world.settings.timeZone();
    }

    /** Null for a typical record. */
    private RecordGraph graph(int traveller) {
        return graphs.isEmpty() ? null : graphs.get(traveller);
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
        RecordGraph graph = graph(traveller);
        return graph != null && refused.contains(graph.person().id());
    }

    @Override
    public Optional<Instant> mailLeaves(int traveller, Step mail, Instant at) {
        String from = from(mail);
        boolean named = !from.equals("ASSIGNEE") && !from.equals("SEQUENCE_OWNER");
        Principal assignee = assignee(traveller);
        UserId sender = assignee.isUser() && from.equals("ASSIGNEE") ? new UserId(assignee.id()) : sequence.owner();
        RecordGraph graph = graph(traveller);
        CrmRecord person = graph == null ? typical : graph.person();
        Leaving place = pace.leaves(sender, named ? MailboxId.of(from) : null, window, person, at);
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
        count(mails.computeIfAbsent(leaving.get(traveller), mailbox -> new TreeMap<>()), day(at, days));
        count(mailsByDay, day(at, days));
    }

    /** What a full day cannot hold moves on, as with real steps; days are taken as empty beforehand. */
    @Override
    public Instant taskDue(int traveller, Step task, Instant due) {
        Principal seller = assignee(traveller);
        ZonedDateTime wanted = due.atZone(zones.computeIfAbsent(seller, world::zone));
        LocalDate day = plans.computeIfAbsent(seller, this::plan)
                .map(plan -> plan.place(wanted.toLocalDate()))
                .orElse(wanted.toLocalDate());
        count(tasks.computeIfAbsent(seller, who -> new TreeMap<>()), day);
        count(tasksByDay, day);
        return day.equals(wanted.toLocalDate()) ? due : wanted.with(day).toInstant();
    }

    private Optional<DayPlan> plan(Principal seller) {
        WorkingTime working = WorkingTime.weekdays(world.settings.country());
        return world.capacity.of(seller).map(most -> new DayPlan(most, working::isWorkingDay, Map.of()));
    }

    private Principal assignee(int traveller) {
        return assignees.computeIfAbsent(
                traveller, n -> world.assignments.of(definition.assignTo(), sequence.owner(), by, graph(n)));
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
                ? Optional.of(world.records.matches(field.filter(), graph))
                : Optional.empty();
    }

    @Override
    public Optional<Boolean> holds(int traveller, Filter when, Map<String, Object> lastMail) {
        RecordGraph graph = graph(traveller);
        boolean ofTheMail = when.leaves().stream().allMatch(leaf -> lastMail.containsKey(leaf.field()));
        if (graph == null && !ofTheMail) {
            return Optional.empty();
        }
        RecordGraph asked = graph == null ? new RecordGraph(typical, null, null, null) : graph;
        return Optional.of(world.records.matches(when, asked, lastMail));
    }

    Load load(int records, long seed, Rates rates, Walk.Outcome outcome) {
        return new Load(
                records,
                seed,
                rates,
                Load.days(tasksByDay, mailsByDay),
                sellers(),
                mailboxes(),
                outcome.endings(),
                steps(outcome),
                notes(outcome));
    }

    private List<Load.Share> sellers() {
        return tasks.entrySet().stream()
                .map(seller -> Load.Share.of(
                        seller.getKey().toString(), world.users.nameOf(seller.getKey()), seller.getValue()))
                .sorted(BUSIEST)
                .toList();
    }

    private List<Load.Share> mailboxes() {
        Map<MailboxId, Mailbox> known = world.mailboxes.findAll(mails.keySet());
        return mails.entrySet().stream()
                .map(mailbox -> Load.Share.of(
                        mailbox.getKey().toString(),
                        Optional.ofNullable(known.get(mailbox.getKey()))
                                .map(Mailbox::address)
                                .orElse(""),
                        mailbox.getValue()))
                .sorted(BUSIEST)
                .toList();
    }

    private static final Comparator<Load.Share> BUSIEST =
            Comparator.comparing(Load.Share::total).reversed().thenComparing(Load.Share::id);

    private List<Load.StepCount> steps(Walk.Outcome outcome) {
        Outline outline = Outline.of(definition);
        return outcome.entered().entrySet().stream()
                .flatMap(step -> outline.find(step.getKey()).stream()
                        .map(node -> new Load.StepCount(
                                step.getKey(),
                                node.step().type().name(),
                                node.step().name() == null
                                        ? step.getKey()
                                        : node.step().name(),
                                step.getValue())))
                .toList();
    }

    private List<String> notes(Walk.Outcome outcome) {
        List<String> notes = new ArrayList<>();
        if (outcome.truncated()) {
            notes.add("truncated");
        }
        if (definition.options() != null && definition.options().exitWhen() != null) {
            notes.add("exit-filter");
        }
        if (has(Step.Type.ADVANCE)) {
            notes.add("advance");
        }
        if (outcome.endings().containsKey(Ending.STUCK)) {
            notes.add("no-mailbox");
        }
        return notes;
    }

    private boolean has(Step.Type type) {
        return Outline.of(definition).nodes().stream()
                .anyMatch(node -> node.step().type() == type);
    }

    private static void count(SortedMap<LocalDate, Integer> byDay, LocalDate day) {
        byDay.merge(day, 1, Integer::sum);
    }

    private static LocalDate day(Instant at, ZoneId zone) {
        return at.atZone(zone).toLocalDate();
    }
}
