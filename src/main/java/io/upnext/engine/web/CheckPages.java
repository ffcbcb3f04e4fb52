package io.upnext.engine.web;

import io.upnext.engine.check.InvariantCheck;
import io.upnext.security.Access;
import io.upnext.security.Right;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;

/** The administrators' page with a button that checks the invariants. */
@Controller
@RequestMapping("/admin/check")
class CheckPages {

    private final InvariantCheck check;
    private final Access access;

    CheckPages(InvariantCheck check, Access access) {
        this.check = check;
        this.access = access;
    }

    @GetMapping
    String show() {
        access.current().require(Right.ADMINISTER);
        return "engine/check";
    }

    @PostMapping
    String run(Model model) {
        model.addAttribute("report", check.run(access.current(), null));
        return "engine/check :: report";
    }
}
