package io.upnext.shared;

import java.util.List;

/** The caller may see the thing, but may not do this to it (403). */
public class ForbiddenException extends ProblemException {

    public ForbiddenException(String detail) {
        super(detail, List.of());
    }

    public ForbiddenException(String detail, List<Problem> problems) {
        super(detail, problems);
    }
}
