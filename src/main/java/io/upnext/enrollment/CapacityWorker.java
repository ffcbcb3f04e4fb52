package io.upnext.enrollment;

import io.upnext.enrollment.CapacityRows.Placed;
import io.upnext.enrollment.CapacityRows.Waiting;
import io.upnext.operation.Worker;
import io.upnext.security.CompanyCalendar;
import io.upnext.shared.Principal;
import io.upnext.shared.UserId;
import io.upnext.shared.WorkingTime;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Gives steps that have opened a day of their seller that is not full, one seller after the other. */
@Component
class CapacityWorker implements Worker {

    static final String NAME = "daily-capacity";

    private static final int SELLERS = 20;
    private static final int STEPS = 200;

    private final CapacityRows rows;
    private final Capacity capacity;
    private final SequenceRuntime runtime;
    private final CompanyCalendar calendar;
    private final TransactionTemplate transaction;
    private final Clock clock;

    CapacityWorker(
            CapacityRows rows,
            Capacity capacity,
            SequenceRuntime runtime,
            CompanyCalendar calendar,
            TransactionTemplate transaction,
            Clock clock) {
        this.rows = rows;
        this.capacity = capacity;
        this.runtime = runtime;
        this.calendar = calendar;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean hasWork() {
        return rows.any();
    }

    @Override
    public int runOnce() {
        List<UserId> sellers = rows.sellers(SELLERS);
        if (sellers.isEmpty()) {
            return 0;
        }
        rows.dropGone();
        return sellers.stream().mapToInt(this::placeAll).sum();
    }

    private int placeAll(UserId seller) {
        Integer handled = transaction.execute(status -> {
            if (!rows.lock(seller)) {
                return 0;
            }
            List<Waiting> waiting = rows.waiting(seller, STEPS);
            capacity.of(Principal.user(seller)).ifPresent(most -> place(seller, most, waiting));
            rows.done(waiting);
            return waiting.size();
        });
        return handled == null ? 0 : handled;
    }

    private void place(UserId seller, int most, List<Waiting> waiting) {
        ZoneId zone = capacity.zone(seller);
        LocalDate today = clock.instant().atZone(zone).toLocalDate();
        WorkingTime working = WorkingTime.weekdays(calendar.daysOff());
        DayPlan plan = new DayPlan(most, working::isWorkingDay, rows.taken(seller, today, zone));
        List<Placed> placed = waiting.stream()
                .filter(Waiting::open)
                .map(step -> place(step, plan, today, zone))
                .toList();
        rows.place(placed);
        placed.stream()
                .filter(one -> !one.due().equals(one.step().due()))
                .forEach(one -> runtime.due(one.step().taskId(), one.due()));
    }

    /** At the same time of day as before; what was due before today takes its place of today and stays overdue. */
    private static Placed place(Waiting step, DayPlan plan, LocalDate today, ZoneId zone) {
        ZonedDateTime due = step.due().atZone(zone);
        LocalDate wanted = due.toLocalDate().isBefore(today) ? today : due.toLocalDate();
        LocalDate day = plan.place(wanted);
        return new Placed(
                step, day, day.equals(wanted) ? step.due() : due.with(day).toInstant());
    }
}
