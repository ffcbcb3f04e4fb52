package io.upnext.sequence;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * What differs between two versions of a sequence. A step is the same one where id and type are; one that became
 * another type was removed and added.
 *
 * @param fields what differs in the sequence itself: name, options, schedule …
 * @param moved steps that stand in another list or overtook others in theirs; they may have changed, too
 * @param unchanged ids of the steps that are the same at the same place
 */
public record VersionDifference(
        int from,
        int to,
        List<Field> fields,
        List<Place> added,
        List<Place> removed,
        List<Changed> changed,
        List<Moved> moved,
        List<String> unchanged) {

    /** @param before null where it was absent; {@code after} likewise */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Field(String field, JsonNode before, JsonNode after) {}

    /** @param place such as {@code steps[3].yes[0]} */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Place(String id, Step.Type type, String name, String place) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Changed(String id, Step.Type type, String name, List<Field> fields) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Moved(String id, Step.Type type, String name, String from, String to) {}

    public boolean none() {
        return fields.isEmpty() && added.isEmpty() && removed.isEmpty() && changed.isEmpty() && moved.isEmpty();
    }
}
