package io.upnext.worklist.web;

import io.upnext.enrollment.CallOutcomes;
import io.upnext.enrollment.EnrollmentViews;
import io.upnext.enrollment.OpenSteps;
import io.upnext.enrollment.StepRun;
import io.upnext.enrollment.StepRunView;
import io.upnext.security.CurrentUser;
import io.upnext.sequence.Sequence;
import io.upnext.sequence.Sequences;
import io.upnext.sequence.Step;
import io.upnext.shared.PageQuery;
import io.upnext.shared.Paged;
import io.upnext.shared.SequenceId;
import io.upnext.shared.StepRunId;
import io.upnext.worklist.Assignees;
import io.upnext.worklist.Assignees.Assignee;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** The left-hand side of the seller's page: the steps grouped by day, with the counts beside the filters. */
@Component
class WorkLists {

    private final OpenSteps openSteps;
    private final EnrollmentViews views;
    private final Sequences sequences;
    private final Assignees assignees;
    private final CallOutcomes callOutcomes;
    private final Clock clock;

    WorkLists(
            OpenSteps openSteps,
            EnrollmentViews views,
            Sequences sequences,
            Assignees assignees,
            CallOutcomes callOutcomes,
            Clock clock) {
        this.assignees = assignees;
        this.callOutcomes = callOutcomes;
        this.openSteps = openSteps;
        this.views = views;
        this.sequences = sequences;
        this.clock = clock;
    }

    /** Steps of one day. @param key of its heading: {@code overdue}, {@code today}, {@code tomorrow} or {@code day} */
    record Group(String key, Instant day, List<StepRunView> steps) {}

    record Choice(SequenceId id, String name, long count) {}

    record Shown(
            WorkFilter filter,
            Paged<StepRunView> page,
            List<Group> groups,
            OpenSteps.Counts counts,
            List<Choice> sequences,
            Map<SequenceId, String> sequenceNames,
            List<Assignee> assignees,
            Set<String> outcomes) {

        List<StepRunId> ids() {
            return page.items().stream().map(StepRunView::id).toList();
        }

        Optional<StepRunId> first() {
            return page.items().stream().map(StepRunView::id).findFirst();
        }

        public Map<Step.Type, Long> types() {
            return counts.types();
        }
    }

    ZoneId zone(CurrentUser user) {
        return openSteps.zone(user);
    }

    Shown of(CurrentUser user, WorkFilter filter) {
        PageQuery query = new PageQuery(filter.pageNumber(), WorkFilter.SIZE, List.of());
        Paged<StepRun> found = openSteps.page(user, filter.query(), query);
        Paged<StepRunView> page = Paged.of(views.ofRuns(user, found.items()), query, found.total());
        OpenSteps.Counts counts = openSteps.counts(user);
        Map<SequenceId, String> names = names(counts, page);
        return new Shown(
                filter,
                page,
                groups(page.items(), zone(user)),
                counts,
                choices(counts, names),
                names,
                assignees.all(),
                callOutcomes.codes());
    }

    private Map<SequenceId, String> names(OpenSteps.Counts counts, Paged<StepRunView> page) {
        var ids = new java.util.HashSet<>(counts.sequences().keySet());
        page.items().forEach(step -> ids.add(step.sequence()));
        Map<SequenceId, String> names = new java.util.HashMap<>();
        sequences.findAll(ids).values().forEach((Sequence sequence) -> names.put(sequence.id(), sequence.name()));
        return names;
    }

    private static List<Choice> choices(OpenSteps.Counts counts, Map<SequenceId, String> names) {
        return counts.sequences().entrySet().stream()
                .map(count -> new Choice(count.getKey(), names.getOrDefault(count.getKey(), ""), count.getValue()))
                .sorted(Comparator.comparing(Choice::name, String.CASE_INSENSITIVE_ORDER))
                .toList();
    }

    private List<Group> groups(List<StepRunView> steps, ZoneId zone) {
        LocalDate today = clock.instant().atZone(zone).toLocalDate();
        List<Group> groups = new ArrayList<>();
        LocalDate last = null;
        for (StepRunView step : steps) {
            Instant due = step.dueAt() == null ? step.enteredAt() : step.dueAt();
            LocalDate day = due.atZone(zone).toLocalDate();
            if (!day.equals(last)) {
                groups.add(new Group(key(day, today), due, new ArrayList<>()));
                last = day;
            }
            groups.get(groups.size() - 1).steps().add(step);
        }
        return groups;
    }

    private static String key(LocalDate day, LocalDate today) {
        if (day.isBefore(today)) {
            return "overdue";
        }
        if (day.equals(today)) {
            return "today";
        }
        return day.equals(today.plusDays(1)) ? "tomorrow" : "day";
    }
}
