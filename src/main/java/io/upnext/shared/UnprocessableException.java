package io.upnext.shared;

import java.util.List;

/** The request is well formed, but breaks rules (422). */
public class UnprocessableException extends ProblemException {

    public UnprocessableException(String detail) {
        super(detail, List.of());
    }

    public UnprocessableException(String detail, List<Problem> problems) {
        super(detail, problems);
    }
}
