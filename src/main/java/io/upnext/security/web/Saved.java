package io.upnext.security.web;

import io.upnext.shared.ProblemException;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.springframework.ui.Model;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** How the forms of this package end: on another page with a notice, or on the same with what is wrong. */
final class Saved {

    private Saved() {}

    /** The layout reads {@code flash}: kind, key of the text and its arguments. */
    static String redirect(RedirectAttributes redirect, String path, String key, Object... arguments) {
        redirect.addFlashAttribute(
                "flash", Map.of("kind", "done", "key", key, "arguments", java.util.List.of(arguments)));
        return "redirect:" + path;
    }

    static void refused(Model model, HttpServletResponse response, ProblemException e) {
        response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
        model.addAttribute("failure", e.getMessage());
        model.addAttribute("problems", e.problems());
    }
}
