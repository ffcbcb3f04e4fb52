package io.upnext.sequence;

import io.upnext.record.Field;
import io.upnext.record.Fields;
import io.upnext.record.Processes;
import io.upnext.security.Settings;
import io.upnext.security.Users;
import io.upnext.sequence.check.CheckFacts;
import io.upnext.shared.Problem;
import io.upnext.shared.RecordType;
import io.upnext.shared.SequenceId;
import io.upnext.shared.TeamId;
import io.upnext.shared.UserId;
import io.upnext.shared.filter.Filter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** The facts of the running product, gathered for the checks. */
@Component
class SequenceFacts implements CheckFacts {

    private static final Set<String> OUTCOMES =
            Set.of("CONNECTED", "LEFT_VOICEMAIL", "NO_ANSWER", "BUSY", "WRONG_NUMBER", "DO_NOT_CALL");

    private final Fields fields;
    private final Processes processes;
    private final Users users;
    private final Settings settings;
    private final SequenceRows rows;
    private final ObjectProvider<MailFacts> mail;

    SequenceFacts(
            Fields fields,
            Processes processes,
            Users users,
            Settings settings,
            SequenceRows rows,
            ObjectProvider<MailFacts> mail) {
        this.fields = fields;
        this.processes = processes;
        this.users = users;
        this.settings = settings;
        this.rows = rows;
        this.mail = mail;
    }

    @Override
    public Optional<Field> field(RecordType type, String path) {
        return fields.find(type, path);
    }

    @Override
    public List<Problem> filterProblems(RecordType type, Filter filter, String step) {
        return fields.check(type, filter, step);
    }

    @Override
    public boolean userExists(String id) {
        return parsed(id, UserId::of)
                .flatMap(users::find)
                .filter(user -> user.active())
                .isPresent();
    }

    @Override
    public boolean teamExists(String id) {
        return parsed(id, TeamId::of).flatMap(users::team).isPresent();
    }

    @Override
    public boolean hasPostalAddress() {
        return settings.postalAddress().filter(address -> !address.isBlank()).isPresent();
    }

    @Override
    public Set<String> callOutcomes() {
        return settings.words("callOutcomes", OUTCOMES);
    }

    @Override
    public Optional<Set<String>> stages(RecordType type, String process) {
        return processes.find(type, process).map(found -> found.stages().stream()
                .map(Processes.Stage::code)
                .collect(Collectors.toCollection(() -> new TreeSet<>(String.CASE_INSENSITIVE_ORDER))));
    }

    @Override
    public Optional<Other> sequence(String id) {
        return parsed(id, SequenceId::of)
                .flatMap(rows::find)
                .filter(row -> !row.deleted())
                .map(this::other);
    }

    private Other other(SequenceRow row) {
        return new Other(
                row.id().toString(),
                row.name(),
                row.active(),
                row.recordType(),
                row.active() ? advancesTo(row) : Set.of());
    }

    private Set<String> advancesTo(SequenceRow row) {
        Definition running = row.draft()
                ? rows.version(row.id(), row.latestNumber()).orElseThrow().definition()
                : row.content();
        return StepIndex.of(running).all().stream()
                .filter(step -> step instanceof Step.Advance advance && advance.sequence() != null)
                .map(step -> ((Step.Advance) step).sequence())
                .collect(Collectors.toSet());
    }

    @Override
    public int activeSequencesBut(SequenceId self) {
        return rows.activeBut(self);
    }

    @Override
    public Optional<MailFacts.Template> template(String name) {
        return Optional.ofNullable(mail.getIfAvailable()).flatMap(facts -> facts.template(name));
    }

    @Override
    public Optional<Integer> attachment(String name) {
        return Optional.ofNullable(mail.getIfAvailable()).flatMap(facts -> facts.attachment(name));
    }

    @Override
    public Optional<MailFacts.Template> textTemplate(String name) {
        return Optional.ofNullable(mail.getIfAvailable()).flatMap(facts -> facts.textTemplate(name));
    }

    @Override
    public boolean textGatewayWorks() {
        return Optional.ofNullable(mail.getIfAvailable())
                .map(MailFacts::textGatewayWorks)
                .orElse(false);
    }

    @Override
    public boolean anyWorkingMailbox() {
        return Optional.ofNullable(mail.getIfAvailable())
                .map(MailFacts::anyWorkingMailbox)
                .orElse(false);
    }

    @Override
    public boolean mailboxExists(String id) {
        return Optional.ofNullable(mail.getIfAvailable())
                .map(facts -> facts.mailboxExists(id))
                .orElse(false);
    }

    private static <T> Optional<T> parsed(String id, Function<String, T> parse) {
        try {
            return Optional.of(parse.apply(id));
        } catch (IllegalArgumentException noId) {
            return Optional.empty();
        }
    }
}
