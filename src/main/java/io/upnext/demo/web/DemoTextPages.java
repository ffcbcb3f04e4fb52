package io.upnext.demo.web;

import io.upnext.demo.CaughtTexts;
import io.upnext.demo.TextAnswers;
import io.upnext.demo.TextAnswers.As;
import io.upnext.shared.InvalidException;
import io.upnext.shared.PageQuery;
import io.upnext.shared.TextMessageId;
import io.upnext.web.Flash;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The caught text messages, where one may answer as the prospect. */
@Controller
@Profile("demo")
@RequestMapping("/demo/texts")
class DemoTextPages {

    private final CaughtTexts texts;
    private final TextAnswers answers;

    DemoTextPages(CaughtTexts texts, TextAnswers answers) {
        this.texts = texts;
        this.answers = answers;
    }

    @GetMapping
    String list(@RequestParam(required = false) String to, PageQuery page, Model model) {
        if (!page.sort().isEmpty()) {
            throw new InvalidException("Caught texts are listed newest first; leave 'sort' out.");
        }
        model.addAttribute("to", to);
        model.addAttribute("list", texts.list(to, page));
        return "demo/texts";
    }

    @GetMapping("/{id}")
    String one(@PathVariable TextMessageId id, Model model) {
        model.addAttribute("text", texts.get(id));
        model.addAttribute("ways", As.values());
        return "demo/text";
    }

    @PostMapping("/{id}/answer")
    String answer(
            @PathVariable TextMessageId id,
            @RequestParam As as,
            @RequestParam(defaultValue = "") String text,
            RedirectAttributes redirect) {
        answers.answer(id, as, text);
        Flash.done(redirect, "demo.text.answered");
        return "redirect:/demo/texts/" + id;
    }
}
