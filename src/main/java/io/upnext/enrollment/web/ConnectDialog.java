package io.upnext.enrollment.web;

import io.upnext.enrollment.Enrollments;
import io.upnext.operation.Operations;
import io.upnext.record.CrmRecord;
import io.upnext.record.Fields;
import io.upnext.record.RecordSearch;
import io.upnext.security.Access;
import io.upnext.security.CurrentUser;
import io.upnext.sequence.Sequence;
import io.upnext.sequence.Sequences;
import io.upnext.sequence.Span;
import io.upnext.sequence.Step;
import io.upnext.sequence.Versions;
import io.upnext.shared.OperationId;
import io.upnext.shared.PageQuery;
import io.upnext.shared.Paged;
import io.upnext.shared.RecordId;
import io.upnext.shared.SequenceId;
import io.upnext.shared.UnprocessableException;
import io.upnext.shared.filter.Filter;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The dialog on a sequence's page that connects records, found by a search, and shows how far it is. */
@Controller
@RequestMapping("/sequences/{id}/connect")
class ConnectDialog {

    private static final int FOUND = 50;
    private static final int MOST = 100_000;

    private final Enrollments enrollments;
    private final Sequences sequences;
    private final Versions versions;
    private final RecordSearch search;
    private final Fields fields;
    private final Operations operations;
    private final Access access;
    private final StepTitles titles;

    ConnectDialog(
            Enrollments enrollments,
            Sequences sequences,
            Versions versions,
            RecordSearch search,
            Fields fields,
            Operations operations,
            Access access,
            StepTitles titles) {
        this.enrollments = enrollments;
        this.sequences = sequences;
        this.versions = versions;
        this.search = search;
        this.fields = fields;
        this.operations = operations;
        this.access = access;
        this.titles = titles;
    }

    /** A step at which connected records may begin. */
    record StartStep(String id, String name, Step.Type type) {}

    /** Records that can be connected now. */
    @GetMapping
    String find(@PathVariable SequenceId id, @RequestParam(defaultValue = "") String q, Model model) {
        CurrentUser user = access.current();
        Sequence sequence = sequences.get(user, id);
        Paged<CrmRecord> found =
                search.list(user, sequence.recordType(), q, connectable(sequence), PageQuery.first(FOUND));
        model.addAttribute("sequence", sequence);
        model.addAttribute("q", q);
        model.addAttribute("found", found);
        model.addAttribute("startSteps", startSteps(sequence));
        return "enrollment/panel :: found";
    }

    private List<StartStep> startSteps(Sequence sequence) {
        return sequence.activeVersion() == null
                ? List.of()
                : versions.index(sequence.activeVersion()).all().stream()
                        .filter(step -> step.id() != null && step.type() != null)
                        .map(step -> new StartStep(step.id(), titles.title(step), step.type()))
                        .toList();
    }

    private Filter connectable(Sequence sequence) {
        return new Filter.All(List.of(
                new Filter.Leaf("state", Filter.Op.IN, List.copyOf(fields.connectableStates(sequence.recordType()))),
                new Filter.Leaf("sequence", Filter.Op.NOT_EQUALS, sequence.id().toString())));
    }

    /**
     * @param all everything the search finds, else the chosen records
     * @param waitDays empty like hours: at once
     * @param startAtStep empty: at the first
     */
    @PostMapping
    String connect(
            @PathVariable SequenceId id,
            @RequestParam(required = false) List<String> recordIds,
            @RequestParam(defaultValue = "false") boolean all,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String waitDays,
            @RequestParam(defaultValue = "") String waitHours,
            @RequestParam(defaultValue = "") String startAtStep,
            Model model) {
        CurrentUser user = access.current();
        Sequence sequence = sequences.get(user, id);
        List<String> wanted = all ? found(user, sequence, q) : recordIds == null ? List.of() : recordIds;
        if (wanted.isEmpty()) {
            model.addAttribute("nothing", true);
            return find(id, q, model);
        }
        try {
            String step = startAtStep.isBlank() ? null : startAtStep;
            return progress(id, enrollments.connect(user, id, wanted, span(waitDays, waitHours), step, null), model);
        } catch (UnprocessableException mistake) {
            model.addAttribute("mistake", mistake.getMessage());
            model.addAttribute("waitDays", waitDays);
            model.addAttribute("waitHours", waitHours);
            model.addAttribute("startAtStep", startAtStep);
            return find(id, q, model);
        }
    }

    private static Span span(String days, String hours) {
        return days.isBlank() && hours.isBlank() ? null : new Span(number(days), number(hours));
    }

    private static Integer number(String text) {
        try {
            return text.isBlank() ? null : Integer.valueOf(text.strip());
        } catch (NumberFormatException noNumber) {
            throw new UnprocessableException("Days and hours are whole numbers, such as 2.");
        }
    }

    private List<String> found(CurrentUser user, Sequence sequence, String q) {
        return search.ids(user, sequence.recordType(), q, connectable(sequence), MOST).stream()
                .map(RecordId::toString)
                .toList();
    }

    @GetMapping("/{operation}")
    String progress(@PathVariable SequenceId id, @PathVariable OperationId operation, Model model) {
        model.addAttribute("sequenceId", id);
        model.addAttribute("progress", operations.progress(access.current(), operation));
        return "enrollment/panel :: progress";
    }
}
