package io.upnext.sequence;

import io.upnext.shared.SequenceId;

/** A sequence was deleted; what runs is to be disconnected. Published inside the transaction of the change. */
public record SequenceDeleted(SequenceId sequence) {}
