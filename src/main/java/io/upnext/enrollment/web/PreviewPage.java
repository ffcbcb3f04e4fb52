package io.upnext.enrollment.web;

import io.upnext.enrollment.Plan;
import io.upnext.enrollment.Preview;
import io.upnext.record.CrmRecord;
import io.upnext.record.RecordSearch;
import io.upnext.record.Records;
import io.upnext.security.Access;
import io.upnext.security.CurrentUser;
import io.upnext.security.Users;
import io.upnext.sequence.Sequence;
import io.upnext.sequence.Sequences;
import io.upnext.shared.PageQuery;
import io.upnext.shared.ProblemException;
import io.upnext.shared.RecordId;
import io.upnext.shared.SequenceId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The plan for a record as a part of a sequence's page. */
@Controller
@RequestMapping("/sequences/{id}")
class PreviewPage {

    private static final int FOUND = 10;

    private final Preview preview;
    private final Sequences sequences;
    private final RecordSearch search;
    private final Records records;
    private final Users users;
    private final Access access;
    private final StepTitles titles;

    PreviewPage(
            Preview preview,
            Sequences sequences,
            RecordSearch search,
            Records records,
            Users users,
            Access access,
            StepTitles titles) {
        this.preview = preview;
        this.sequences = sequences;
        this.search = search;
        this.records = records;
        this.users = users;
        this.access = access;
        this.titles = titles;
    }

    /** One way through the sequence: what it adds to the way it branches off from. */
    record Branch(List<String> decisions, List<Shown> entries, Instant end) {

        public boolean trunk() {
            return decisions.isEmpty();
        }

        /** The last decision's condition. */
        public String condition() {
            return last().substring(0, last().lastIndexOf(':'));
        }

        public String answer() {
            return last().endsWith(":YES") ? "yes" : "no";
        }

        private String last() {
            return decisions.get(decisions.size() - 1);
        }
    }

    record Shown(Plan.Entry entry, String assignee) {}

    @GetMapping("/preview-panel")
    String panel(
            @PathVariable SequenceId id,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(required = false) RecordId record,
            Model model) {
        CurrentUser user = access.current();
        Sequence sequence = sequences.get(user, id);
        model.addAttribute("sequenceId", id);
        model.addAttribute("q", q);
        model.addAttribute(
                "found",
                search.list(user, sequence.recordType(), q, null, PageQuery.first(FOUND))
                        .items());
        if (record != null) {
            plan(user, sequence, record, model);
        }
        return "enrollment/preview :: panel";
    }

    private void plan(CurrentUser user, Sequence sequence, RecordId record, Model model) {
        try {
            Plan plan = preview.of(user, sequence.id(), record, null);
            CrmRecord planned = records.get(user, sequence.recordType(), record);
            model.addAttribute("planned", planned);
            model.addAttribute("branches", branches(plan));
            model.addAttribute("names", names(plan));
            model.addAttribute("truncated", plan.truncated());
            model.addAttribute("endless", !plan.truncated() && plan.ends().isEmpty());
        } catch (ProblemException e) {
            model.addAttribute("mistake", e.getMessage());
        }
    }

    private Map<String, String> names(Plan plan) {
        return plan.entries().stream()
                .collect(Collectors.toMap(
                        entry -> entry.step().id(), entry -> titles.title(entry.step()), (first, again) -> first));
    }

    private List<Branch> branches(Plan plan) {
        Map<List<String>, List<Shown>> byBranch = new LinkedHashMap<>();
        for (Plan.Entry entry : plan.entries()) {
            byBranch.computeIfAbsent(entry.branch(), branch -> new java.util.ArrayList<>())
                    .add(new Shown(entry, entry.assignee() == null ? null : users.nameOf(entry.assignee())));
        }
        plan.ends().forEach(end -> byBranch.putIfAbsent(end.branch(), List.of()));
        return byBranch.entrySet().stream()
                .map(branch -> new Branch(branch.getKey(), branch.getValue(), end(plan, branch.getKey())))
                .toList();
    }

    private static Instant end(Plan plan, List<String> branch) {
        return plan.ends().stream()
                .filter(end -> end.branch().equals(branch))
                .map(Plan.End::at)
                .findFirst()
                .orElse(null);
    }
}
