package io.upnext.worklist.web;

import io.upnext.security.Access;
import io.upnext.security.StandIns;
import io.upnext.security.StandIns.StandIn;
import io.upnext.shared.InvalidException;
import io.upnext.shared.NotFoundException;
import io.upnext.shared.OperationId;
import io.upnext.shared.PageQuery;
import io.upnext.shared.Paged;
import io.upnext.shared.UserId;
import io.upnext.worklist.HandOvers;
import io.upnext.worklist.HandOvers.Wanted;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/v1/hand-overs}: work of who is away goes to somebody else; the list says who stands in for whom now. */
@RestController
@RequestMapping("/api/v1/hand-overs")
class HandOverController {

    private final HandOvers handOvers;
    private final StandIns standIns;
    private final Access access;

    HandOverController(HandOvers handOvers, StandIns standIns, Access access) {
        this.handOvers = handOvers;
        this.standIns = standIns;
        this.access = access;
    }

    record Body(String from, String to, Boolean future, OffsetDateTime until, Boolean sequences) {
        Wanted wanted() {
            Instant end = until == null ? null : until.toInstant();
            return new Wanted(from, to, future, end, sequences);
        }
    }

    record Started(OperationId operation) {}

    record Shown(UserId from, String to, Instant until, UserId by, Instant since) {
        static Shown of(StandIn one) {
            return new Shown(one.away(), one.instead().toString(), one.until(), one.by(), one.since());
        }
    }

    @PostMapping
    @ResponseStatus(HttpStatus.ACCEPTED)
    Started handOver(@RequestBody Body body) {
        return new Started(handOvers.handOver(access.current(), body.wanted()));
    }

    @GetMapping
    Paged<Shown> list(PageQuery page) {
        if (!page.sort().isEmpty()) {
            throw new InvalidException("Stand-ins are listed by who is away; leave 'sort' out.");
        }
        List<StandIn> all = standIns.managedBy(access.current());
        List<StandIn> shown =
                all.stream().skip(page.offset()).limit(page.size()).toList();
        return Paged.of(shown, page, all.size()).map(Shown::of);
    }

    /** They are back: new steps are theirs again; what was handed over stays where it is. */
    @DeleteMapping("/{user}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void end(@PathVariable UserId user) {
        standIns.requireManage(access.current(), user);
        if (standIns.find(user).isEmpty()) {
            throw new NotFoundException("Nobody stands in for '" + user + "'.");
        }
        standIns.end(access.current(), user);
    }
}
