package io.upnext.web;

import io.upnext.security.LoggedIn;
import io.upnext.security.ProblemResponses;
import io.upnext.web.IdempotencyKeys.Answer;
import io.upnext.web.IdempotencyKeys.Key;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Answers a POST that is sent again with the same {@code Idempotency-Key} by the same user with the first answer, without
 * doing it again. Stands behind the log-in.
 */
class IdempotencyFilter extends OncePerRequestFilter {

    static final String HEADER = "Idempotency-Key";
    private static final int LONGEST_KEY = 255;
    private static final List<String> KEPT_HEADERS =
            List.of(HttpHeaders.CONTENT_TYPE, HttpHeaders.LOCATION, HttpHeaders.ETAG);

    private final IdempotencyKeys keys;
    private final ProblemResponses problems;

    IdempotencyFilter(IdempotencyKeys keys, ProblemResponses problems) {
        this.keys = keys;
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !"POST".equals(request.getMethod()) || request.getHeader(HEADER) == null;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var caller = SecurityContextHolder.getContext().getAuthentication();
        if (caller == null || !(caller.getPrincipal() instanceof LoggedIn loggedIn)) {
            chain.doFilter(request, response);
            return;
        }
        var text = request.getHeader(HEADER).strip();
        if (text.isEmpty() || text.length() > LONGEST_KEY) {
            problems.write(
                    response,
                    HttpStatus.BAD_REQUEST,
                    "'" + HEADER + "' must have 1 to " + LONGEST_KEY + " characters.");
            return;
        }
        try {
            answer(new Key(loggedIn.user(), text, request.getRequestURI()), request, response, chain);
        } catch (TooLargeException e) {
            problems.write(response, HttpStatus.PAYLOAD_TOO_LARGE, e.getMessage());
        }
    }

    private void answer(Key key, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var digest = sha256();
        digest.update(String.valueOf(request.getQueryString()).getBytes(StandardCharsets.UTF_8));
        var replayable = isMultipart(request)
                ? request
                : new ReadRequest(request, request.getInputStream().readAllBytes());
        digestBody(replayable, digest);
        var hash = digest.digest();
        if (keys.take(key, hash)) {
            doOnce(key, replayable, response, chain);
        } else {
            again(key, hash, response);
        }
    }

    private void doOnce(Key key, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var recording = new ContentCachingResponseWrapper(response);
        var kept = false;
        try {
            chain.doFilter(request, recording);
            if (isFinal(recording.getStatus())) {
                keys.keep(key, answer(recording));
                kept = true;
            }
        } finally {
            if (!kept) {
                keys.release(key);
            }
        }
        recording.copyBodyToResponse();
    }

    /** Failures of ours and passing refusals are no answer to keep. */
    private static boolean isFinal(int status) {
        return status < 500 && status != 401 && status != 408 && status != 409 && status != 429;
    }

    private static Answer answer(ContentCachingResponseWrapper response) {
        var headers = new LinkedHashMap<String, String>();
        for (var name : KEPT_HEADERS) {
            var value = name.equals(HttpHeaders.CONTENT_TYPE) ? response.getContentType() : response.getHeader(name);
            if (value != null) {
                headers.put(name, value);
            }
        }
        return new Answer(response.getStatus(), headers, response.getContentAsByteArray());
    }

    private void again(Key key, byte[] hash, HttpServletResponse response) throws IOException {
        var seen = keys.find(key).orElse(null);
        if (seen != null && !Arrays.equals(seen.requestHash(), hash)) {
            problems.write(
                    response,
                    HttpStatus.UNPROCESSABLE_ENTITY,
                    "This '" + HEADER + "' was used for another request; use a new one.");
        } else if (seen == null || seen.answer().isEmpty()) {
            problems.write(
                    response,
                    HttpStatus.CONFLICT,
                    "A request with this '" + HEADER + "' is being worked on; ask again in a moment.");
        } else {
            replay(seen.answer().get(), response);
        }
    }

    private static void replay(Answer answer, HttpServletResponse response) throws IOException {
        response.setStatus(answer.status());
        answer.headers().forEach(response::setHeader);
        response.setHeader("Idempotent-Replayed", "true");
        response.setContentLength(answer.body().length);
        response.getOutputStream().write(answer.body());
    }

    private static boolean isMultipart(HttpServletRequest request) {
        var type = request.getContentType();
        return type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/");
    }

    /** A multipart body is parsed by the container, once, and large parts lie on disk: each part is read from there. */
    private static void digestBody(HttpServletRequest request, MessageDigest digest)
            throws IOException, ServletException {
        if (request instanceof ReadRequest read) {
            digest.update(read.body());
            return;
        }
        try (var sink = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
            for (var part : request.getParts()) {
                sink.write((part.getName() + '\0' + part.getSubmittedFileName() + '\0' + part.getSize() + '\0')
                        .getBytes(StandardCharsets.UTF_8));
                try (InputStream content = part.getInputStream()) {
                    content.transferTo(sink);
                }
            }
        } catch (IllegalStateException | ServletException unreadable) {
            // The controller's path says what is wrong with the form
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
