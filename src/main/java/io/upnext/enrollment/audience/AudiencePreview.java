package io.upnext.enrollment.audience;

import io.upnext.enrollment.RecordRef;
import io.upnext.shared.RecordType;
import java.util.List;

/**
 * What an audience would find right now.
 *
 * @param recordType of those found
 * @param total everybody it finds
 * @param connectable those in a state in which records can be connected
 * @param inSequence those that are in the sequence already
 * @param sample some of them, the newest first
 */
public record AudiencePreview(
        RecordType recordType, long total, long connectable, long inSequence, List<RecordRef> sample) {}
