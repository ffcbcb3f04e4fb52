package io.upnext.enrollment;

import io.upnext.enrollment.abtest.Variant;
import io.upnext.messaging.MailEvent;
import io.upnext.messaging.MailTemplates;
import io.upnext.messaging.Outbox;
import io.upnext.messaging.OutgoingMail;
import io.upnext.messaging.SequenceWindow;
import io.upnext.record.CrmRecord;
import io.upnext.record.RecordGraph;
import io.upnext.record.Records;
import io.upnext.security.CurrentUser;
import io.upnext.sequence.Definition;
import io.upnext.sequence.Outline;
import io.upnext.sequence.Sequence;
import io.upnext.sequence.SequenceVersion;
import io.upnext.sequence.SequenceView;
import io.upnext.sequence.Sequences;
import io.upnext.sequence.Step;
import io.upnext.shared.MailboxId;
import io.upnext.shared.NotFoundException;
import io.upnext.shared.Principal;
import io.upnext.shared.Problem;
import io.upnext.shared.ProblemException;
import io.upnext.shared.RecordId;
import io.upnext.shared.SequenceId;
import io.upnext.shared.UnprocessableException;
import io.upnext.shared.UserId;
import io.upnext.shared.filter.Filter;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Shows a manager what a sequence, as it is being designed, would do with a real record; changes nothing. */
@Component
public class Preview {

    private final Sequences sequences;
    private final Records records;
    private final WaitTimes times;
    private final ModeTimes modes;
    private final Assignments assignments;
    private final MailTemplates templates;
    private final Outbox outbox;
    private final AbTests tests;
    private final Capacity capacity;
    private final Clock clock;

    Preview(
            Sequences sequences,
            Records records,
            WaitTimes times,
            ModeTimes modes,
            Assignments assignments,
            MailTemplates templates,
            Outbox outbox,
            AbTests tests,
            Capacity capacity,
            Clock clock) {
        this.sequences = sequences;
        this.records = records;
        this.times = times;
        this.modes = modes;
        this.assignments = assignments;
        this.templates = templates;
        this.outbox = outbox;
        this.tests = tests;
        this.capacity = capacity;
        this.clock = clock;
    }

    /**
     * @param start when the record would be connected; null for now
     * @throws NotFoundException where there is no such sequence or record that the user may see
     * @throws UnprocessableException where the record is of another type, or the sequence's errors forbid a plan
     */
    public Plan of(CurrentUser user, SequenceId id, RecordId recordId, Instant start) {
        Sequence sequence = sequences.get(user, id);
        SequenceView view = sequences.view(user, id);
        Definition definition = view.definition();
        RecordGraph graph = records.graph(recordId)
                .filter(found -> records.visible(user, found.record()))
                .orElseThrow(() -> new NotFoundException("There is no record '" + recordId + "' that you may see."));
        check(user, sequence, graph.record());
        ForRecord details = new ForRecord(definition, sequence, user.id(), graph, frozen(user, view));
        Instant from = (start == null ? clock.instant() : start).truncatedTo(ChronoUnit.SECONDS);
        ZoneId zone = times.zone(graph, definition);
        PlanWalk.Times due = (span, since) -> times.after(span, zone, since);
        return switch (definition.effectiveMode()) {
            case ADAPTIVE -> new PlanWalk(Outline.of(definition), times, zone, details).from(from);
            case CLASSIC -> ModePlans.classic(definition, modes.days(definition), due, details, from);
            case SMART -> ModePlans.smart(definition, modes.runs(definition), due, details, from);
        };
    }

    /** The version that froze just this content. */
    private Optional<SequenceVersion> frozen(CurrentUser user, SequenceView view) {
        return Optional.ofNullable(view.version())
                .map(number -> sequences.version(user, view.id(), number))
                .filter(version -> version.definition().equals(view.definition()));
    }

    private void check(CurrentUser user, Sequence sequence, CrmRecord record) {
        if (record.type() != sequence.recordType()) {
            throw new UnprocessableException("The sequence is for records of type " + sequence.recordType()
                    + ", this is of type " + record.type() + "; choose another.");
        }
        List<Problem> errors = sequences.check(user, sequence.id()).stream()
                .filter(problem -> problem.severity() == Problem.Severity.ERROR)
                .toList();
        if (!errors.isEmpty()) {
            throw new UnprocessableException(
                    "There is no plan before the errors of the sequence are mended: "
                            + errors.get(0).message(),
                    errors);
        }
    }

    private final class ForRecord implements PlanWalk.Details {

        private final RecordGraph graph;
        private final Sequence sequence;
        private final SequenceWindow window;
        private final Principal assignee;
        private final Optional<MailEvent.Refusal> refusal;
        private final Optional<SequenceVersion> frozen;
        private final Map<Principal, Optional<Capacity.Days>> days = new HashMap<>();

        private ForRecord(
                Definition definition,
                Sequence sequence,
                UserId by,
                RecordGraph graph,
                Optional<SequenceVersion> frozen) {
            this.graph = graph;
            this.frozen = frozen;
            this.sequence = sequence;
            this.window = MailSteps.window(definition);
            this.assignee = assignments.of(definition.assignTo(), sequence.owner(), by, graph);
            this.refusal = outbox.refusal(graph.record().id());
        }

        @Override
        public boolean holds(Filter filter, Map<String, Object> instead) {
            return records.matches(filter, graph, instead);
        }

        @Override
        public boolean refused(Step step) {
            boolean automated = step.type() == Step.Type.AUTOMATED_EMAIL || step.type() == Step.Type.AB_TEST;
            return automated && refusal.isPresent();
        }

        /** Who does a manual step that begins then: the stand-in where somebody is away. */
        private Principal worker(Instant at) {
            return assignments.working(assignee, graph, at);
        }

        private Optional<Capacity.Days> days(Instant at) {
            return days.computeIfAbsent(worker(at), capacity::days);
        }

        @Override
        public Instant due(Instant at, Instant due) {
            return days(at).map(filled -> filled.expected(due)).orElse(due);
        }

        /** By the windows of sequence and mailbox; caps and gaps are known only when it is queued. */
        @Override
        public Instant leaves(Step step, Instant at) {
            Step.Email email = sent(step, Variant.A);
            if (email == null || refused(step)) {
                return at;
            }
            String from = from(email);
            boolean named = !from.equals("ASSIGNEE") && !from.equals("SEQUENCE_OWNER");
            RecordId record = graph.record().id();
            return outbox.earliest(sender(from, assignee), named ? MailboxId.of(from) : null, window, record, at);
        }

        private static String from(Step.Email step) {
            return step.mail() == null || step.mail().from() == null
                    ? "ASSIGNEE"
                    : step.mail().from();
        }

        private UserId sender(String from, Principal by) {
            return by.isUser() && from.equals("ASSIGNEE") ? new UserId(by.id()) : sequence.owner();
        }

        @Override
        public Plan.Entry entry(Step step, Instant at, Instant until, List<String> branch) {
            boolean manual = step.type().manual();
            Principal whose = manual ? worker(at) : assignee;
            List<Plan.VariantMail> variants = null;
            Plan.Mail mail = null;
            String problem = refused(step) ? "Not sent: " + refusal.get() : null;
            try {
                mail = mail(sent(step, chosen(step).orElse(Variant.A)), whose);
                variants = variants(step);
            } catch (ProblemException e) {
                problem = e.getMessage();
            }
            return new Plan.Entry(
                    StepRunView.Info.of(step),
                    at,
                    until,
                    branch,
                    step.type(),
                    mail,
                    manual || step.type().mail() ? whose : null,
                    problem,
                    variants,
                    manual && days(at).isPresent() ? true : null);
        }

        /** The mail the step sends, of an A/B test that of a variant; null where it sends none. */
        private static Step.Email sent(Step step, Variant variant) {
            if (step instanceof Step.AbTest test) {
                return test.asMail(variant == Variant.A);
            }
            return step instanceof Step.Email email ? email : null;
        }

        /** What everybody gets, where the test of this very content is decided. */
        private Optional<Variant> chosen(Step step) {
            return step instanceof Step.AbTest test
                    ? frozen.flatMap(version -> tests.chosen(version, test))
                    : Optional.empty();
        }

        private List<Plan.VariantMail> variants(Step step) {
            if (!(step instanceof Step.AbTest) || chosen(step).isPresent()) {
                return null;
            }
            return Stream.of(Variant.values())
                    .map(variant -> new Plan.VariantMail(variant, mail(sent(step, variant), assignee)))
                    .toList();
        }

        private Plan.Mail mail(Step.Email step, Principal by) {
            if (step == null || step.template() == null) {
                return null;
            }
            String language = step.mail() == null ? null : step.mail().language();
            OutgoingMail.Written written =
                    templates.render(step.template(), language, graph.record().id(), sender(from(step), by));
            return new Plan.Mail(written.subject(), written.html());
        }
    }
}
