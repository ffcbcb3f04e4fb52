-- Indexes that the engine's own schema lacks. Without them every step slows down with the number of waiting instances.

-- Job acquisition, ordered by due date
create index up_idx_job_due on act_ru_job (duedate_);
-- Job acquisition: is another exclusive job of the same instance locked?
create index up_idx_job_locked on act_ru_job (process_instance_id_, lock_exp_time_) where lock_owner_ is not null;
-- Completing a task looks for its subtasks
create index up_idx_task_parent on act_ru_task (parent_task_id_);

-- Runtime tables change quickly: clean them by share of changed rows long before the stock 20 %
do
$$
declare
    runtime_table text;
begin
    for runtime_table in
        select relname
        from pg_class
        where relkind = 'r' and relname like 'act\_ru\_%' and relnamespace = current_schema()::regnamespace
    loop
        execute format(
            'alter table %I set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02)',
            runtime_table);
    end loop;
end
$$;
