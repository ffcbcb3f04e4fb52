-- Somebody is out of office: until then nothing automatic is sent and nothing manual is due.
create table enrollment_hold (
    enrollment uuid primary key references enrollment on delete cascade,
    until      timestamptz not null,
    back_on    date        not null,
    mail       uuid        not null,
    since      timestamptz not null
);

-- When the open steps that a hold moved were due before.
create table enrollment_hold_step (
    step_run   uuid primary key references step_run on delete cascade,
    enrollment uuid        not null,
    due_at     timestamptz not null
);
create index enrollment_hold_step_of on enrollment_hold_step (enrollment);
create index enrollment_hold_until on enrollment_hold (until);
