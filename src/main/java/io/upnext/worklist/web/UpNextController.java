package io.upnext.worklist.web;

import io.upnext.security.Access;
import io.upnext.shared.RecordId;
import io.upnext.shared.RecordType;
import io.upnext.worklist.UpNext;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class UpNextController {

    private final UpNext upNext;
    private final Access access;

    UpNextController(UpNext upNext, Access access) {
        this.upNext = upNext;
        this.access = access;
    }

    @GetMapping("/api/v1/records/{type}/{id}/up-next")
    UpNext.Entries upNext(
            @PathVariable String type, @PathVariable RecordId id, @RequestParam(defaultValue = "false") boolean ended) {
        return upNext.of(access.current(), RecordType.ofPlural(type), id, ended);
    }
}
