package io.upnext.shared;

import java.util.List;

/** The thing has changed since the caller read it (412). */
public class StaleException extends ProblemException {

    public StaleException(String detail) {
        super(detail, List.of());
    }

    public StaleException(String detail, List<Problem> problems) {
        super(detail, problems);
    }
}
