package io.upnext.web;

import io.upnext.web.Problems.Refusal;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.web.servlet.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** What the container refuses before or behind the controllers: malformed requests, denied pages. */
@Controller
class FailedRequests implements ErrorController {

    @RequestMapping("/error")
    Object failed(HttpServletRequest request) {
        var refusal = refusal(request);
        var path = (String) request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        return ProblemAdvice.isApi(path) || ProblemAdvice.isScript(request)
                ? ProblemAdvice.json(refusal)
                : ProblemAdvice.page(refusal, request);
    }

    private static Refusal refusal(HttpServletRequest request) {
        if (request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Exception e) {
            return Problems.of(cause(e));
        }
        var code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        var status = code instanceof Integer number ? HttpStatus.resolve(number) : HttpStatus.NOT_FOUND;
        if (status == null || status.is2xxSuccessful()) {
            status = HttpStatus.NOT_FOUND;
        }
        return new Refusal(status, sentence(status));
    }

    private static Exception cause(Exception e) {
        return e instanceof jakarta.servlet.ServletException && e.getCause() instanceof Exception inner ? inner : e;
    }

    private static String sentence(HttpStatus status) {
        return switch (status) {
            case NOT_FOUND -> "There is nothing at this path.";
            case FORBIDDEN -> "You have no right to do this.";
            case BAD_REQUEST -> "The request is malformed.";
            default -> "The request could not be answered: " + status.getReasonPhrase() + ".";
        };
    }
}
