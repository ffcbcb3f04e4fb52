package io.upnext.web;

import io.upnext.web.Problems.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.catalina.connector.ClientAbortException;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.servlet.ModelAndView;

/** Turns every exception into an answer, once: a problem (RFC 9457) for the API, a page for people. */
@RestControllerAdvice
@Order(0)
class ProblemAdvice {

    /** What was typed into the form still stands on the page before. */
    private static final Set<Integer> FORM_REFUSED = Set.of(400, 409, 412, 422);

    private final RefusalTexts texts;

    ProblemAdvice(RefusalTexts texts) {
        this.texts = texts;
    }

    @ExceptionHandler
    Object refuse(Exception e, HttpServletRequest request) {
        var refusal = Problems.of(e);
        if (isApi(request.getRequestURI())) {
            return json(refusal);
        }
        return isScript(request) ? json(said(refusal)) : page(said(refusal), request);
    }

    /** In the language of the page that asked. */
    private Refusal said(Refusal refusal) {
        Locale locale = LocaleContextHolder.getLocale();
        return new Refusal(
                refusal.status(),
                texts.in(locale, refusal.detail()),
                texts.in(locale, refusal.problems()),
                refusal.headers());
    }

    /** A part of a page asked: its script shows the sentence, a whole page would be lost on it. */
    static boolean isScript(HttpServletRequest request) {
        return request.getHeader("HX-Request") != null;
    }

    /** Nobody is there to read an answer. */
    @ExceptionHandler({ClientAbortException.class, AsyncRequestNotUsableException.class})
    void gone() {}

    static boolean isApi(String path) {
        return path != null
                && (path.startsWith("/api/")
                        || path.equals("/api")
                        || path.startsWith("/engine-rest")
                        || path.startsWith("/actuator")
                        || path.startsWith("/v3/api-docs"));
    }

    static ResponseEntity<ProblemDetail> json(Refusal refusal) {
        var problem = ProblemDetail.forStatusAndDetail(refusal.status(), refusal.detail());
        problem.setTitle(title(refusal.status()));
        if (!refusal.problems().isEmpty()) {
            problem.setProperty("problems", refusal.problems());
        }
        return ResponseEntity.status(refusal.status())
                .headers(refusal.headers())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }

    static ModelAndView page(Refusal refusal, HttpServletRequest request) {
        int status = refusal.status().value();
        boolean typed = "POST".equals(request.getMethod()) && FORM_REFUSED.contains(status);
        var view = new ModelAndView("error", Map.of("status", status, "detail", refusal.detail(), "typed", typed));
        view.setStatus(refusal.status());
        return view;
    }

    private static String title(HttpStatusCode status) {
        var known = HttpStatus.resolve(status.value());
        return known == null ? "Refused" : known.getReasonPhrase();
    }
}
