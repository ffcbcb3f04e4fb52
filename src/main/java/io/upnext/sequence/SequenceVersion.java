package io.upnext.sequence;

import io.upnext.shared.SequenceId;
import io.upnext.shared.UserId;
import io.upnext.shared.VersionId;
import java.time.Instant;

/** What one activation froze; never changes. {@code number} counts from 1 per sequence. */
public record SequenceVersion(
        VersionId id,
        SequenceId sequence,
        int number,
        Definition definition,
        String changeDescription,
        UserId activatedBy,
        Instant activatedAt) {}
