package io.upnext.shared;

import java.util.List;

/** The state of the thing does not allow what was asked (409). */
public class ConflictException extends ProblemException {

    public ConflictException(String detail) {
        super(detail, List.of());
    }

    public ConflictException(String detail, List<Problem> problems) {
        super(detail, problems);
    }
}
