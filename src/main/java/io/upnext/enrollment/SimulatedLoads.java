package io.upnext.enrollment;

import io.upnext.enrollment.simulation.Load;
import io.upnext.messaging.Mailbox;
import io.upnext.messaging.PaceModel;
import io.upnext.record.CrmRecord;
import io.upnext.record.RecordGraph;
import io.upnext.shared.MailboxId;
import io.upnext.shared.Principal;
import io.upnext.shared.RecordId;
import io.upnext.shared.RecordType;
import io.upnext.shared.WorkingTime;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the sequences of one simulation share: the records, and the days of people and mailboxes that they fill. */
final class SimulatedLoads {

    private static final Comparator<Load.Share> BUSIEST =
            Comparator.comparing(Load.Share::total).reversed().thenComparing(Load.Share::id);

    final SimulatedWorlds world;
    final PaceModel pace;
    final CrmRecord typical;
    private final List<RecordGraph> graphs;
    private final Set<RecordId> refused;
    private final ZoneId days;
    private final Map<Integer, Map<String, Object>> changed = new HashMap<>();
    private final Map<Principal, ZoneId> zones = new HashMap<>();
    private final Map<Principal, Optional<DayPlan>> plans = new HashMap<>();
    private final Map<Principal, SortedMap<LocalDate, Integer>> tasks = new HashMap<>();
    private final Map<MailboxId, SortedMap<LocalDate, Integer>> mails = new HashMap<>();
    private final SortedMap<LocalDate, Integer> tasksByDay = new TreeMap<>();
    private final SortedMap<LocalDate, Integer> mailsByDay = new TreeMap<>();

    /** @param graphs none: all are typical records, of which nothing is known */
    SimulatedLoads(
            SimulatedWorlds world, RecordType type, List<RecordGraph> graphs, Set<RecordId> refused, PaceModel pace) {
        this.world = world;
        this.graphs = graphs;
        this.refused = refused;
        this.pace = pace;
        this.typical = SimulatedWorlds.typical(type);
        this.days = world.settings.timeZone();
    }

    boolean typicalRecords() {
        return graphs.isEmpty();
    }

    /** Null for a typical record. */
    RecordGraph graph(int traveller) {
        return graphs.isEmpty() ? null : graphs.get(traveller);
    }

    boolean refused(int traveller) {
        RecordGraph graph = graph(traveller);
        return graph != null && refused.contains(graph.person().id());
    }

    /** What the steps so far have changed of the record. */
    Map<String, Object> changed(int traveller) {
        return changed.getOrDefault(traveller, Map.of());
    }

    void changed(int traveller, String field, Object value) {
        changed.computeIfAbsent(traveller, number -> new HashMap<>()).put(field, value);
    }

    void sent(MailboxId mailbox, Instant at) {
        LocalDate day = at.atZone(days).toLocalDate();
        count(mails.computeIfAbsent(mailbox, box -> new TreeMap<>()), day);
        count(mailsByDay, day);
    }

    /** What a full day cannot hold moves on, as with real steps; days are taken as empty beforehand. */
    Instant task(Principal seller, Instant due) {
        ZonedDateTime wanted = due.atZone(zones.computeIfAbsent(seller, world::zone));
        LocalDate day = plans.computeIfAbsent(seller, this::plan)
                .map(plan -> plan.place(wanted.toLocalDate()))
                .orElse(wanted.toLocalDate());
        count(tasks.computeIfAbsent(seller, who -> new TreeMap<>()), day);
        count(tasksByDay, day);
        return day.equals(wanted.toLocalDate()) ? due : wanted.with(day).toInstant();
    }

    private Optional<DayPlan> plan(Principal seller) {
        WorkingTime working = WorkingTime.weekdays(world.calendar.daysOff());
        return world.capacity.of(seller).map(most -> new DayPlan(most, working::isWorkingDay, Map.of()));
    }

    private static void count(SortedMap<LocalDate, Integer> byDay, LocalDate day) {
        byDay.merge(day, 1, Integer::sum);
    }

    List<Load.Day> days() {
        return Load.days(tasksByDay, mailsByDay);
    }

    List<Load.Share> sellers() {
        return tasks.entrySet().stream()
                .map(seller -> Load.Share.of(
                        seller.getKey().toString(), world.users.nameOf(seller.getKey()), seller.getValue()))
                .sorted(BUSIEST)
                .toList();
    }

    List<Load.Share> mailboxes() {
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
}
