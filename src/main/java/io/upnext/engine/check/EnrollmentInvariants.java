package io.upnext.engine.check;

import java.util.List;

/** What holds of enrollments and their step runs (specification §5), whatever carries them. */
final class EnrollmentInvariants {

    static final List<Invariant> ALL = List.of(
            new Invariant("sum", "The states of the sequence's enrollments do not add up: %s.", """
                    select e.sequence_id::text as subject, null::uuid as enrollment,
                        count(*) || ' enrolled, ' || count(*) filter (where e.state in
                            ('CONNECTING', 'CONNECTED', 'PAUSED', 'ERROR', 'COMPLETED', 'DISCONNECTED'))
                            || ' accounted for' as detail
                    from enrollment e
                    where (:sequence::uuid is null or e.sequence_id = :sequence)
                    group by e.sequence_id
                    having count(*) <> count(*) filter (where e.state in
                        ('CONNECTING', 'CONNECTED', 'PAUSED', 'ERROR', 'COMPLETED', 'DISCONNECTED'))
                    limit :most
                    """),
            new Invariant("lost", "An operation connected a record, but the enrollment %s does not exist.", """
                    select i.operation_id::text as subject, null::uuid as enrollment, i.enrollment as detail
                    from operation_item i
                    where :sequence::uuid is null and i.ok and i.enrollment is not null
                        and not exists (select 1 from enrollment e where e.id = i.enrollment::uuid)
                    limit :most
                    """),
            new Invariant("end-reason", "The enrollment is %s, which do not go together.", """
                    select e.id::text as subject, e.id as enrollment, e.state || ' and ' || e.reason as detail
                    from enrollment e
                    where (:sequence::uuid is null or e.sequence_id = :sequence) and e.ended_at is not null
                        and (e.state = 'COMPLETED') <> (e.reason in ('COMPLETED', 'ADVANCED'))
                    limit :most
                    """),
            new Invariant("open-after-end", "The enrollment has ended, but its step '%s' is still open.", """
                    select r.id::text as subject, r.enrollment_id as enrollment, r.step_id as detail
                    from step_run r join enrollment e on e.id = r.enrollment_id
                    where (:sequence::uuid is null or r.sequence_id = :sequence)
                        and r.state in ('OPEN', 'WAITING', 'FAILED') and e.ended_at is not null
                    limit :most
                    """),
            new Invariant(
                    "error-without-step",
                    "The enrollment is %s, which does not go with its steps; retry or skip the failed one.",
                    """
                    select e.id::text as subject, e.id as enrollment,
                        case when e.state = 'ERROR' then 'in error without a failed step'
                            else 'connected beside a failed step' end as detail
                    from enrollment e
                    where (:sequence::uuid is null or e.sequence_id = :sequence) and e.state in ('ERROR', 'CONNECTED')
                        and (e.state = 'ERROR') <> exists (
                            select 1 from step_run r where r.enrollment_id = e.id and r.state = 'FAILED')
                    limit :most
                    """),
            new Invariant(
                    "never-starts",
                    "The enrollment is to be connected, but no time is set for it; disconnect it.",
                    """
                    select e.id::text as subject, e.id as enrollment, null as detail
                    from enrollment e
                    where (:sequence::uuid is null or e.sequence_id = :sequence) and e.state = 'CONNECTING'
                        and e.start_at is null
                    limit :most
                    """),
            new Invariant("record-gone", "The record %s of a running enrollment is gone; disconnect it.", """
                    select e.id::text as subject, e.id as enrollment, e.record_id::text as detail
                    from enrollment e
                    where (:sequence::uuid is null or e.sequence_id = :sequence) and e.ended_at is null
                        and not exists (select 1 from crm_record c where c.id = e.record_id)
                    limit :most
                    """),
            new Invariant("chain", "The enrollment has advanced, but the one it advanced into does not name it.", """
                    select e.id::text as subject, e.id as enrollment, null as detail
                    from enrollment e
                    where (:sequence::uuid is null or e.sequence_id = :sequence)
                        and (e.reason = 'ADVANCED' or e.next_id is not null)
                        and not exists (select 1 from enrollment n where n.id = e.next_id and n.previous_id = e.id)
                    limit :most
                    """));

    private EnrollmentInvariants() {}
}
