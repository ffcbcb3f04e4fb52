package io.upnext.enrollment.web;

import io.upnext.enrollment.audience.AudienceView;
import io.upnext.enrollment.audience.Audiences;
import io.upnext.record.FilterEditors;
import io.upnext.record.Views;
import io.upnext.security.Access;
import io.upnext.security.CurrentUser;
import io.upnext.security.Users;
import io.upnext.sequence.Definition;
import io.upnext.sequence.SequenceView;
import io.upnext.sequence.Sequences;
import io.upnext.shared.NotFoundException;
import io.upnext.shared.RecordType;
import io.upnext.shared.SequenceId;
import io.upnext.shared.TimeZones;
import io.upnext.web.Page;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** What the form of an audience offers to choose from. */
@Component
class AudienceFormModel {

    private final Audiences audiences;
    private final Sequences sequences;
    private final FilterEditors filters;
    private final Views views;
    private final Users users;
    private final Page page;
    private final Access access;

    AudienceFormModel(
            Audiences audiences,
            Sequences sequences,
            FilterEditors filters,
            Views views,
            Users users,
            Page page,
            Access access) {
        this.audiences = audiences;
        this.sequences = sequences;
        this.filters = filters;
        this.views = views;
        this.users = users;
        this.page = page;
        this.access = access;
    }

    AudienceForm blank(CurrentUser user, SequenceId id, RecordType type) {
        RecordType ofSequence = sequences.get(user, id).recordType();
        return AudienceForm.blank(
                id, type == null ? ofSequence : type, page.zone().getId());
    }

    /** Does the schedule of the sequence say when its audiences are looked at? */
    boolean scheduled(CurrentUser user, SequenceId id) {
        return found(user, id)
                .map(sequence -> sequence.definition().effectiveMode() != Definition.Mode.ADAPTIVE)
                .orElse(false);
    }

    String show(Model model, AudienceView audience, AudienceForm form) {
        CurrentUser user = access.current();
        Optional<SequenceView> sequence = found(user, form.sequence());
        RecordType type = form.recordType() == null ? RecordType.LEAD : form.recordType();
        model.addAttribute("audience", audience);
        model.addAttribute("form", form);
        model.addAttribute("sequence", sequence.orElse(null));
        model.addAttribute("scheduled", scheduled(user, form.sequence()));
        model.addAttribute("mayChange", audience == null || audiences.mayChange(user, audience));
        model.addAttribute("type", type);
        model.addAttribute("filter", form.editor(filters));
        model.addAttribute("views", views.of(user, type));
        model.addAttribute("zones", TimeZones.offered(form.timeZone()));
        model.addAttribute("kinds", AudienceForm.kinds());
        model.addAttribute("owners", owners());
        model.addAttribute("owner", (form.owner() == null ? user.id() : form.owner()).toString());
        return "enrollment/audience";
    }

    private Optional<SequenceView> found(CurrentUser user, SequenceId id) {
        try {
            return id == null ? Optional.empty() : Optional.of(sequences.view(user, id));
        } catch (NotFoundException e) {
            return Optional.empty();
        }
    }

    private Map<String, String> owners() {
        Map<String, String> owners = new LinkedHashMap<>();
        users.all().stream()
                .filter(user -> user.active())
                .forEach(user -> owners.put(user.id().toString(), user.name()));
        return owners;
    }
}
