package io.upnext.messaging.pacing;

import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * What is taken already: places of days, and times of one mailbox.
 *
 * @param mailbox mails by day, sent and planned
 * @param user of all mailboxes of its owner
 * @param organisation by the organisation's days
 * @param times of the mailbox's planned mails, in milliseconds; only where it has a gap
 */
record Taken(
        Map<LocalDate, Integer> mailbox,
        Map<LocalDate, Integer> user,
        Map<LocalDate, Integer> organisation,
        TreeSet<Long> times) {

    static Taken nothing() {
        return new Taken(new HashMap<>(), new HashMap<>(), new HashMap<>(), new TreeSet<>());
    }

    void add(Slot slot) {
        mailbox.merge(slot.day(), 1, Integer::sum);
        user.merge(slot.day(), 1, Integer::sum);
        organisation.merge(slot.organisationDay(), 1, Integer::sum);
        times.add(slot.at().toEpochMilli());
    }

    /** One of them is about to be given another place. */
    void remove(Slot slot) {
        mailbox.merge(slot.day(), -1, Integer::sum);
        user.merge(slot.day(), -1, Integer::sum);
        if (slot.organisationDay() != null) {
            organisation.merge(slot.organisationDay(), -1, Integer::sum);
        }
    }

    /**
     * A place of one mail.
     *
     * @param until when its opening or its day ends; null: never
     * @param day of the mailbox's owner
     */
    record Slot(Instant at, Instant until, LocalDate day, LocalDate organisationDay) {}
}
