package io.upnext.enrollment.web;

import com.fasterxml.jackson.annotation.JsonAlias;
import io.upnext.enrollment.AbTests;
import io.upnext.enrollment.abtest.Variant;
import io.upnext.security.Access;
import io.upnext.shared.InvalidException;
import io.upnext.shared.SequenceId;
import io.upnext.shared.StepRunId;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The A/B tests of a sequence: their figures, and how a person stops one. */
@RestController
@RequestMapping("/api/v1")
class AbTestController {

    private final AbTests tests;
    private final Access access;

    AbTestController(AbTests tests, Access access) {
        this.tests = tests;
        this.access = access;
    }

    /** @param version the number of a version; absent: the active one */
    @GetMapping("/sequences/{id}/tests")
    List<AbTests.View> all(@PathVariable SequenceId id, @RequestParam(required = false) Integer version) {
        return tests.of(access.current(), id, version);
    }

    /** @param winner the version of the mail that everybody gets from now on */
    record Stop(@JsonAlias({"pick", "variant"}) Variant winner) {}

    @PostMapping("/sequences/{id}/tests/{step}/stop")
    AbTests.View stop(
            @PathVariable SequenceId id,
            @PathVariable String step,
            @RequestParam(required = false) Integer version,
            @RequestBody Stop stop) {
        return tests.stop(access.current(), id, version, step, pick(stop));
    }

    @PostMapping("/step-runs/{id}/stop-test")
    AbTests.View stop(@PathVariable StepRunId id, @RequestBody Stop stop) {
        return tests.stop(access.current(), id, pick(stop));
    }

    private static Variant pick(Stop stop) {
        if (stop.winner() == null) {
            throw new InvalidException("'winner' is missing; say which version everybody is to get, A or B.");
        }
        return stop.winner();
    }
}
