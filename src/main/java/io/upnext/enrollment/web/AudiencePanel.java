package io.upnext.enrollment.web;

import io.upnext.enrollment.audience.Audiences;
import io.upnext.security.Access;
import io.upnext.security.CurrentUser;
import io.upnext.sequence.Sequences;
import io.upnext.shared.PageQuery;
import io.upnext.shared.SequenceId;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** The audiences that feed a sequence, as part of its page. */
@Controller
class AudiencePanel {

    private static final int MOST = 50;

    private final Audiences audiences;
    private final Sequences sequences;
    private final Access access;

    AudiencePanel(Audiences audiences, Sequences sequences, Access access) {
        this.audiences = audiences;
        this.sequences = sequences;
        this.access = access;
    }

    @GetMapping("/sequences/{id}/audiences-panel")
    String panel(@PathVariable SequenceId id, Model model) {
        CurrentUser user = access.current();
        model.addAttribute("sequence", sequences.view(user, id).id());
        model.addAttribute("list", audiences.list(user, id, PageQuery.first(MOST)));
        return "enrollment/audiences-panel";
    }
}
