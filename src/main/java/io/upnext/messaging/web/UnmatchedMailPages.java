package io.upnext.messaging.web;

import io.upnext.messaging.inbox.UnmatchedDecisions;
import io.upnext.messaging.inbox.UnmatchedDecisions.As;
import io.upnext.messaging.receiving.UnmatchedMails;
import io.upnext.security.Access;
import io.upnext.shared.MailId;
import io.upnext.shared.PageQuery;
import io.upnext.shared.ProblemException;
import io.upnext.web.Flash;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Received mails that the product could not understand: looked at, assigned to a mail of ours or dismissed. */
@Controller
@RequestMapping("/unmatched-mails")
class UnmatchedMailPages {

    private final UnmatchedMails mails;
    private final UnmatchedDecisions decisions;
    private final Access access;

    UnmatchedMailPages(UnmatchedMails mails, UnmatchedDecisions decisions, Access access) {
        this.mails = mails;
        this.decisions = decisions;
        this.access = access;
    }

    @GetMapping
    String list(PageQuery page, Model model) {
        model.addAttribute("list", mails.list(access.current(), page));
        return "messaging/unmatched";
    }

    @GetMapping("/{id}")
    String one(@PathVariable UUID id, @RequestParam(required = false) String q, Model model) {
        model.addAttribute("mail", decisions.get(access.current(), id));
        model.addAttribute("q", q);
        model.addAttribute("candidates", decisions.candidates(access.current(), id, q));
        model.addAttribute("kinds", As.values());
        return "messaging/unmatched-mail";
    }

    @PostMapping("/{id}/assign")
    String assign(@PathVariable UUID id, @RequestParam MailId mail, @RequestParam As as, RedirectAttributes redirect) {
        return after(
                redirect, "writing.unmatched.assigned", () -> decisions.assign(access.current(), id, mail, null, as));
    }

    @PostMapping("/{id}/dismiss")
    String dismiss(@PathVariable UUID id, RedirectAttributes redirect) {
        return after(redirect, "writing.unmatched.dismissed", () -> decisions.dismiss(access.current(), id));
    }

    private static String after(RedirectAttributes redirect, String done, Runnable action) {
        try {
            action.run();
            Flash.done(redirect, done);
        } catch (ProblemException e) {
            Flash.failed(redirect, "writing.refused", e.getMessage());
        }
        return "redirect:/unmatched-mails";
    }
}
