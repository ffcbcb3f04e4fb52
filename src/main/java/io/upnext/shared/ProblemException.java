package io.upnext.shared;

import java.util.List;

/** A refusal with a sentence for the caller; the web layer turns it into RFC 9457 once. */
public abstract class ProblemException extends RuntimeException {

    private final transient List<Problem> problems;

    protected ProblemException(String detail, List<Problem> problems) {
        super(detail);
        this.problems = List.copyOf(problems);
    }

    /** Everything that is wrong, where more than one thing can be; else empty. */
    public List<Problem> problems() {
        return problems;
    }
}
