package io.upnext.operation;

import com.fasterxml.jackson.databind.JsonNode;
import io.upnext.operation.Operations.Result;
import io.upnext.shared.OperationId;
import io.upnext.shared.UserId;
import java.util.List;
import java.util.Map;

/** Does the items of one kind of operation. */
public interface OperationKind {

    String kind();

    /** Items per transaction. */
    default int chunkSize() {
        return 50;
    }

    /** Must the items be done one chunk after another? Else several threads and nodes share an operation. */
    default boolean inOrder() {
        return false;
    }

    /**
     * Does one chunk, inside a transaction the worker opened. A wrong item is a refused {@link Result}, never an
     * exception; an exception rolls the chunk back, which is then tried item by item, so that one bad item never stops
     * the others.
     *
     * @param counts named counts to add to ({@code created}, {@code updated}, …); may stay empty
     * @return one result per item, in the order of the items
     */
    List<Result> run(Chunk chunk, Map<String, Long> counts);

    /** Called in the transaction that finishes the operation; to clean up what belongs to it. */
    default void finished(OperationId operation) {}

    record Chunk(OperationId operation, UserId by, JsonNode argument, List<String> items) {}
}
