package io.upnext.sequence;

import io.upnext.shared.SequenceId;

/** A version of a sequence became the one that new enrollments run on. Published inside the transaction of the change. */
public record SequenceActivated(SequenceId sequence) {}
