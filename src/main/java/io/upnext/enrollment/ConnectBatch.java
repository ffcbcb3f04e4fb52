package io.upnext.enrollment;

import io.upnext.operation.Operations.Result;
import io.upnext.security.CurrentUser;
import io.upnext.sequence.EffectiveOptions;
import io.upnext.sequence.Sequence;
import io.upnext.sequence.SequenceVersion;
import io.upnext.sequence.Versions;
import io.upnext.shared.AudienceId;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.RecordId;
import java.util.List;
import org.springframework.stereotype.Component;

/** Connects what an audience found: with every rule of a bulk connect, inside the caller's transaction. */
@Component
public class ConnectBatch {

    private final Connecting connecting;
    private final EnrollmentRows enrollments;
    private final Versions versions;

    ConnectBatch(Connecting connecting, EnrollmentRows enrollments, Versions versions) {
        this.connecting = connecting;
        this.enrollments = enrollments;
        this.versions = versions;
    }

    /**
     * One result per record, in their order. An address is taken once, whatever the sequence says about that.
     *
     * @param by whose rights count and who stands as having connected them
     * @param source kept with the enrollments
     */
    public List<Result> connect(
            CurrentUser by, Sequence sequence, AudienceId audience, String source, List<RecordId> records) {
        SequenceVersion version = versions.holdActive(sequence.id()).orElse(null);
        EffectiveOptions options =
                version == null ? null : versions.index(version.id()).options().withoutDuplicateAddresses();
        List<Result> results = connecting.connect(
                new ConnectRules.Asked(by, sequence, version, options),
                new ConnectRequest(sequence.id(), null, null, source),
                records.stream().map(RecordId::toString).toList());
        enrollments.ofAudience(
                audience,
                results.stream()
                        .filter(Result::ok)
                        .map(result -> EnrollmentId.of(result.enrollment()))
                        .toList());
        return results;
    }
}
