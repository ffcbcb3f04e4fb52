package io.upnext.engine.webapp;

import org.springframework.http.HttpStatus;

/** A request the guard does not let through, with the answer for the caller. */
class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final HttpStatus status;

    RefusedException(HttpStatus status, String sentence) {
        super(sentence);
        this.status = status;
    }

    static RefusedException forbidden(String sentence) {
        return new RefusedException(HttpStatus.FORBIDDEN, sentence);
    }

    static RefusedException invalid(String sentence) {
        return new RefusedException(HttpStatus.BAD_REQUEST, sentence);
    }

    HttpStatus status() {
        return status;
    }
}
