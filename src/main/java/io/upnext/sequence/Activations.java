package io.upnext.sequence;

import io.upnext.security.AuditLog;
import io.upnext.security.CurrentUser;
import io.upnext.sequence.SequenceDeactivated.Running;
import io.upnext.sequence.check.Checks;
import io.upnext.sequence.json.DefinitionJson;
import io.upnext.shared.ConflictException;
import io.upnext.shared.OperationId;
import io.upnext.shared.Problem;
import io.upnext.shared.SequenceId;
import io.upnext.shared.UnprocessableException;
import io.upnext.shared.VersionId;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** From a draft to a version that runs, on to the next one by a revision, and out of use. */
@Component
public class Activations {

    private static final int DESCRIPTION_LENGTH = 2_000;

    private final SequenceRows rows;
    private final SequenceAccess access;
    private final SequenceFacts facts;
    private final AuditLog audit;
    private final Clock clock;
    private final ApplicationEventPublisher events;
    private final ObjectProvider<VersionDeployment> deployment;
    private final ObjectProvider<RunningMove> runningMove;

    Activations(
            SequenceRows rows,
            SequenceAccess access,
            SequenceFacts facts,
            AuditLog audit,
            Clock clock,
            ApplicationEventPublisher events,
            ObjectProvider<VersionDeployment> deployment,
            ObjectProvider<RunningMove> runningMove) {
        this.rows = rows;
        this.access = access;
        this.facts = facts;
        this.audit = audit;
        this.clock = clock;
        this.events = events;
        this.deployment = deployment;
        this.runningMove = runningMove;
    }

    /**
     * Freezes the draft as the next version and makes it the one new enrollments run on.
     *
     * @param changeDescription what changed; may be left out the first time and where nothing changed
     * @throws UnprocessableException with every problem, where one is an error
     * @throws ConflictException where it is active and has no revision
     */
    @Transactional
    public SequenceVersion activate(CurrentUser user, SequenceId id, String changeDescription) {
        rows.lockActivations();
        SequenceRow row = access.locked(user, id);
        if (row.active() && !row.draft()) {
            throw new ConflictException(
                    "The sequence is active already and has no revision; there is nothing to" + " activate.");
        }
        requireDescription(row, changeDescription);
        List<Problem> problems = Checks.of(id, row.content(), facts);
        if (problems.stream().anyMatch(problem -> problem.severity() == Problem.Severity.ERROR)) {
            throw new UnprocessableException(
                    "The sequence '" + row.name() + "' cannot be activated as it is; solve its problems first.",
                    problems);
        }
        SequenceVersion version = new SequenceVersion(
                VersionId.next(),
                id,
                row.latestNumber() + 1,
                row.content(),
                blank(changeDescription) ? null : changeDescription,
                user.id(),
                clock.instant());
        rows.activate(version);
        deployment.ifAvailable(port -> port.deploy(version));
        audit(user, "activate", id, numbered(row.latestNumber()), numbered(version.number()));
        events.publishEvent(new SequenceActivated(id));
        return version;
    }

    /** @param operation moves what runs on older versions; null where that was not asked for */
    public record Activated(SequenceVersion version, OperationId operation) {}

    /**
     * As {@link #activate}, and moves what runs on older versions to the new one, in the background.
     *
     * @see VersionMapping what becomes of those at a step the new version does not have: they go on at the next one
     */
    @Transactional
    public Activated activateAndMove(CurrentUser user, SequenceId id, String changeDescription) {
        SequenceVersion version = activate(user, id, changeDescription);
        RunningMove port = runningMove.getIfAvailable();
        return new Activated(version, port == null ? null : port.moveAll(user, version));
    }

    private void requireDescription(SequenceRow row, String description) {
        if (description != null && description.length() > DESCRIPTION_LENGTH) {
            throw new UnprocessableException("'changeDescription' is longer than 2,000 characters; shorten it.");
        }
        boolean changed = row.latestNumber() > 0
                && row.draft()
                && !row.content()
                        .equals(rows.version(row.id(), row.latestNumber())
                                .map(SequenceVersion::definition)
                                .orElse(null));
        if (changed && blank(description)) {
            throw new UnprocessableException(
                    "Say in 'changeDescription' what this version changes.",
                    List.of(Problem.error("change-description", "Say what this version changes.")));
        }
    }

    private static Map<String, Integer> numbered(int version) {
        return version == 0 ? null : Map.of("version", version);
    }

    /** Begins a revision: a copy to edit, while the active version keeps running. A second call finds the first one's. */
    @Transactional
    public SequenceView revise(CurrentUser user, SequenceId id) {
        SequenceRow row = access.locked(user, id);
        if (!row.active()) {
            throw new ConflictException("The sequence is not active; it can be edited as it is.");
        }
        if (!row.draft()) {
            rows.revise(id, clock.instant());
            audit(user, "revise", id, null, numbered(row.latestNumber()));
        }
        return access.view(id);
    }

    /** Throws a revision away; the active version stays as it is. */
    @Transactional
    public SequenceView dropRevision(CurrentUser user, SequenceId id) {
        SequenceRow row = access.locked(user, id);
        if (!row.hasRevision()) {
            throw new ConflictException("The sequence has no revision to throw away.");
        }
        Definition newest = rows.version(id, row.latestNumber())
                .orElseThrow()
                .definition()
                .withTags(row.content().tags());
        rows.dropDraft(id, newest, clock.instant());
        audit(user, "dropRevision", id, DefinitionJson.write(row.content()), null);
        return access.view(id);
    }

    /**
     * Takes no new enrollments from now on; a revision stays as the draft. Doing it again lets one end what was let
     * finish before.
     *
     * @return how many enrollments ran
     */
    @Transactional
    public long deactivate(CurrentUser user, SequenceId id, Running running) {
        SequenceRow row = access.locked(user, id);
        long ran = access.running(List.of(id)).getOrDefault(id, 0L);
        if (row.active()) {
            rows.deactivate(id, clock.instant());
            audit(user, "deactivate", id, Map.of("state", "ACTIVE"), Map.of("running", running, "enrollments", ran));
        }
        if (row.active() || (running == Running.DISCONNECT && ran > 0)) {
            events.publishEvent(new SequenceDeactivated(id, running));
        }
        return ran;
    }

    private void audit(CurrentUser user, String action, SequenceId id, Object before, Object after) {
        audit.add(user.actor(), "sequence." + action, "sequence:" + id, before, after);
    }

    private static boolean blank(String text) {
        return text == null || text.isBlank();
    }
}
