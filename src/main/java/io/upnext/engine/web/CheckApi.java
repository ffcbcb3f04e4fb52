package io.upnext.engine.web;

import io.upnext.engine.check.InvariantCheck;
import io.upnext.security.Access;
import io.upnext.shared.SequenceId;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Do the invariants of the product hold? For administrators. */
@RestController
@RequestMapping("/api/v1/admin/check")
class CheckApi {

    private final InvariantCheck check;
    private final Access access;

    CheckApi(InvariantCheck check, Access access) {
        this.check = check;
        this.access = access;
    }

    /** @param sequence looks at one sequence only */
    @PostMapping
    InvariantCheck.Report run(@RequestParam(required = false) SequenceId sequence) {
        return check.run(access.current(), sequence);
    }
}
