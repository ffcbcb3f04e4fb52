package io.upnext.sequence.web;

import io.upnext.sequence.SequenceView;
import io.upnext.shared.StaleException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The entity tag of a sequence (RFC 9110 §8.8.3): which content it has and whether there is a revision. It says nothing
 * about how many enrollments run.
 */
final class EditionTag {

    private static final Pattern FORM = Pattern.compile("(?:W/)?\"(\\d{1,18})(?:-r)?\"");

    private EditionTag() {}

    static String of(SequenceView view) {
        return "\"" + view.edition() + (view.hasRevision() ? "-r" : "") + "\"";
    }

    /**
     * @param ifMatch the header {@code If-Match}; {@code *} takes any state
     * @throws StaleException where it is missing or names another state than this
     */
    static void require(SequenceView view, String ifMatch) {
        if (ifMatch == null || ifMatch.isBlank()) {
            throw new StaleException("Send the header If-Match with the ETag of the sequence you read, so that nobody's"
                    + " change is overwritten.");
        }
        Matcher matcher = FORM.matcher(ifMatch.strip());
        boolean same = matcher.matches() && Long.parseLong(matcher.group(1)) == view.edition();
        if (!same && !ifMatch.strip().equals("*")) {
            throw new StaleException(
                    "The sequence was changed since you read it; read it again and repeat your change.");
        }
    }
}
