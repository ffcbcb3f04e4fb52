package io.upnext.worklist.web;

import io.upnext.enrollment.ByHand;
import io.upnext.enrollment.CallOutcomes;
import io.upnext.enrollment.Enrollment;
import io.upnext.enrollment.EnrollmentViews;
import io.upnext.enrollment.Enrollments;
import io.upnext.enrollment.OpenSteps;
import io.upnext.enrollment.StepRun;
import io.upnext.enrollment.StepRuns;
import io.upnext.messaging.MailTemplates;
import io.upnext.messaging.OutgoingMail;
import io.upnext.messaging.Signatures;
import io.upnext.record.CrmRecord;
import io.upnext.record.RecordGraph;
import io.upnext.record.Records;
import io.upnext.security.CurrentUser;
import io.upnext.security.Users;
import io.upnext.sequence.Sequence;
import io.upnext.sequence.Sequences;
import io.upnext.sequence.Step;
import io.upnext.sequence.Versions;
import io.upnext.shared.ProblemException;
import io.upnext.shared.StepRunId;
import io.upnext.shared.UserId;
import io.upnext.worklist.Assignees;
import io.upnext.worklist.web.WorkItem.Composer;
import io.upnext.worklist.web.WorkItem.Person;
import io.upnext.worklist.web.WorkItem.Phone;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** Gathers what the right-hand side of the work list shows about one step. */
@Component
class WorkItems {

    private final StepRuns stepRuns;
    private final Enrollments enrollments;
    private final EnrollmentViews views;
    private final Versions versions;
    private final Sequences sequences;
    private final Records records;
    private final Users users;
    private final MailTemplates templates;
    private final Signatures signatures;
    private final ByHand byHand;
    private final TextMessages messages;
    private final CallOutcomes callOutcomes;
    private final Assignees assignees;
    private final DialLink dialLink;
    private final Snoozes snoozes;
    private final OpenSteps openSteps;
    private final Clock clock;

    WorkItems(
            StepRuns stepRuns,
            Enrollments enrollments,
            EnrollmentViews views,
            Versions versions,
            Sequences sequences,
            Records records,
            Users users,
            MailTemplates templates,
            Signatures signatures,
            ByHand byHand,
            TextMessages messages,
            CallOutcomes callOutcomes,
            Assignees assignees,
            DialLink dialLink,
            Snoozes snoozes,
            OpenSteps openSteps,
            Clock clock) {
        this.stepRuns = stepRuns;
        this.enrollments = enrollments;
        this.views = views;
        this.versions = versions;
        this.sequences = sequences;
        this.records = records;
        this.users = users;
        this.templates = templates;
        this.signatures = signatures;
        this.byHand = byHand;
        this.messages = messages;
        this.callOutcomes = callOutcomes;
        this.assignees = assignees;
        this.dialLink = dialLink;
        this.snoozes = snoozes;
        this.openSteps = openSteps;
        this.clock = clock;
    }

    /** @throws io.upnext.shared.NotFoundException where there is none or the user may not see it */
    WorkItem of(CurrentUser user, StepRunId id) {
        StepRun run = stepRuns.get(user, id);
        RecordGraph graph = records.graph(run.record()).orElse(null);
        boolean open = run.isOpen();
        return new WorkItem(
                views.ofRun(user, run),
                sequences.find(run.sequence()).map(Sequence::name).orElse(""),
                run.assignee() == null ? null : users.nameOf(run.assignee()),
                graph == null ? null : person(graph),
                open && run.type() == Step.Type.EMAIL ? composer(user, run) : null,
                open && run.type() == Step.Type.TEXT_MESSAGE ? messages.of(user, run) : null,
                run.type() == Step.Type.PHONE_CALL ? List.copyOf(callOutcomes.codes()) : List.of(),
                open ? assignees.of(run.record()) : List.of(),
                snoozes.presets(openSteps.zone(user)));
    }

    private Person person(RecordGraph graph) {
        CrmRecord person = graph.person();
        String company = person.text("company");
        ZoneId zone = zone(person.text("timeZone"));
        return new Person(
                person.name(),
                "/records/" + graph.record().type().plural() + "/"
                        + graph.record().id(),
                person.text("jobTitle"),
                company != null || graph.account() == null
                        ? company
                        : graph.account().name(),
                person.text("email"),
                phones(person, graph.account()),
                zone == null ? null : zone.getId(),
                zone == null ? null : localTime(zone),
                linkedIn(person),
                !person.isTrue("doNotEmail"),
                !person.isTrue("doNotPhone"));
    }

    /** The person's own numbers first, then the company's. */
    private List<Phone> phones(CrmRecord person, CrmRecord account) {
        return Stream.of(person.text("phone"), person.text("mobile"), account == null ? null : account.text("phone"))
                .filter(Objects::nonNull)
                .filter(number -> !number.isBlank())
                .distinct()
                .map(number -> new Phone(number, dialLink.to(number)))
                .toList();
    }

    private static ZoneId zone(String text) {
        try {
            return text == null || text.isBlank() ? null : ZoneId.of(text.strip());
        } catch (DateTimeException e) {
            return null;
        }
    }

    private String localTime(ZoneId zone) {
        Locale locale = LocaleContextHolder.getLocale();
        Locale readable =
                locale.getLanguage().equals("en") && locale.getCountry().isEmpty() ? Locale.UK : locale;
        return clock.instant()
                .atZone(zone)
                .format(DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT).withLocale(readable));
    }

    private static String linkedIn(CrmRecord person) {
        String url = person.text("linkedInUrl");
        if (url != null && (url.startsWith("https://") || url.startsWith("http://"))) {
            return url;
        }
        return "https://www.linkedin.com/search/results/people/?keywords="
                + URLEncoder.encode(person.name(), StandardCharsets.UTF_8);
    }

    private Composer composer(CurrentUser user, StepRun run) {
        Enrollment enrollment = enrollments.find(run.enrollment()).orElseThrow();
        Step.Email step = versions.index(enrollment.version())
                .step(run.stepId())
                .map(found -> byHand.mail(run.id(), found))
                .orElse(null);
        UserId sender = run.assignee() != null && run.assignee().isUser()
                ? new UserId(run.assignee().id())
                : user.id();
        List<String> attached = step == null || step.mail().attachments() == null
                ? List.of()
                : step.mail().attachments();
        if (step == null || step.template() == null) {
            return new Composer("", signed(sender), attached, null);
        }
        try {
            OutgoingMail.Written mail =
                    templates.render(step.template(), step.mail().language(), run.record(), sender);
            return new Composer(mail.subject(), mail.html(), attached, null);
        } catch (ProblemException e) {
            return new Composer("", signed(sender), attached, e.getMessage());
        }
    }

    /** An empty mail with the sender's signature below. */
    private String signed(UserId sender) {
        return signatures
                .of(sender)
                .map(signature -> "<p><br></p><div>" + signature + "</div>")
                .orElse("");
    }
}
