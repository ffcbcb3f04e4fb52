-- An enrollment that is to move to another version, once the mail of its step that has begun to leave has settled.
create table enrollment_migration (
    enrollment uuid primary key references enrollment on delete cascade,
    step_run   uuid        not null references step_run on delete cascade,
    request    jsonb       not null,
    by_user    uuid        not null,
    asked_at   timestamptz not null
);
create index enrollment_migration_run on enrollment_migration (step_run);
