package io.upnext.enrollment;

import io.upnext.enrollment.abtest.Lots;
import io.upnext.enrollment.abtest.TestRow;
import io.upnext.messaging.OutgoingMail;
import io.upnext.messaging.SequenceWindow;
import io.upnext.sequence.Definition;
import io.upnext.sequence.Step;
import io.upnext.sequence.Step.MailOptions;
import io.upnext.shared.MailboxId;
import io.upnext.shared.Principal;
import io.upnext.shared.StepRunId;
import io.upnext.shared.UserId;
import org.springframework.stereotype.Component;

/** Makes the mail of a step from its configuration. */
@Component
class MailSteps {

    private static final MailOptions NO_OPTIONS =
            new MailOptions(null, null, null, null, null, null, null, null, null, null);

    private final StepRunRows runs;
    private final Lots lots;

    MailSteps(StepRunRows runs, Lots lots) {
        this.runs = runs;
        this.lots = lots;
    }

    /** @param step an automated mail or an A/B test, of which the mail to send is drawn */
    OutgoingMail automated(EnrollmentContext context, Step step, StepRun run) {
        Step.Email mail = step instanceof Step.AbTest test ? enlisted(context, test, run) : (Step.Email) step;
        return mail(context, mail, run, mail.template(), null, true);
    }

    /** The versions differ in their template only, which whoever draws B gets before the transaction commits. */
    private Step.Email enlisted(EnrollmentContext context, Step.AbTest step, StepRun run) {
        TestRow.Key key = new TestRow.Key(context.version().id(), step.id());
        lots.enlist(key, run.sequence(), step, run.enrollment(), run.id());
        return step.asMail(true);
    }

    OutgoingMail written(EnrollmentContext context, Step.Email step, StepRun run, OutgoingMail.Written written) {
        return mail(context, step, run, null, written, false);
    }

    /** When automated mail and texts of the sequence may leave; null: always. */
    static SequenceWindow window(EnrollmentContext context) {
        return window(context.version().definition());
    }

    static SequenceWindow window(Definition definition) {
        Definition.Window window =
                definition.options() == null ? null : definition.options().window();
        return window == null ? null : new SequenceWindow(window.written(), definition.timeZone());
    }

    private OutgoingMail mail(
            EnrollmentContext context,
            Step.Email step,
            StepRun run,
            String template,
            OutgoingMail.Written written,
            boolean automated) {
        MailOptions options = step.mail() == null ? NO_OPTIONS : step.mail();
        String from = options.from() == null ? "ASSIGNEE" : options.from();
        boolean named = !from.equals("ASSIGNEE") && !from.equals("SEQUENCE_OWNER");
        return OutgoingMail.of(run.id(), run.enrollment(), run.stepId(), run.record())
                .from(named ? null : sender(context, run, from), named ? MailboxId.of(from) : null)
                .template(template, options.language())
                .written(written)
                .inThreadOf(thread(context, options))
                .answersTo(options.replyTo())
                .copies(options.cc(), options.bcc())
                .track(orDefault(options.trackOpens(), automated), orDefault(options.trackClicks(), automated))
                .unsubscribeLink(orDefault(options.unsubscribeLink(), automated))
                .attachments(
                        written == null || written.attachments() == null
                                ? options.attachments()
                                : written.attachments())
                .mail();
    }

    /** A team has no mailbox of its own: then the sequence's owner sends. */
    private static UserId sender(EnrollmentContext context, StepRun run, String from) {
        Principal assignee = run.assignee();
        boolean byAssignee = from.equals("ASSIGNEE") && assignee != null && assignee.isUser();
        return byAssignee ? new UserId(assignee.id()) : context.sequence().owner();
    }

    private StepRunId thread(EnrollmentContext context, MailOptions options) {
        return options.thread() == MailOptions.Thread.REPLY
                ? runs.lastSentMail(context.enrollment().id()).map(StepRun::id).orElse(null)
                : null;
    }

    private static boolean orDefault(Boolean value, boolean byDefault) {
        return value == null ? byDefault : value;
    }
}
