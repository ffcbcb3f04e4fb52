package io.upnext.sequence.web;

import io.upnext.security.Access;
import io.upnext.security.CurrentUser;
import io.upnext.security.Right;
import io.upnext.security.User;
import io.upnext.security.Users;
import io.upnext.sequence.Activations;
import io.upnext.sequence.EffectiveOptions;
import io.upnext.sequence.Outline;
import io.upnext.sequence.SequenceDeactivated.Running;
import io.upnext.sequence.SequenceVersion;
import io.upnext.sequence.SequenceView;
import io.upnext.sequence.Sequences;
import io.upnext.sequence.Step;
import io.upnext.shared.PageQuery;
import io.upnext.shared.Principal;
import io.upnext.shared.Problem;
import io.upnext.shared.ProblemException;
import io.upnext.shared.SequenceId;
import io.upnext.shared.UserId;
import io.upnext.web.Flash;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** One sequence: what it does, what is wrong with it, its versions, and its life. */
@Controller
@RequestMapping("/sequences/{id}")
class SequencePages {

    private final Sequences sequences;
    private final Activations activations;
    private final Users users;
    private final Access access;
    private final MessageSource texts;
    private final StepFilters filters;

    SequencePages(
            Sequences sequences,
            Activations activations,
            Users users,
            Access access,
            MessageSource texts,
            StepFilters filters) {
        this.filters = filters;
        this.sequences = sequences;
        this.activations = activations;
        this.users = users;
        this.access = access;
        this.texts = texts;
    }

    @GetMapping
    String overview(@PathVariable String id, Model model, Locale locale) {
        SequenceView view = show(id, "overview", model);
        List<Problem> problems = sequences.check(access.current(), view.id());
        model.addAttribute("problems", problems);
        model.addAttribute("steps", lines(view, problems, locale));
        model.addAttribute("schedule", ScheduleForm.of(view.definition().schedule()));
        model.addAttribute("people", users.all().stream().filter(User::active).toList());
        EffectiveOptions options = EffectiveOptions.of(view.definition());
        model.addAttribute("options", options);
        model.addAttribute(
                "exitWhen",
                options.exitWhen() == null
                        ? null
                        : filters.inWords(view.definition()).apply(options.exitWhen()));
        model.addAttribute("window", WindowForm.of(options.window()));
        return "sequence/overview";
    }

    private List<StepItem> lines(SequenceView view, List<Problem> problems, Locale locale) {
        Outline outline = Outline.of(view.definition());
        var targets = AdvanceTargets.names(sequences, access.current(), outline);
        return new StepItem.Lines(texts, locale, outline, problems, filters.inWords(view.definition()), targets)
                .trunk();
    }

    @GetMapping("/versions")
    String versions(@PathVariable String id, PageQuery page, Model model) {
        SequenceView view = show(id, "versions", model);
        model.addAttribute("list", sequences.versions(access.current(), view.id(), page));
        model.addAttribute("running", sequences.runningByVersion(access.current(), view.id()));
        return "sequence/versions";
    }

    @GetMapping("/versions/compare")
    String compare(@PathVariable String id, @RequestParam int a, @RequestParam int b, Model model, Locale locale) {
        SequenceView view = show(id, "versions", model);
        model.addAttribute("difference", sequences.compare(access.current(), view.id(), a, b));
        model.addAttribute("places", new PlaceTexts(texts, locale));
        return "sequence/compare";
    }

    @GetMapping("/versions/{number}")
    String version(@PathVariable String id, @PathVariable int number, Model model, Locale locale) {
        SequenceView view = show(id, "versions", model);
        SequenceVersion version = sequences.version(access.current(), view.id(), number);
        model.addAttribute("version", version);
        Outline outline = Outline.of(version.definition());
        var targets = AdvanceTargets.names(sequences, access.current(), outline);
        var words = filters.inWords(version.definition());
        model.addAttribute("steps", new StepItem.Lines(texts, locale, outline, List.of(), words, targets).trunk());
        return "sequence/version";
    }

    @GetMapping("/connected")
    String connected(@PathVariable String id, Model model) {
        show(id, "connected", model);
        return "sequence/connected";
    }

    @GetMapping("/preview")
    String preview(@PathVariable String id, Model model) {
        show(id, "preview", model);
        return "sequence/preview";
    }

    @GetMapping("/tests")
    String tests(@PathVariable String id, Model model) {
        show(id, "tests", model);
        return "sequence/tests";
    }

    @GetMapping("/simulation")
    String simulation(@PathVariable String id, Model model) {
        show(id, "simulation", model);
        return "sequence/simulation";
    }

    /** The part of a page that lists what is wrong; asked for again when something changed. */
    @GetMapping("/problems")
    String problems(@PathVariable String id, Model model) {
        model.addAttribute("problems", sequences.check(access.current(), FormValues.sequence(id)));
        return "sequence/problems :: problems(list=${problems})";
    }

    private SequenceView show(String id, String tab, Model model) {
        CurrentUser user = access.current();
        SequenceView view = sequences.view(user, FormValues.sequence(id));
        model.addAttribute("sequence", view);
        model.addAttribute("tab", tab);
        model.addAttribute("hasTests", tab.equals("tests") || hasTests(view));
        model.addAttribute("owner", users.nameOf(Principal.user(view.owner())));
        model.addAttribute("mayChange", sequences.mayChange(user, view.id()));
        model.addAttribute("mayCopy", user.may(Right.CREATE_SEQUENCES));
        return view;
    }

    private static boolean hasTests(SequenceView view) {
        return Outline.of(view.definition()).nodes().stream()
                .anyMatch(node -> node.step().type() == Step.Type.AB_TEST);
    }

    @PostMapping("/activate")
    String activate(
            @PathVariable String id,
            @RequestParam String changeDescription,
            @RequestParam(defaultValue = "false") boolean moveRunning,
            RedirectAttributes redirect) {
        if (moveRunning) {
            return activateAndMove(id, changeDescription, redirect);
        }
        return act(id, redirect, sequence -> {
            SequenceVersion version =
                    activations.activate(access.current(), sequence, FormValues.given(changeDescription));
            Flash.done(redirect, "sequence.done.activate", version.number());
        });
    }

    private String activateAndMove(String id, String changeDescription, RedirectAttributes redirect) {
        AtomicReference<String> progress = new AtomicReference<>();
        String overview = act(id, redirect, sequence -> {
            Activations.Activated activated =
                    activations.activateAndMove(access.current(), sequence, FormValues.given(changeDescription));
            Flash.done(redirect, "sequence.done.activate", activated.version().number());
            progress.set("redirect:/sequences/" + sequence + "/migrations/" + activated.operation());
        });
        return progress.get() == null ? overview : progress.get();
    }

    @PostMapping("/revision")
    String revise(@PathVariable String id, RedirectAttributes redirect) {
        act(id, redirect, sequence -> activations.revise(access.current(), sequence));
        return "redirect:/sequences/" + FormValues.sequence(id) + "/edit";
    }

    @PostMapping("/drop-revision")
    String dropRevision(@PathVariable String id, RedirectAttributes redirect) {
        return act(id, redirect, sequence -> {
            activations.dropRevision(access.current(), sequence);
            Flash.done(redirect, "sequence.done.dropRevision");
        });
    }

    @PostMapping("/deactivate")
    String deactivate(@PathVariable String id, @RequestParam Running running, RedirectAttributes redirect) {
        return act(id, redirect, sequence -> {
            long ran = activations.deactivate(access.current(), sequence, running);
            Flash.done(redirect, "sequence.done.deactivate." + running, ran);
        });
    }

    @PostMapping("/copy")
    String copy(@PathVariable String id, @RequestParam String name) {
        SequenceView copy = sequences.copy(access.current(), FormValues.sequence(id), name.strip());
        return "redirect:/sequences/" + copy.id();
    }

    /** The new owner may be of a unit the old one does not see: then the list is where it goes on. */
    @PostMapping("/owner")
    String give(@PathVariable String id, @RequestParam UserId owner, RedirectAttributes redirect) {
        CurrentUser user = access.current();
        String back = act(id, redirect, sequence -> {
            sequences.give(user, sequence, owner);
            Flash.done(redirect, "people.give.done", users.nameOf(Principal.user(owner)));
        });
        return sequences.visible(user, FormValues.sequence(id)) ? back : "redirect:/sequences";
    }

    @PostMapping("/delete")
    String delete(@PathVariable String id, RedirectAttributes redirect) {
        sequences.delete(access.current(), FormValues.sequence(id));
        Flash.done(redirect, "sequence.done.delete");
        return "redirect:/sequences";
    }

    private interface Action {
        void on(SequenceId sequence);
    }

    /** What is refused is said on the page it was asked from. */
    private static String act(String id, RedirectAttributes redirect, Action action) {
        SequenceId sequence = FormValues.sequence(id);
        try {
            action.on(sequence);
        } catch (io.upnext.shared.ConflictException | io.upnext.shared.UnprocessableException refused) {
            Flash.failed(redirect, "sequence.refused", ((ProblemException) refused).getMessage());
        }
        return "redirect:/sequences/" + sequence;
    }
}
