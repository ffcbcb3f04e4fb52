-- The clock of a record in a Classic or Smart sequence: Classic counts days from day_one, Smart goes on from the run
-- at due_at; of either, due_at is when the timer it waits at fires (step_id: the Classic step whose day that is).
create table enrollment_schedule (
    enrollment_id uuid primary key references enrollment on delete cascade,
    day_one       date,
    due_at        timestamptz not null,
    step_id       text
);
