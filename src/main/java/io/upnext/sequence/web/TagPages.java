package io.upnext.sequence.web;

import io.upnext.security.Access;
import io.upnext.security.Right;
import io.upnext.sequence.Tags;
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

/** The tree of tags: everybody who sees sequences reads it, who manages tags changes it. */
@Controller
@RequestMapping("/tags")
class TagPages {

    private final Tags tags;
    private final Access access;

    TagPages(Tags tags, Access access) {
        this.tags = tags;
        this.access = access;
    }

    @GetMapping
    String tree(Model model) {
        access.current().require(Right.VIEW_SEQUENCES);
        model.addAttribute("tags", tags.all());
        model.addAttribute("may", access.current().may(Right.MANAGE_TAGS));
        return "sequence/tags";
    }

    @PostMapping
    String create(@RequestParam String name, @RequestParam String parent, RedirectAttributes redirect) {
        return after(
                redirect,
                "people.tags.created",
                () -> tags.create(access.current(), name.strip(), FormValues.given(parent)));
    }

    /** @param parent empty is the top */
    @PostMapping("/{id}")
    String change(
            @PathVariable String id,
            @RequestParam String name,
            @RequestParam String parent,
            RedirectAttributes redirect) {
        return after(redirect, "people.tags.changed", () -> tags.change(access.current(), id, name.strip(), parent));
    }

    @PostMapping("/{id}/delete")
    String delete(@PathVariable String id, RedirectAttributes redirect) {
        return after(redirect, "people.tags.deleted", () -> tags.delete(access.current(), id));
    }

    private static String after(RedirectAttributes redirect, String done, Runnable action) {
        try {
            action.run();
            Flash.done(redirect, done);
        } catch (ProblemException e) {
            Flash.failed(redirect, "sequence.refused", e.getMessage());
        }
        return "redirect:/tags";
    }
}
