package io.upnext.enrollment;

import io.upnext.operation.Operations.Result;
import io.upnext.record.CrmRecord;
import io.upnext.record.Records;
import io.upnext.security.AuditLog;
import io.upnext.security.CurrentUser;
import io.upnext.sequence.Sequence;
import io.upnext.sequence.SequenceVersion;
import io.upnext.sequence.Sequences;
import io.upnext.sequence.Versions;
import io.upnext.shared.AudienceId;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.RecordId;
import io.upnext.shared.RecordType;
import io.upnext.shared.SequenceId;
import io.upnext.shared.UnprocessableException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Connects one record while the caller waits, for integrations that want the enrollment in the answer. */
@Component
public class ConnectNow {

    private final Connecting connecting;
    private final Enrollments enrollments;
    private final EnrollmentRows rows;
    private final Sequences sequences;
    private final Versions versions;
    private final Records records;
    private final Retries retries;
    private final AuditLog audit;
    private final Clock clock;

    ConnectNow(
            Connecting connecting,
            Enrollments enrollments,
            EnrollmentRows rows,
            Sequences sequences,
            Versions versions,
            Records records,
            Retries retries,
            AuditLog audit,
            Clock clock) {
        this.connecting = connecting;
        this.enrollments = enrollments;
        this.rows = rows;
        this.sequences = sequences;
        this.versions = versions;
        this.records = records;
        this.retries = retries;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * @param delay before the first step; null starts at once
     * @param source where it came from, kept; may be null
     * @param audience for which it is connected, kept; may be null
     */
    public record Wanted(
            SequenceId sequence,
            RecordType type,
            RecordId record,
            Duration delay,
            String startAtStep,
            String source,
            AudienceId audience) {}

    /** @throws UnprocessableException with the rule that refuses the record, as in a bulk connect */
    public EnrollmentId connect(CurrentUser user, Wanted wanted) {
        Sequence sequence = sequences.get(user, wanted.sequence());
        CrmRecord record = records.get(user, wanted.type(), wanted.record());
        enrollments.checkStart(sequence, wanted.startAtStep());
        ConnectRequest request = new ConnectRequest(
                sequence.id(),
                wanted.delay() == null ? null : clock.instant().plus(wanted.delay()),
                wanted.startAtStep(),
                wanted.source());
        return retries.inTransaction(() -> {
            SequenceVersion version = versions.holdActive(sequence.id()).orElse(null);
            ConnectRules.Asked asked = new ConnectRules.Asked(
                    user,
                    sequence,
                    version,
                    version == null ? null : versions.index(version.id()).options());
            Result result = connecting
                    .connect(asked, request, List.of(record.id().toString()))
                    .get(0);
            if (!result.ok()) {
                throw new UnprocessableException(result.problem().message(), List.of(result.problem()));
            }
            audit.add(
                    user.actor(),
                    "sequence.connect",
                    "sequence:" + sequence.id(),
                    null,
                    Map.of("record", record.id().toString()));
            EnrollmentId made = EnrollmentId.of(result.enrollment());
            if (wanted.audience() != null) {
                rows.ofAudience(wanted.audience(), List.of(made));
            }
            return made;
        });
    }
}
