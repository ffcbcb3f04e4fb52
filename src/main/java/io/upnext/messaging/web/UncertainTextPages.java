package io.upnext.messaging.web;

import io.upnext.messaging.texting.UncertainTexts;
import io.upnext.messaging.texting.UncertainTexts.Decision;
import io.upnext.security.Access;
import io.upnext.shared.PageQuery;
import io.upnext.shared.ProblemException;
import io.upnext.shared.TextMessageId;
import io.upnext.web.Flash;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Texts of which nobody knows whether they were sent, for whoever can look into the gateway's log and decides. */
@Controller
@RequestMapping("/uncertain-texts")
class UncertainTextPages {

    private final UncertainTexts texts;
    private final Access access;

    UncertainTextPages(UncertainTexts texts, Access access) {
        this.texts = texts;
        this.access = access;
    }

    @GetMapping
    String list(PageQuery page, Model model) {
        model.addAttribute("list", texts.list(access.current(), page));
        return "messaging/uncertain-texts";
    }

    @PostMapping("/{id}")
    String decide(@PathVariable TextMessageId id, @RequestParam Decision decision, RedirectAttributes redirect) {
        try {
            texts.decide(access.current(), id, decision);
            Flash.done(redirect, "writing.uncertain.decided");
        } catch (ProblemException e) {
            Flash.failed(redirect, "writing.refused", e.getMessage());
        }
        return "redirect:/uncertain-texts";
    }
}
