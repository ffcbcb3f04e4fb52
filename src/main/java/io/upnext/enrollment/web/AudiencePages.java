package io.upnext.enrollment.web;

import io.upnext.enrollment.audience.AudienceMember;
import io.upnext.enrollment.audience.AudienceRecords;
import io.upnext.enrollment.audience.AudienceView;
import io.upnext.enrollment.audience.Audiences;
import io.upnext.record.FilterEditors;
import io.upnext.security.Access;
import io.upnext.security.CurrentUser;
import io.upnext.security.Right;
import io.upnext.security.Users;
import io.upnext.sequence.Sequence;
import io.upnext.sequence.SequenceQuery;
import io.upnext.sequence.Sequences;
import io.upnext.shared.AudienceId;
import io.upnext.shared.PageQuery;
import io.upnext.shared.Paged;
import io.upnext.shared.Principal;
import io.upnext.shared.ProblemException;
import io.upnext.shared.RecordType;
import io.upnext.shared.SequenceId;
import io.upnext.web.Flash;
import jakarta.servlet.http.HttpServletResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The pages of audiences: a list, a form with what it would find, switching on and off, whom it holds. */
@Controller
@RequestMapping("/audiences")
class AudiencePages {

    private final Audiences audiences;
    private final AudienceRecords records;
    private final AudienceFormModel forms;
    private final FilterEditors filters;
    private final Sequences sequences;
    private final Users users;
    private final Access access;

    AudiencePages(
            Audiences audiences,
            AudienceRecords records,
            AudienceFormModel forms,
            FilterEditors filters,
            Sequences sequences,
            Users users,
            Access access) {
        this.audiences = audiences;
        this.records = records;
        this.forms = forms;
        this.filters = filters;
        this.sequences = sequences;
        this.users = users;
        this.access = access;
    }

    @GetMapping
    String list(PageQuery page, Model model) {
        Paged<AudienceView> found = audiences.list(access.current(), null, page);
        model.addAttribute("list", found);
        model.addAttribute("sequences", sequences(found));
        model.addAttribute("owners", owners(found));
        return "enrollment/audiences";
    }

    private Map<SequenceId, String> sequences(Paged<AudienceView> found) {
        Map<SequenceId, String> names = new LinkedHashMap<>();
        found.items().stream()
                .map(AudienceView::sequence)
                .distinct()
                .forEach(id ->
                        names.put(id, sequences.find(id).map(Sequence::name).orElse("")));
        return names;
    }

    private Map<String, String> owners(Paged<AudienceView> found) {
        Map<String, String> names = new LinkedHashMap<>();
        found.items()
                .forEach(audience ->
                        names.put(audience.owner().toString(), users.nameOf(Principal.user(audience.owner()))));
        return names;
    }

    /** First for which sequence, then the rest: what can be asked depends on it. */
    @GetMapping("/new")
    String fresh(
            @RequestParam(required = false) SequenceId sequence,
            @RequestParam(required = false) RecordType recordType,
            Model model) {
        CurrentUser user = access.current();
        user.require(Right.MANAGE_AUDIENCES);
        if (sequence == null) {
            model.addAttribute(
                    "sequences",
                    sequences
                            .list(user, new SequenceQuery(null, null, null, null), PageQuery.first(500))
                            .items());
            return "enrollment/audience-new";
        }
        return forms.show(model, null, forms.blank(user, sequence, recordType));
    }

    @GetMapping("/{id}")
    String edit(@PathVariable AudienceId id, Model model) {
        AudienceView audience = audiences.get(access.current(), id);
        return forms.show(model, audience, AudienceForm.of(audience));
    }

    @PostMapping
    String create(
            @RequestParam MultiValueMap<String, String> sent,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        AudienceForm form = AudienceForm.read(sent);
        try {
            AudienceView made = audiences.create(
                    access.current(), form.draft(filters, null, forms.scheduled(access.current(), form.sequence())));
            Flash.done(redirect, "audience.saved", made.name());
            return "redirect:/audiences/" + made.id();
        } catch (ProblemException e) {
            return refused(model, response, null, form, e);
        }
    }

    @PostMapping("/{id}")
    String save(
            @PathVariable AudienceId id,
            @RequestParam MultiValueMap<String, String> sent,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        AudienceView before = audiences.get(access.current(), id);
        AudienceForm form = AudienceForm.read(sent);
        try {
            AudienceView saved = audiences.change(
                    access.current(),
                    id,
                    form.draft(filters, before, forms.scheduled(access.current(), form.sequence())));
            Flash.done(redirect, "audience.saved", saved.name());
            return "redirect:/audiences/" + id;
        } catch (ProblemException e) {
            return refused(model, response, before, form, e);
        }
    }

    private String refused(
            Model model, HttpServletResponse response, AudienceView before, AudienceForm form, ProblemException e) {
        response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
        model.addAttribute("failure", e.getMessage());
        model.addAttribute("problems", e.problems());
        return forms.show(model, before, form);
    }

    /** What the form as it stands would find; loaded beside it. */
    @PostMapping("/preview")
    String preview(@RequestParam MultiValueMap<String, String> sent, Model model) {
        CurrentUser user = access.current();
        try {
            AudienceForm form = AudienceForm.read(sent);
            AudienceView before =
                    sent.getFirst("id") == null ? null : audiences.get(user, AudienceId.of(sent.getFirst("id")));
            model.addAttribute(
                    "preview",
                    records.preview(user, form.draft(filters, before, forms.scheduled(user, form.sequence()))));
        } catch (ProblemException e) {
            model.addAttribute("previewFailure", e.getMessage());
        }
        return "enrollment/audience :: found";
    }

    @PostMapping("/{id}/enable")
    String enable(@PathVariable AudienceId id, RedirectAttributes redirect) {
        Flash.done(
                redirect,
                "audience.enabled",
                audiences.enable(access.current(), id, true).name());
        return "redirect:/audiences/" + id;
    }

    @PostMapping("/{id}/disable")
    String disable(@PathVariable AudienceId id, RedirectAttributes redirect) {
        Flash.done(
                redirect,
                "audience.disabled",
                audiences.enable(access.current(), id, false).name());
        return "redirect:/audiences/" + id;
    }

    @PostMapping("/{id}/evaluate")
    String evaluate(@PathVariable AudienceId id, RedirectAttributes redirect) {
        Flash.done(
                redirect,
                "audience.evaluating",
                audiences.evaluate(access.current(), id).name());
        return "redirect:/audiences/" + id;
    }

    @PostMapping("/{id}/delete")
    String delete(@PathVariable AudienceId id, RedirectAttributes redirect) {
        audiences.delete(access.current(), id);
        Flash.done(redirect, "audience.deleted");
        return "redirect:/audiences";
    }

    @GetMapping("/{id}/members")
    String members(
            @PathVariable AudienceId id,
            @RequestParam(required = false) AudienceMember.State state,
            PageQuery page,
            Model model) {
        model.addAttribute("audience", audiences.get(access.current(), id));
        model.addAttribute("list", records.members(access.current(), id, state, page));
        model.addAttribute("state", state);
        model.addAttribute("states", AudienceMember.State.values());
        return "enrollment/audience-members";
    }
}
