package io.upnext.enrollment;

import io.upnext.enrollment.Enrollment.Reason;
import io.upnext.enrollment.abtest.Lots;
import io.upnext.messaging.MailEvent;
import io.upnext.messaging.MailEventListener;
import io.upnext.sequence.EffectiveOptions;
import io.upnext.sequence.Step;
import io.upnext.shared.Actor;
import io.upnext.shared.StepRunId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Applies what happened to a mail to its enrollment: lets the process go on when the mail left, takes branches, ends the
 * enrollment on a reply. Everything here may be done twice with the effect of once.
 */
@Component
class MailEventApplication implements MailEventListener {

    private final EnrollmentContexts contexts;
    private final StepRunRows runs;
    private final MailConditions conditions;
    private final SequenceRuntime runtime;
    private final Exits exits;
    private final AccountReplies accountReplies;
    private final Holds holds;
    private final Settlement settlement;
    private final Completed completed;
    private final Announcements announcements;
    private final Lots lots;

    MailEventApplication(
            EnrollmentContexts contexts,
            StepRunRows runs,
            MailConditions conditions,
            SequenceRuntime runtime,
            Exits exits,
            AccountReplies accountReplies,
            Holds holds,
            Settlement settlement,
            Completed completed,
            Announcements announcements,
            Lots lots) {
        this.contexts = contexts;
        this.runs = runs;
        this.conditions = conditions;
        this.runtime = runtime;
        this.exits = exits;
        this.accountReplies = accountReplies;
        this.holds = holds;
        this.settlement = settlement;
        this.completed = completed;
        this.announcements = announcements;
        this.lots = lots;
    }

    @Override
    public void prepare(List<MailEvent> events) {
        contexts.lockAll(events.stream().map(MailEvent::enrollment).distinct().toList());
    }

    /** Mails that left are by far the most: their processes go on in one command of the engine. */
    @Override
    public void on(List<MailEvent> events) {
        contexts.load();
        Map<StepRunId, StepRun> found = runs.findAll(
                events.stream().map(MailEvent::stepRun).filter(Objects::nonNull).toList());
        Map<Boolean, List<MailEvent>> sent =
                events.stream().collect(Collectors.partitioningBy(event -> event.kind() == MailEvent.Kind.SENT));
        if (!sent.get(true).isEmpty()) {
            left(sent.get(true), found);
        }
        sent.get(false).forEach(event -> on(event, found.get(event.stepRun())));
    }

    private void left(List<MailEvent> sent, Map<StepRunId, StepRun> found) {
        List<Enrollment> enrollments = enrollments(sent);
        sent.forEach(event -> heard(event, found.get(event.stepRun())));
        Set<StepRunId> waited = settlement.finishWaiting(
                sent.stream()
                        .map(event -> found.get(event.stepRun()))
                        .filter(Objects::nonNull)
                        .toList(),
                "SENT");
        runtime.together(
                enrollments,
                () -> sent.forEach(event -> {
                    if (waited.contains(event.stepRun())) {
                        contexts.lockIfThere(event.enrollment())
                                .ifPresent(context -> settlement.goOn(context, found.get(event.stepRun())));
                    } else {
                        apply(event, found.get(event.stepRun()));
                    }
                }));
    }

    private List<Enrollment> enrollments(List<MailEvent> events) {
        return events.stream()
                .flatMap(event -> contexts.lockIfThere(event.enrollment()).stream())
                .map(EnrollmentContext::enrollment)
                .toList();
    }

    @Override
    public void on(MailEvent event) {
        on(List.of(event));
    }

    private void on(MailEvent event, StepRun run) {
        heard(event, run);
        apply(event, run);
    }

    private void heard(MailEvent event, StepRun run) {
        contexts.lockIfThere(event.enrollment()).ifPresent(context -> announcements.mail(context.enrollment(), event));
        if (run != null && run.type() == Step.Type.AB_TEST) {
            lots.happened(run.id(), event);
        }
    }

    private void apply(MailEvent event, StepRun run) {
        EnrollmentContext context = contexts.lockIfThere(event.enrollment()).orElse(null);
        // Erased meanwhile: nothing is left that the mail could move
        if (context == null) {
            return;
        }
        if (event.stepRun() == null) {
            ofConversation(context, event);
        } else if (run != null) {
            apply(context, event, run);
        }
    }

    private void apply(EnrollmentContext context, MailEvent event, StepRun run) {
        switch (event.kind()) {
            case SENT -> settle(context, run, StepRun.State.DONE, "SENT");
            case REFUSED ->
                settle(context, run, StepRun.State.SKIPPED, event.refusal().name());
            case FAILED -> fail(context, run, event.detail());
            case UNCERTAIN ->
                fail(
                        context,
                        run,
                        "Delivery uncertain: " + event.detail() + " Decide whether it was sent; it is not"
                                + " repeated by itself.");
            case OPENED, LINK_CLICKED, ATTACHMENT_OPENED -> decide(context, event);
            case REPLIED -> {
                accountReplies.note(context);
                holds.end(context, "REPLIED", Actor.SYSTEM);
                exitOr(context, event, context.options().exitOnReply(), Reason.REPLIED);
            }
            case UNSUBSCRIBED, COMPLAINED ->
                exitOr(context, event, context.options().exitOnUnsubscribe(), Reason.UNSUBSCRIBED);
            case BOUNCED_HARD -> bounced(context, run, event);
            case AUTO_REPLIED -> holds.absent(context, event);
            case BOUNCED_SOFT, DELIVERED, DELAYED -> {
                // They are noted and move nothing.
            }
        }
    }

    /** Something happened to an answer from the inbox, which no step waits for: it can only end the enrollment. */
    private void ofConversation(EnrollmentContext context, MailEvent event) {
        if (context.enrollment().ended()) {
            return;
        }
        if (event.kind() == MailEvent.Kind.AUTO_REPLIED) {
            holds.absent(context, event);
        } else if (event.kind() == MailEvent.Kind.REPLIED) {
            holds.end(context, "REPLIED", Actor.SYSTEM);
        }
        EffectiveOptions options = context.options();
        Reason reason =
                switch (event.kind()) {
                    case REPLIED -> options.exitOnReply() ? Reason.REPLIED : null;
                    case UNSUBSCRIBED, COMPLAINED -> options.exitOnUnsubscribe() ? Reason.UNSUBSCRIBED : null;
                    case BOUNCED_HARD -> options.exitOnBounce() ? Reason.BOUNCED : null;
                    default -> null;
                };
        if (reason != null) {
            exits.end(context.enrollment().id(), reason, Actor.SYSTEM);
        }
    }

    private void settle(EnrollmentContext context, StepRun run, StepRun.State state, String outcome) {
        boolean ofASeller = settlement.settle(context, run, state, outcome);
        if (ofASeller && state == StepRun.State.SKIPPED) {
            takeNo(context);
        }
    }

    private void fail(EnrollmentContext context, StepRun run, String cause) {
        if (settlement.fail(context, run, cause)) {
            takeNo(context);
        }
    }

    private void bounced(EnrollmentContext context, StepRun run, MailEvent event) {
        if (context.options().exitOnBounce()) {
            exits.end(context.enrollment().id(), Reason.BOUNCED, Actor.SYSTEM);
        } else {
            settle(context, run, StepRun.State.SKIPPED, "BOUNCED");
        }
    }

    private void exitOr(EnrollmentContext context, MailEvent event, boolean exit, Reason reason) {
        if (exit) {
            exits.end(context.enrollment().id(), reason, Actor.SYSTEM);
        } else {
            decide(context, event);
        }
    }

    /** Takes the Yes of conditions on this mail that decide at once and whose test holds now. */
    private void decide(EnrollmentContext context, MailEvent event) {
        if (!event.human() || !moves(context)) {
            return;
        }
        for (StepRun waiting : waitingConditions(context)) {
            Step.Condition condition = (Step.Condition) context.step(waiting.stepId());
            boolean atOnce = condition.decide() != Step.Condition.Decide.AT_LIMIT;
            if (atOnce && conditions.happened(context, condition)) {
                runtime.happened(waiting.executionId(), waiting.stepId());
            }
        }
    }

    /** The seller's mail did not leave after all: what waits for it to be opened need not wait until the limit. */
    private void takeNo(EnrollmentContext context) {
        if (!moves(context)) {
            return;
        }
        for (StepRun waiting : waitingConditions(context)) {
            Step.Condition condition = (Step.Condition) context.step(waiting.stepId());
            if (conditions.notSent(context, condition)) {
                runtime.endTimer(waiting.executionId());
            }
        }
    }

    /** What happens while it is paused is looked at when it is resumed. */
    private static boolean moves(EnrollmentContext context) {
        return !context.enrollment().ended() && context.enrollment().state() != Enrollment.State.PAUSED;
    }

    private List<StepRun> waitingConditions(EnrollmentContext context) {
        return runs.of(context.enrollment().id()).stream()
                .filter(run -> run.type() == Step.Type.CONDITION && run.state() == StepRun.State.WAITING)
                .toList();
    }
}
