package io.upnext.shared;

import java.util.List;

/** The request itself is malformed (400). */
public class InvalidException extends ProblemException {

    public InvalidException(String detail) {
        super(detail, List.of());
    }

    public InvalidException(String detail, List<Problem> problems) {
        super(detail, problems);
    }
}
