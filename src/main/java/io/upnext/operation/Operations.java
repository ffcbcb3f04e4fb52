package io.upnext.operation;

import io.upnext.security.CurrentUser;
import io.upnext.shared.OperationId;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Background operations with progress and a result per item. An operation is a row with its kind, who asked, a JSON
 * argument and its items; a {@link OperationKind} bean does the items in chunks, each chunk in one transaction together
 * with its results, so that a crash repeats no item and loses none.
 */
@Component
public class Operations {

    /**
     * Stores an operation and wakes the worker after commit. Items are stored in the order given.
     *
     * @param argument anything Jackson can write; handed back to the {@link OperationKind} as JSON
     */
    public OperationId submit(String kind, CurrentUser by, Object argument, List<String> items) {
        throw new UnsupportedOperationException("stub");
    }

    /** One item's result, shown by {@code GET /operations/{id}/results}. */
    public record Result(
            String item, boolean ok, String enrollment, io.upnext.shared.Problem problem, Map<String, String> row) {

        public static Result ok(String item) {
            return new Result(item, true, null, null, null);
        }

        public static Result enrolled(String item, String enrollment) {
            return new Result(item, true, enrollment, null, null);
        }

        public static Result refused(String item, io.upnext.shared.Problem problem) {
            return new Result(item, false, null, problem, null);
        }
    }
}
