-- Who enters a sequence because of what the record is: by a filter or by saved views, at a time of day or on change.
create table audience (
    id                  uuid primary key,
    name                text        not null,
    -- With whose rights it finds and connects records.
    owner_id            uuid        not null,
    sequence_id         uuid        not null,
    record_type         text        not null,
    filter              jsonb,
    views               uuid[]      not null,
    -- Null where the schedule of the sequence (Classic, Smart) says when.
    kind                text        check (kind in ('DAILY', 'ON_CHANGE')),
    at_time             text,
    time_zone           text,
    priority            integer     not null,
    enabled             boolean     not null,
    disconnect_on_leave boolean     not null,
    created_at          timestamptz not null,
    -- When it is looked at as a whole next; null while it is off.
    due_at              timestamptz,
    evaluated_at        timestamptz,
    -- Why it connects nobody although it is on.
    problem_rule        text,
    problem             text,
    check ((filter is null) = (cardinality(views) > 0))
);
create index audience_due on audience (due_at) where enabled;
create index audience_sequence on audience (sequence_id);

-- The records an audience holds: one row from entering until leaving, so that each entry connects once.
create table audience_member (
    audience_id   uuid        not null references audience on delete cascade,
    record_id     uuid        not null,
    state         text        not null check (state in ('WAITING', 'CONNECTED', 'REFUSED', 'YIELDED')),
    entered_at    timestamptz not null,
    enrollment_id uuid,
    problem_rule  text,
    problem       text,
    primary key (audience_id, record_id)
) with (fillfactor = 85);
create index audience_member_waiting on audience_member (audience_id) where state = 'WAITING';

alter table enrollment add audience_id uuid;
