package io.upnext.record.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.upnext.record.Activities;
import io.upnext.record.Activities.Activity;
import io.upnext.record.Records;
import io.upnext.record.Timeline;
import io.upnext.security.Access;
import io.upnext.shared.PageQuery;
import io.upnext.shared.Paged;
import io.upnext.shared.RecordId;
import io.upnext.shared.RecordType;
import io.upnext.shared.UserId;
import java.time.Instant;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What happened to a record, and what sellers add to it by hand. */
@RestController
@RequestMapping("/api/v1/records/{type:leads|opportunities|contacts|accounts}/{id}")
class TimelineApi {

    private final Records records;
    private final Timeline timeline;
    private final Activities activities;
    private final Access access;

    TimelineApi(Records records, Timeline timeline, Activities activities, Access access) {
        this.records = records;
        this.timeline = timeline;
        this.activities = activities;
        this.access = access;
    }

    @GetMapping("/timeline")
    Paged<EntryJson> timeline(@PathVariable String type, @PathVariable RecordId id, PageQuery page) {
        records.get(access.current(), RecordType.ofPlural(type), id);
        return timeline.of(id, page).map(EntryJson::of);
    }

    @PostMapping("/activities")
    @ResponseStatus(HttpStatus.CREATED)
    EntryJson log(@PathVariable String type, @PathVariable RecordId id, @RequestBody Activity activity) {
        return EntryJson.of(activities.log(access.current(), RecordType.ofPlural(type), id, activity));
    }

    /** @param user who did it; absent where the product itself did */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record EntryJson(Instant at, String kind, UserId user, String actor, Map<String, String> details) {

        static EntryJson of(Timeline.Entry entry) {
            return new EntryJson(
                    entry.at(),
                    entry.kind(),
                    entry.actor().user(),
                    entry.actor().name(),
                    entry.details());
        }
    }
}
