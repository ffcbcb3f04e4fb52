package io.upnext.operation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.upnext.security.CurrentUser;
import io.upnext.security.Right;
import io.upnext.shared.NotFoundException;
import io.upnext.shared.OperationId;
import io.upnext.shared.PageQuery;
import io.upnext.shared.Paged;
import io.upnext.shared.Problem;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Background operations with progress and a result per item. An operation is a row with its kind, who asked, a JSON
 * argument and its items; an {@link OperationKind} bean does the items in chunks, each chunk in one transaction together
 * with its results, so that a crash repeats no item and loses none.
 */
@Component
public class Operations {

    private final OperationRows rows;
    private final Workers workers;

    Operations(OperationRows rows, Workers workers) {
        this.rows = rows;
        this.workers = workers;
    }

    /**
     * Stores an operation and wakes the worker after commit. Items are stored in the order given.
     *
     * @param argument anything Jackson can write; handed back to the {@link OperationKind} as JSON
     */
    @Transactional
    public OperationId submit(String kind, CurrentUser by, Object argument, List<String> items) {
        OperationId id = OperationId.next();
        rows.insert(id, kind, by.id(), argument, items);
        workers.wake(OperationWorker.NAME);
        return id;
    }

    /** @throws NotFoundException where there is none or somebody else, but an administrator, asks */
    public Progress progress(CurrentUser user, OperationId id) {
        return rows.find(id)
                .filter(row -> row.by().equals(user.id()) || user.may(Right.ADMINISTER))
                .map(OperationRows.Row::progress)
                .orElseThrow(() -> new NotFoundException("There is no operation '" + id + "'."));
    }

    public Paged<Result> results(CurrentUser user, OperationId id, PageQuery page) {
        Progress progress = progress(user, id);
        return Paged.of(rows.results(id, page), page, progress.done());
    }

    /** The refused items after the given position, at most {@code limit}; for downloads in bounded memory. */
    public List<Numbered> rejected(CurrentUser user, OperationId id, int after, int limit) {
        progress(user, id);
        return rows.rejected(id, after, limit);
    }

    public enum State {
        RUNNING,
        DONE,
        FAILED
    }

    /** How far an operation is; the counts add up: done = succeeded + rejected. */
    public record Progress(
            OperationId id,
            String kind,
            State state,
            int total,
            int done,
            int succeeded,
            int rejected,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Long> counts) {}

    public record Numbered(int n, Result result) {}

    /**
     * One item's result, shown by {@code GET /operations/{id}/results}.
     *
     * @param row the source row of an import by column, kept only where it was refused
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Result(
            String item,
            boolean ok,
            String enrollment,
            Problem problem,

            @JsonProperty(access = JsonProperty.Access.WRITE_ONLY)
            Map<String, String> row) {

        public static Result ok(String item) {
            return new Result(item, true, null, null, null);
        }

        public static Result enrolled(String item, String enrollment) {
            return new Result(item, true, enrollment, null, null);
        }

        public static Result refused(String item, Problem problem) {
            return new Result(item, false, null, problem, null);
        }
    }
}
