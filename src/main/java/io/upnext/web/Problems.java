package io.upnext.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.upnext.shared.ConflictException;
import io.upnext.shared.ForbiddenException;
import io.upnext.shared.NotFoundException;
import io.upnext.shared.Problem;
import io.upnext.shared.ProblemException;
import io.upnext.shared.StaleException;
import io.upnext.shared.UnprocessableException;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.validation.BindException;
import org.springframework.validation.FieldError;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MissingPathVariableException;
import org.springframework.web.bind.MissingRequestHeaderException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.multipart.support.MissingServletRequestPartException;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** Says for every exception which status and sentence the caller gets. Unknown ones are logged under an id. */
final class Problems {

    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    private Problems() {}

    /** One answer. @param headers such as {@code Allow} of a 405 */
    record Refusal(HttpStatusCode status, String detail, List<Problem> problems, HttpHeaders headers) {

        Refusal(HttpStatusCode status, String detail) {
            this(status, detail, List.of(), new HttpHeaders());
        }

        Refusal(HttpStatusCode status, String detail, List<Problem> problems) {
            this(status, detail, problems, new HttpHeaders());
        }
    }

    static Refusal of(Exception e) {
        if (e instanceof ProblemException problem) {
            return new Refusal(status(problem), problem.getMessage(), problem.problems());
        }
        if (e instanceof HttpMessageNotReadableException unreadable) {
            return unreadable(unreadable);
        }
        if (e instanceof TypeMismatchException mismatch) {
            return mismatch(mismatch);
        }
        if (e instanceof BindException invalid) {
            return invalid(invalid);
        }
        if (e instanceof HandlerMethodValidationException invalid) {
            return invalid(invalid);
        }
        if (e instanceof ErrorResponse known) {
            return known(known, e);
        }
        return other(e);
    }

    private static HttpStatus status(ProblemException problem) {
        if (problem instanceof NotFoundException) {
            return HttpStatus.NOT_FOUND;
        }
        if (problem instanceof ForbiddenException) {
            return HttpStatus.FORBIDDEN;
        }
        if (problem instanceof ConflictException) {
            return HttpStatus.CONFLICT;
        }
        if (problem instanceof UnprocessableException) {
            return HttpStatus.UNPROCESSABLE_ENTITY;
        }
        if (problem instanceof StaleException) {
            return HttpStatus.PRECONDITION_FAILED;
        }
        return HttpStatus.BAD_REQUEST;
    }

    private static Refusal unreadable(HttpMessageNotReadableException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProblemException problem) {
                return of(problem);
            }
            if (cause instanceof TooLargeException) {
                return new Refusal(HttpStatus.PAYLOAD_TOO_LARGE, cause.getMessage());
            }
        }
        if (e.getCause() instanceof JsonProcessingException mistake) {
            return new Refusal(HttpStatus.BAD_REQUEST, JsonMistakes.describe(mistake));
        }
        return new Refusal(
                HttpStatus.BAD_REQUEST, "The body is missing or cannot be read; send what the path expects, in UTF-8.");
    }

    /** What is no id in a path names nothing; what is wrong in a parameter is a mistake. */
    private static Refusal mismatch(TypeMismatchException e) {
        if (e instanceof MethodArgumentTypeMismatchException argument) {
            if (argument.getParameter().hasParameterAnnotation(PathVariable.class)) {
                return new Refusal(HttpStatus.NOT_FOUND, "There is no '" + e.getValue() + "' here.");
            }
            return new Refusal(
                    HttpStatus.BAD_REQUEST,
                    "'" + argument.getName() + "' is '" + e.getValue() + "'; give "
                            + JsonMistakes.expected(e.getRequiredType()) + ".");
        }
        return new Refusal(HttpStatus.BAD_REQUEST, "'" + e.getPropertyName() + "' has a value of the wrong form.");
    }

    private static Refusal invalid(BindException e) {
        var problems = e.getAllErrors().stream()
                .map(error -> error instanceof FieldError field
                        ? Problem.error("invalid", "'" + field.getField() + "' " + wrong(field) + ".")
                        : Problem.error("invalid", error.getDefaultMessage()))
                .toList();
        return new Refusal(HttpStatus.BAD_REQUEST, sentences(problems), problems);
    }

    /** What could not be converted comes with the converter's words, which are for developers. */
    private static String wrong(FieldError field) {
        return field.isBindingFailure() ? "has a value of the wrong form" : field.getDefaultMessage();
    }

    private static Refusal invalid(HandlerMethodValidationException e) {
        var problems = e.getParameterValidationResults().stream()
                .flatMap(result -> result.getResolvableErrors().stream()
                        .map(error -> Problem.error(
                                "invalid",
                                "'" + result.getMethodParameter().getParameterName() + "' " + error.getDefaultMessage()
                                        + ".")))
                .toList();
        return new Refusal(HttpStatus.BAD_REQUEST, sentences(problems), problems);
    }

    private static String sentences(List<Problem> problems) {
        return problems.stream().map(Problem::message).distinct().limit(5).collect(Collectors.joining(" "));
    }

    /** Spring's own refusals, in our words. */
    private static Refusal known(ErrorResponse response, Exception e) {
        var status = response.getStatusCode();
        return status.is5xxServerError() && !(e instanceof MissingPathVariableException)
                ? unexpected(e)
                : new Refusal(status, sentence(e, status), List.of(), response.getHeaders());
    }

    private static String sentence(Exception e, HttpStatusCode status) {
        if (e instanceof NoResourceFoundException || e instanceof NoHandlerFoundException) {
            return "There is nothing at this path.";
        }
        if (e instanceof HttpRequestMethodNotSupportedException method) {
            return "This path does not take " + method.getMethod() + "; it takes "
                    + join(
                            method.getSupportedMethods() == null
                                    ? Stream.empty()
                                    : Stream.of(method.getSupportedMethods()))
                    + ".";
        }
        if (e instanceof HttpMediaTypeNotSupportedException type) {
            return "The body must be "
                    + join(type.getSupportedMediaTypes().stream().limit(4)) + "; set Content-Type.";
        }
        if (e instanceof MissingServletRequestParameterException missing) {
            return "The parameter '" + missing.getParameterName() + "' is missing.";
        }
        if (e instanceof MissingServletRequestPartException missing) {
            return "The part '" + missing.getRequestPartName() + "' is missing.";
        }
        if (e instanceof MissingRequestHeaderException missing) {
            return "The header '" + missing.getHeaderName() + "' is missing.";
        }
        if (e instanceof MaxUploadSizeExceededException) {
            return "The upload is too large: a file may have 64 MB, its name 2,000 characters.";
        }
        return switch (status.value()) {
            case 406 -> "This path cannot answer in the form that 'Accept' asks for.";
            default ->
                "The request is wrong: " + HttpStatus.valueOf(status.value()).getReasonPhrase() + ".";
        };
    }

    private static String join(Stream<?> values) {
        return values.map(String::valueOf).sorted().collect(Collectors.joining(", "));
    }

    private static Refusal other(Exception e) {
        if (e instanceof MultipartException) {
            return new Refusal(
                    HttpStatus.BAD_REQUEST, "The body is not a readable multipart form; send one with its parts.");
        }
        if (e instanceof AccessDeniedException) {
            return new Refusal(HttpStatus.FORBIDDEN, "You have no right to do this.");
        }
        if (e instanceof AuthenticationException) {
            return new Refusal(HttpStatus.UNAUTHORIZED, "Log in first.");
        }
        if (e instanceof ConcurrencyFailureException) {
            LOG.warn("Refused after a collision: {}", e.toString());
            return new Refusal(HttpStatus.CONFLICT, "Somebody else changed this at the same moment; try again.");
        }
        if (e instanceof DataIntegrityViolationException invalid && isUnstorable(invalid)) {
            return new Refusal(
                    HttpStatus.BAD_REQUEST,
                    "A value holds a character or a number that cannot be stored, such as NUL; take it out.");
        }
        if (e instanceof DataIntegrityViolationException) {
            LOG.warn("Refused by the database", e);
            return new Refusal(HttpStatus.CONFLICT, "This contradicts what is stored; reload and try again.");
        }
        return unexpected(e);
    }

    /** SQL's class 22 (data exception): the value itself is wrong, whatever else is stored. */
    private static boolean isUnstorable(DataIntegrityViolationException e) {
        return e.getMostSpecificCause() instanceof SQLException cause
                && cause.getSQLState() != null
                && cause.getSQLState().startsWith("22");
    }

    private static Refusal unexpected(Exception e) {
        var id = UUID.randomUUID();
        LOG.error("Unexpected failure {}", id, e);
        return new Refusal(
                HttpStatus.INTERNAL_SERVER_ERROR,
                "Something went wrong on our side; tell an administrator the id " + id + ", which is in the log.");
    }
}
