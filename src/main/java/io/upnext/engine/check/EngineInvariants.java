package io.upnext.engine.check;

import java.util.List;

/** Enrollments and process instances, step runs and what the engine waits at: they agree both ways. */
final class EngineInvariants {

    static final List<Invariant> ALL = List.of(
            new Invariant("instance-missing", "The enrollment runs, but its process instance %s is gone.", """
                    select e.id::text as subject, e.id as enrollment, e.process_instance_id as detail
                    from enrollment e
                    where (:sequence::uuid is null or e.sequence_id = :sequence)
                        and (e.state in ('CONNECTED', 'ERROR') or (e.state = 'PAUSED' and e.start_at is null))
                        and not exists (select 1 from act_ru_execution x where x.id_ = e.process_instance_id)
                    limit :most
                    """),
            new Invariant("instance-orphan", "The process instance of %s carries no running enrollment.", """
                    select x.id_ as subject, null::uuid as enrollment, d.key_ as detail
                    from act_ru_execution x join act_re_procdef d on d.id_ = x.proc_def_id_
                    where x.parent_id_ is null and starts_with(d.key_, 'sequence-')
                        and (:sequence::uuid is null or d.key_ = 'sequence-' || :sequence)
                        and not exists (select 1 from enrollment e
                            where e.process_instance_id = x.id_ and e.ended_at is null)
                        -- One that has advanced waits for the instance it called, or goes on after it
                        and not exists (select 1 from act_ru_execution caller
                            join act_ru_execution called on called.super_exec_ = caller.id_
                            where caller.proc_inst_id_ = x.id_)
                        and not exists (select 1 from act_ru_job j where j.process_instance_id_ = x.id_)
                    limit :most
                    """),
            new Invariant("version", "The enrollment runs on version %s, its process instance on another.", """
                    select e.id::text as subject, e.id as enrollment, e.version_number::text as detail
                    from enrollment e join act_ru_execution x on x.id_ = e.process_instance_id
                        join act_re_procdef d on d.id_ = x.proc_def_id_
                    where (:sequence::uuid is null or e.sequence_id = :sequence) and e.ended_at is null
                        and d.version_tag_ <> e.version_number::text
                    limit :most
                    """),
            new Invariant("pause", "The enrollment is %s, its process instance is not.", """
                    select e.id::text as subject, e.id as enrollment, lower(e.state) as detail
                    from enrollment e join act_ru_execution x on x.id_ = e.process_instance_id
                    where (:sequence::uuid is null or e.sequence_id = :sequence) and e.ended_at is null
                        and (e.state = 'PAUSED') <> (x.suspension_state_ = 2)
                    limit :most
                    """),
            new Invariant("task-missing", "The step '%s' is open, but the engine has no task for it.", """
                    select r.id::text as subject, r.enrollment_id as enrollment, r.step_id as detail
                    from step_run r
                    where (:sequence::uuid is null or r.sequence_id = :sequence) and r.state = 'OPEN'
                        and not exists (select 1 from act_ru_task t where t.id_ = r.task_id)
                    limit :most
                    """),
            new Invariant("task-orphan", "The engine has a task '%s' that no open step stands for.", """
                    select t.id_ as subject, null::uuid as enrollment, t.task_def_key_ as detail
                    from act_ru_task t join act_re_procdef d on d.id_ = t.proc_def_id_
                    where starts_with(d.key_, 'sequence-')
                        and (:sequence::uuid is null or d.key_ = 'sequence-' || :sequence)
                        and not exists (select 1 from step_run r where r.task_id = t.id_ and r.state = 'OPEN')
                    limit :most
                    """),
            new Invariant("execution-missing", "The step '%s' waits, but the engine waits nowhere for it.", """
                    select r.id::text as subject, r.enrollment_id as enrollment, r.step_id as detail
                    from step_run r join enrollment e on e.id = r.enrollment_id
                    where (:sequence::uuid is null or r.sequence_id = :sequence) and r.state = 'WAITING'
                        and r.execution_id is not null
                        and not exists (select 1 from act_ru_execution x where x.id_ = r.execution_id)
                        -- beside the other paths of a Classic or Smart one the engine may move it to another execution
                        and not exists (select 1 from act_ru_execution x
                            join sequence_version v on v.id = e.version_id and v.definition ->> 'mode' <> 'ADAPTIVE'
                            where x.proc_inst_id_ = e.process_instance_id and x.act_id_ = 'step-' || r.step_id)
                    limit :most
                    """),
            new Invariant(
                    "stuck", "Nothing will ever move the enrollment on from here; disconnect and connect it.", """
                    select e.id::text as subject, e.id as enrollment, null as detail
                    from enrollment e
                    where (:sequence::uuid is null or e.sequence_id = :sequence) and e.state = 'CONNECTED'
                        and e.exit_requested is null
                        -- Classic and Smart ones may wait for steps that are added later
                        and not exists (select 1 from act_ru_event_subscr w
                            where w.proc_inst_id_ = e.process_instance_id and w.event_name_ = 'steps-added')
                        and not exists (select 1 from step_run r
                            where r.enrollment_id = e.id and r.state in ('OPEN', 'WAITING', 'FAILED'))
                        and not exists (select 1 from act_ru_job j
                            where j.process_instance_id_ = e.process_instance_id and j.retries_ > 0)
                    limit :most
                    """));

    private EngineInvariants() {}
}
