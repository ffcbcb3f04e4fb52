package io.upnext.shared;

import java.util.List;

/** What was asked for does not exist, or the caller may not see it (404). */
public class NotFoundException extends ProblemException {

    public NotFoundException(String detail) {
        super(detail, List.of());
    }

    public NotFoundException(String detail, List<Problem> problems) {
        super(detail, problems);
    }
}
