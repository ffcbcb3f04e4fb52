package io.upnext.messaging.web;

import io.upnext.shared.Problem;
import io.upnext.shared.ProblemException;
import jakarta.servlet.http.HttpServletResponse;
import java.util.function.UnaryOperator;
import org.springframework.ui.Model;

/** How the forms of this package are shown again: with what is wrong, and what was entered. */
final class Forms {

    private Forms() {}

    static void refused(Model model, HttpServletResponse response, ProblemException e) {
        refused(model, response, e, UnaryOperator.identity());
    }

    /** @param field the form's field for the rule of a problem */
    static void refused(Model model, HttpServletResponse response, ProblemException e, UnaryOperator<String> field) {
        response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
        model.addAttribute("failure", e.getMessage());
        model.addAttribute(
                "problems",
                e.problems().stream()
                        .map(problem -> Problem.error(field.apply(problem.rule()), problem.message()))
                        .toList());
    }

    /** An empty field of a form is no value. */
    static String orNull(String value) {
        return value == null || value.isBlank() ? null : value.strip();
    }
}
