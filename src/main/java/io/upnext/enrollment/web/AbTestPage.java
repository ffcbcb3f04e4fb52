package io.upnext.enrollment.web;

import io.upnext.enrollment.AbTests;
import io.upnext.enrollment.abtest.Tally;
import io.upnext.enrollment.abtest.Variant;
import io.upnext.security.Access;
import io.upnext.security.CurrentUser;
import io.upnext.security.Users;
import io.upnext.sequence.SequenceVersion;
import io.upnext.sequence.Sequences;
import io.upnext.shared.PageQuery;
import io.upnext.shared.Principal;
import io.upnext.shared.ProblemException;
import io.upnext.shared.SequenceId;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The figures of a sequence's A/B tests as a part of its page. */
@Controller
@RequestMapping("/sequences/{id}")
class AbTestPage {

    private static final int VERSIONS = 50;

    private final AbTests tests;
    private final Sequences sequences;
    private final Users users;
    private final Access access;

    AbTestPage(AbTests tests, Sequences sequences, Users users, Access access) {
        this.tests = tests;
        this.sequences = sequences;
        this.users = users;
        this.access = access;
    }

    /** @param rest not those of the test, but those who got it because it had been chosen */
    record Row(Variant variant, boolean rest, AbTests.Side side, Tally tally, Double rate) {}

    /** @param by who stopped it, or null */
    record Shown(AbTests.View test, List<Row> rows, String by) {}

    @GetMapping("/tests-panel")
    String panel(@PathVariable SequenceId id, @RequestParam(required = false) Integer version, Model model) {
        CurrentUser user = access.current();
        Integer shown = version == null ? sequences.view(user, id).version() : version;
        model.addAttribute("sequenceId", id);
        model.addAttribute("version", shown);
        model.addAttribute(
                "versions",
                sequences.versions(user, id, PageQuery.first(VERSIONS)).items().stream()
                        .map(SequenceVersion::number)
                        .toList());
        model.addAttribute(
                "tests", tests.of(user, id, shown).stream().map(this::shown).toList());
        model.addAttribute("picks", Variant.values());
        model.addAttribute("mayStop", sequences.mayChange(user, id));
        return "enrollment/tests :: panel";
    }

    @PostMapping("/tests/{step}/stop")
    String stop(
            @PathVariable SequenceId id,
            @PathVariable String step,
            @RequestParam int version,
            @RequestParam Variant winner,
            Model model) {
        try {
            tests.stop(access.current(), id, version, step, winner);
        } catch (ProblemException e) {
            model.addAttribute("mistake", e.getMessage());
        }
        return panel(id, version, model);
    }

    private Shown shown(AbTests.View test) {
        List<Row> rows = Stream.of(
                        row(test, Variant.A, false),
                        row(test, Variant.B, false),
                        row(test, Variant.A, true),
                        row(test, Variant.B, true))
                .filter(row -> !row.rest() || row.tally().assigned() > 0)
                .toList();
        String by = test.decidedBy() == null ? null : users.nameOf(Principal.user(test.decidedBy()));
        return new Shown(test, rows, by);
    }

    private static Row row(AbTests.View test, Variant variant, boolean rest) {
        AbTests.Side side = variant == Variant.A ? test.a() : test.b();
        Tally tally = rest ? side.rest() : side.test();
        return new Row(variant, rest, side, tally, tally.rate(test.winnerBy()));
    }
}
