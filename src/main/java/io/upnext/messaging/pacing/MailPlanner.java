package io.upnext.messaging.pacing;

import io.upnext.messaging.Mailbox;
import io.upnext.messaging.Mailboxes;
import io.upnext.messaging.pacing.PlanRows.Unplanned;
import io.upnext.messaging.pacing.Taken.Slot;
import io.upnext.messaging.sending.Dispatcher;
import io.upnext.messaging.sending.Refusals;
import io.upnext.operation.Worker;
import io.upnext.operation.Workers;
import io.upnext.record.CrmRecord;
import io.upnext.record.RecordGraph;
import io.upnext.record.Records;
import io.upnext.security.CompanyCalendarChanged;
import io.upnext.security.Settings;
import io.upnext.shared.MailId;
import io.upnext.shared.MailboxId;
import io.upnext.shared.RecordId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Gives the mails of mailboxes with limits their times, many of one mailbox in one transaction. Those that would be
 * refused as things stand take no place: they are due at once, and the dispatcher refuses them.
 */
@Component
public class MailPlanner implements Worker {

    public static final String NAME = "mail-plan";

    private static final int BATCH = 1_000;
    private static final Duration PUT_OFF = Duration.ofDays(1);

    private final PlanRows rows;
    private final Caps caps;
    private final SenderZones zones;
    private final Recipients recipients;
    private final Mailboxes mailboxes;
    private final Records records;
    private final Refusals refusals;
    private final Settings settings;
    private final Workers workers;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private volatile List<Integer> basis;

    MailPlanner(
            PlanRows rows,
            Caps caps,
            SenderZones zones,
            Recipients recipients,
            Mailboxes mailboxes,
            Records records,
            Refusals refusals,
            Settings settings,
            Workers workers,
            TransactionTemplate transaction,
            Clock clock) {
        this.rows = rows;
        this.caps = caps;
        this.zones = zones;
        this.recipients = recipients;
        this.mailboxes = mailboxes;
        this.records = records;
        this.refusals = refusals;
        this.settings = settings;
        this.workers = workers;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int runOnce() {
        if (settings.sendingStopped()) {
            return 0;
        }
        replanOnOtherCaps();
        int missed = rows.replanMissed(clock.instant(), BATCH);
        List<MailboxId> waiting = new ArrayList<>(rows.mailboxesWithUnplanned());
        Collections.shuffle(waiting);
        for (MailboxId mailbox : waiting) {
            Integer planned = transaction.execute(status -> plan(mailbox));
            if (planned != null && planned > 0) {
                workers.wake(Dispatcher.NAME);
                return planned;
            }
        }
        return missed;
    }

    /** Caps of organisation and users are settings: whoever sees first that they have changed plans everything anew. */
    private void replanOnOtherCaps() {
        List<Integer> now = List.of(caps.organisation(), caps.user());
        if (now.equals(basis)) {
            return;
        }
        transaction.executeWithoutResult(status -> {
            if (rows.newBasis(now.get(0), now.get(1))) {
                rows.replan(null, clock.instant());
            }
        });
        basis = now;
    }

    private int plan(MailboxId id) {
        Mailbox mailbox = mailboxes.find(id).orElse(null);
        if (mailbox == null || !rows.lock(mailbox, caps.of(mailbox), false)) {
            return 0;
        }
        List<Unplanned> mails = rows.lockUnplanned(id, BATCH);
        if (!mails.isEmpty()) {
            plan(mailbox, mails);
        }
        return mails.size();
    }

    private void plan(Mailbox mailbox, List<Unplanned> mails) {
        Map<RecordId, RecordGraph> graphs =
                records.graphs(mails.stream().map(Unplanned::record).distinct().toList());
        Refusals.Known refused = refusals.among(
                graphs.values().stream().map(RecordGraph::person).toList(),
                mails.stream().map(Unplanned::to).filter(Objects::nonNull).toList());
        Timetable timetable = timetable(mailbox);
        Map<MailId, Optional<Slot>> slots = new LinkedHashMap<>();
        List<MailId> nowhere = new ArrayList<>();
        for (Unplanned mail : mails) {
            RecordGraph graph = graphs.get(mail.record());
            CrmRecord person = graph == null ? null : graph.person();
            String to = mail.to() != null || person == null ? mail.to() : Refusals.address(person);
            if (person == null || refused.of(person, to).isPresent()) {
                slots.put(mail.id(), Optional.empty());
                continue;
            }
            Optional<Slot> slot = timetable.place(new Timetable.Wish(
                    mail.notBefore(), mail.urgent(), recipients.windows(mailbox, mail.window(), person)));
            slot.ifPresentOrElse(found -> slots.put(mail.id(), slot), () -> nowhere.add(mail.id()));
        }
        rows.plan(slots);
        if (!nowhere.isEmpty()) {
            rows.putOff(nowhere, clock.instant().plus(PUT_OFF));
        }
    }

    /** What is free for a mailbox whose scopes the caller has locked. */
    Timetable timetable(Mailbox mailbox) {
        return timetable(mailbox, null);
    }

    /** @param without a place that is about to be given up, or null */
    Timetable timetable(Mailbox mailbox, Slot without) {
        Instant now = clock.instant();
        ZoneId zone = zones.organisation();
        Caps.InForce limits = caps.of(mailbox);
        Taken taken = rows.taken(
                mailbox,
                limits,
                now,
                now.atZone(zone).toLocalDate(),
                now.atZone(zones.organisation()).toLocalDate());
        if (without != null) {
            taken.remove(without);
        }
        return new Timetable(now, zone, zones.organisation(), limits, taken, ThreadLocalRandom.current());
    }

    /** The limits of a mailbox have changed: its mails get new times. @param mailbox null: all of them */
    public void replan(MailboxId mailbox) {
        rows.replan(mailbox, clock.instant());
        workers.wake(NAME);
    }

    /** Days off count in every window: all that is planned gets new times. */
    @EventListener(CompanyCalendarChanged.class)
    void replanAll() {
        replan(null);
    }

    @Override
    public boolean hasWork() {
        return !settings.sendingStopped() && rows.hasWork(clock.instant());
    }
}
