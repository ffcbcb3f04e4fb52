package io.upnext.messaging.web;

import io.upnext.messaging.sending.UncertainMails;
import io.upnext.messaging.sending.UncertainMails.Decision;
import io.upnext.security.Access;
import io.upnext.shared.MailId;
import io.upnext.shared.PageQuery;
import io.upnext.shared.ProblemException;
import io.upnext.web.Flash;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Mails of which nobody knows whether they arrived, for whoever can find out and decides. */
@Controller
@RequestMapping("/uncertain-mails")
class UncertainMailPages {

    private final UncertainMails mails;
    private final Access access;

    UncertainMailPages(UncertainMails mails, Access access) {
        this.mails = mails;
        this.access = access;
    }

    @GetMapping
    String list(PageQuery page, Model model) {
        model.addAttribute("list", mails.list(access.current(), page));
        return "messaging/uncertain";
    }

    @PostMapping("/{id}")
    String decide(@PathVariable MailId id, @RequestParam Decision decision, RedirectAttributes redirect) {
        try {
            mails.decide(access.current(), id, decision);
            Flash.done(redirect, "writing.uncertain.decided");
        } catch (ProblemException e) {
            Flash.failed(redirect, "writing.refused", e.getMessage());
        }
        return "redirect:/uncertain-mails";
    }
}
