-- One record going through one version of a sequence.
create table enrollment (
    id                  uuid primary key,
    sequence_id         uuid        not null,
    version_id          uuid        not null,
    version_number      integer     not null,
    record_id           uuid        not null,
    record_type         text        not null,
    state               text        not null check (state in
        ('CONNECTING', 'CONNECTED', 'PAUSED', 'ERROR', 'COMPLETED', 'DISCONNECTED')),
    reason              text,
    -- Why it is to end, where the end could not be carried out in the transaction that found the reason.
    exit_requested      text,
    -- Lower-cased address of the person mailed, where the sequence takes an address only once.
    address             text,
    connected_by        uuid        not null,
    source              text,
    connected_at        timestamptz not null,
    start_at            timestamptz,
    start_step          text,
    ended_at            timestamptz,
    process_instance_id text,
    previous_id         uuid,
    next_id             uuid,
    hops                integer     not null default 0,
    check ((state in ('COMPLETED', 'DISCONNECTED')) = (ended_at is not null)),
    check ((state in ('COMPLETED', 'DISCONNECTED')) = (reason is not null))
);
-- The same sequence twice at a time never, whoever races.
create unique index enrollment_running on enrollment (sequence_id, record_id) where ended_at is null;
create unique index enrollment_running_address on enrollment (sequence_id, address)
    where ended_at is null and address is not null;
create index enrollment_address on enrollment (sequence_id, address) where address is not null;
create index enrollment_record on enrollment (record_id, connected_at);
create index enrollment_sequence on enrollment (sequence_id, state, connected_at);
create index enrollment_version on enrollment (version_id) where ended_at is null;
create index enrollment_start on enrollment (start_at) where state = 'CONNECTING';
create index enrollment_exit on enrollment (id) where exit_requested is not null and ended_at is null;

-- One visit of one enrollment to one step.
create table step_run (
    id            uuid primary key,
    enrollment_id uuid        not null references enrollment,
    sequence_id   uuid        not null,
    record_id     uuid        not null,
    step_id       text        not null,
    step_type     text        not null,
    step_name     text        not null,
    state         text        not null check (state in ('WAITING', 'OPEN', 'DONE', 'SKIPPED', 'CANCELLED', 'FAILED')),
    assignee_kind text,
    assignee_id   uuid,
    entered_at    timestamptz not null,
    due_at        timestamptz,
    snoozed_until timestamptz,
    finished_at   timestamptz,
    finished_by   uuid,
    outcome       text,
    note          text,
    cause         text,
    task_id       text,
    execution_id  text
);
create index step_run_enrollment on step_run (enrollment_id, entered_at);
create index step_run_open on step_run (assignee_id, due_at) where state = 'OPEN';
create index step_run_current on step_run (record_id) where state in ('OPEN', 'WAITING', 'FAILED');
create index step_run_task on step_run (task_id) where state = 'OPEN';
create index step_run_failed on step_run (entered_at) where state = 'FAILED';

alter table enrollment set (fillfactor = 85);
alter table step_run set (fillfactor = 85, autovacuum_vacuum_scale_factor = 0.05);
