package io.upnext.sequence.web;

import io.upnext.security.Access;
import io.upnext.security.CurrentUser;
import io.upnext.sequence.Definition;
import io.upnext.sequence.SequenceView;
import io.upnext.sequence.Sequences;
import io.upnext.shared.ForbiddenException;
import io.upnext.shared.InvalidException;
import io.upnext.shared.StaleException;
import io.upnext.web.Flash;
import java.util.function.UnaryOperator;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What every page that edits a draft does: finds it, changes it as it was opened, and shows a mistake. */
@Component
class DraftEditing {

    private final Sequences sequences;
    private final Access access;

    DraftEditing(Sequences sequences, Access access) {
        this.sequences = sequences;
        this.access = access;
    }

    /** @throws ForbiddenException where the user may see the sequence, but not change it */
    SequenceView editable(String id, Model model) {
        CurrentUser user = access.current();
        SequenceView view = sequences.view(user, FormValues.sequence(id));
        if (!sequences.mayChange(user, view.id())) {
            throw new ForbiddenException("You may see this sequence, but not change it; copy it instead.");
        }
        model.addAttribute("sequence", view);
        return view;
    }

    /** Changes what the page was opened with; goes back to the editor. */
    String change(String id, long edition, RedirectAttributes redirect, UnaryOperator<Definition> change) {
        CurrentUser user = access.current();
        SequenceView view = sequences.view(user, FormValues.sequence(id));
        sequences.edit(user, view.id(), now -> requireSame(now, edition), change.apply(view.definition()));
        Flash.done(redirect, "sequence.done.edit");
        return "redirect:/sequences/" + view.id() + "/edit";
    }

    /** The form again, with what is wrong. */
    ModelAndView again(String view, InvalidException mistake, Model model) {
        model.addAttribute("mistake", mistake.getMessage());
        return new ModelAndView(view, model.asMap(), HttpStatus.BAD_REQUEST);
    }

    private static void requireSame(SequenceView now, long edition) {
        if (now.edition() != edition) {
            throw new StaleException("Somebody changed the sequence since you opened this page; go back, reload it and"
                    + " repeat your change.");
        }
    }
}
