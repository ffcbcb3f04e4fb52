package io.upnext.sequence;

import io.upnext.shared.RecordType;

/**
 * Which sequences of a list are wanted; null means any.
 *
 * @param tag the path of a tag; what is tagged below it counts too
 * @param text part of the name, without regard to case
 */
public record SequenceQuery(Sequence.State state, RecordType recordType, String tag, String text) {}
