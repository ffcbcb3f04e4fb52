package io.upnext.enrollment.web;

import io.upnext.enrollment.Awaited;
import io.upnext.enrollment.Enrollment;
import io.upnext.enrollment.EnrollmentAction;
import io.upnext.enrollment.EnrollmentSteering;
import io.upnext.enrollment.EnrollmentView;
import io.upnext.enrollment.EnrollmentViews;
import io.upnext.enrollment.Enrollments;
import io.upnext.security.Access;
import io.upnext.security.CurrentUser;
import io.upnext.security.Right;
import io.upnext.sequence.Sequence;
import io.upnext.sequence.Sequences;
import io.upnext.sequence.StepIndex;
import io.upnext.sequence.Versions;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.PageQuery;
import io.upnext.shared.Paged;
import io.upnext.shared.ProblemException;
import io.upnext.shared.SequenceId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The connected records as a part of a sequence's page; {@link ConnectDialog} connects more. */
@Controller
@RequestMapping("/sequences/{id}")
class EnrollmentPanel {

    private final Enrollments enrollments;
    private final EnrollmentSteering steering;
    private final EnrollmentViews views;
    private final Sequences sequences;
    private final Versions versions;
    private final Access access;
    private final StepTitles titles;

    EnrollmentPanel(
            Enrollments enrollments,
            EnrollmentSteering steering,
            EnrollmentViews views,
            Sequences sequences,
            Versions versions,
            Access access,
            StepTitles titles) {
        this.enrollments = enrollments;
        this.steering = steering;
        this.views = views;
        this.sequences = sequences;
        this.versions = versions;
        this.access = access;
        this.titles = titles;
    }

    /**
     * @param steps names of the current steps at which somebody is to act
     * @param before the sequence it was advanced from, or null
     * @param after the sequence it was advanced to, or null
     */
    record Row(EnrollmentView enrollment, List<String> steps, String before, String after) {}

    record StateCount(Enrollment.State state, long count) {}

    @GetMapping("/enrollments-panel")
    String panel(
            @PathVariable SequenceId id,
            @RequestParam(required = false) Enrollment.State state,
            PageQuery page,
            Model model) {
        return show(id, state, page, model);
    }

    private String show(SequenceId id, Enrollment.State state, PageQuery page, Model model) {
        CurrentUser user = access.current();
        Sequence sequence = sequences.get(user, id);
        Paged<Enrollment> found = enrollments.ofSequence(user, id, state, byNewest(page));
        List<EnrollmentView> shown = views.of(user, found.items());
        Map<Enrollment.State, Long> counts = enrollments.countByState(id);
        model.addAttribute("sequence", sequence);
        model.addAttribute("state", state);
        model.addAttribute("counts", counts(counts));
        model.addAttribute(
                "all", counts.values().stream().mapToLong(Long::longValue).sum());
        model.addAttribute("list", Paged.of(rows(found.items(), shown), page, found.total()));
        model.addAttribute("steerable", steering.steerable(user, found.items()));
        model.addAttribute("mayConnect", user.may(Right.CONNECT_RECORDS));
        return "enrollment/panel :: panel";
    }

    private static PageQuery byNewest(PageQuery page) {
        return page.sort().isEmpty()
                ? new PageQuery(page.page(), page.size(), List.of(new PageQuery.Sort("connectedAt", false)))
                : page;
    }

    private static List<StateCount> counts(Map<Enrollment.State, Long> counts) {
        return Arrays.stream(Enrollment.State.values())
                .filter(counts::containsKey)
                .map(state -> new StateCount(state, counts.get(state)))
                .toList();
    }

    private List<Row> rows(List<Enrollment> enrollments, List<EnrollmentView> shown) {
        Map<EnrollmentId, Enrollment> byId =
                enrollments.stream().collect(Collectors.toMap(Enrollment::id, enrollment -> enrollment));
        Map<EnrollmentId, String> chain = chain(shown);
        return shown.stream()
                .map(view -> new Row(
                        view,
                        names(byId.get(view.id()), toDo(view)),
                        view.previousEnrollment() == null ? null : chain.get(view.previousEnrollment()),
                        view.nextEnrollment() == null ? null : chain.get(view.nextEnrollment())))
                .toList();
    }

    private Map<EnrollmentId, String> chain(List<EnrollmentView> shown) {
        Map<EnrollmentId, SequenceId> neighbours = views.neighbours(shown);
        Map<SequenceId, Sequence> known = sequences.findAll(neighbours.values());
        return neighbours.entrySet().stream()
                .filter(entry -> known.containsKey(entry.getValue()))
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> known.get(entry.getValue()).name()));
    }

    /** What waits by itself is told with its time. */
    private static List<String> toDo(EnrollmentView view) {
        Set<String> waiting = view.waitsFor().stream().map(Awaited::step).collect(Collectors.toSet());
        return view.currentSteps().stream()
                .filter(step -> !waiting.contains(step))
                .toList();
    }

    private List<String> names(Enrollment enrollment, List<String> steps) {
        StepIndex index = versions.index(enrollment.version());
        return steps.stream()
                .map(id -> index.step(id).map(titles::title).orElse(id))
                .toList();
    }

    @PostMapping("/enrollments/{enrollment}/{action:disconnect|pause|resume|end-wait}")
    String act(
            @PathVariable SequenceId id,
            @PathVariable EnrollmentId enrollment,
            @PathVariable String action,
            @RequestParam(required = false) Enrollment.State state,
            PageQuery page,
            Model model) {
        try {
            steering.act(access.current(), enrollment, EnrollmentAction.named(action));
        } catch (ProblemException e) {
            model.addAttribute("mistake", e.getMessage());
        }
        return show(id, state, page, model);
    }
}
