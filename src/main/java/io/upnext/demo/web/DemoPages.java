package io.upnext.demo.web;

import io.upnext.demo.CaughtMails;
import io.upnext.demo.CaughtMails.Caught;
import io.upnext.demo.FastForward;
import io.upnext.demo.MailAnswers;
import io.upnext.demo.MailAnswers.As;
import io.upnext.shared.ConflictException;
import io.upnext.shared.InvalidException;
import io.upnext.shared.PageQuery;
import io.upnext.web.Flash;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import org.springframework.context.annotation.Profile;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The bar at the foot of every page of the demo, and the caught mail. */
@Controller
@Profile("demo")
@RequestMapping("/demo")
class DemoPages {

    /** A mail shows its own styles and nothing else: no script, no picture from outside, no way out of its frame. */
    private static final String MAIL_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:;"
            + " base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

    private final FastForward fastForward;
    private final CaughtMails mails;
    private final MailAnswers answers;

    DemoPages(FastForward fastForward, CaughtMails mails, MailAnswers answers) {
        this.fastForward = fastForward;
        this.mails = mails;
        this.answers = answers;
    }

    /** The time, and how far a fast-forward is; asked for again and again while one runs. */
    @GetMapping("/clock")
    String clock(Model model, HttpServletResponse response) {
        response.setHeader("Cache-Control", "no-store");
        model.addAttribute("progress", fastForward.progress().orElse(null));
        return "demo/bar :: time";
    }

    /** Answers when everything has run; the page then loads anew. */
    @PostMapping("/clock")
    String advance(
            @RequestParam String advance,
            @RequestHeader(name = "HX-Request", required = false) String fragment,
            HttpServletResponse response,
            Model model) {
        fastForward.advance(Advances.read(advance));
        if (fragment == null) {
            return "redirect:/demo/mails";
        }
        response.setHeader("HX-Refresh", "true");
        return clock(model, response);
    }

    @GetMapping("/mails")
    String mails(@RequestParam(required = false) String to, PageQuery page, Model model) {
        if (!page.sort().isEmpty()) {
            throw new InvalidException("Caught mails are listed newest first; leave 'sort' out.");
        }
        model.addAttribute("to", to);
        model.addAttribute("list", mails.search(to, page));
        return "demo/mails";
    }

    @GetMapping("/mails/{id}")
    String mail(@PathVariable String id, Model model) {
        model.addAttribute("mail", mails.get(id));
        model.addAttribute("ways", As.values());
        return "demo/mail";
    }

    @GetMapping("/mails/{id}/html")
    ResponseEntity<byte[]> html(@PathVariable String id) {
        Caught mail = mails.get(id);
        return ResponseEntity.ok()
                .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
                .header("Content-Security-Policy", MAIL_POLICY)
                .header("Cache-Control", "no-store")
                .body((mail.html() == null ? "" : mail.html()).getBytes(StandardCharsets.UTF_8));
    }

    @PostMapping("/mails/{id}/answer")
    String answer(
            @PathVariable String id,
            @RequestParam As as,
            @RequestParam(defaultValue = "") String text,
            RedirectAttributes redirect) {
        try {
            answers.answer(id, as, text);
            Flash.done(redirect, "demo.answered." + as);
        } catch (ConflictException e) {
            Flash.failed(redirect, "demo.not-answered", e.getMessage());
        }
        return "redirect:/demo/mails/" + id;
    }
}
