-- Changes of records that run in sequences, to be looked at after the change: a change of a record never waits for, and
-- never locks, the enrollments of the record, which may be busy completing a step that changes the record.
create table record_change (
    id        bigint generated always as identity primary key,
    record_id uuid    not null,
    closed    boolean not null
);
